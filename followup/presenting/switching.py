"""The switch of a report between all kommuner and each of them: links, so that the choice stays in the address."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from .report import Report
from .whose import EVERYBODY


@dataclass(frozen=True)
class Choice:
    name: str
    address: str
    is_shown: bool


def switch(report: Report, base: str) -> list[Choice]:
    """All first, then the six by name; ``base`` is the address of the report."""
    shown = report.kommun.key if report.kommun else EVERYBODY
    named = [(EVERYBODY, _("Alla kommuner")), *((kommun.key, kommun.short_name) for kommun in report.kommuner)]
    return [Choice(name, f"{base}?kommun={key}", key == shown) for key, name in named]
