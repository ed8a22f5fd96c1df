"""What stands beside the source's indicators in a report, never inside them: sections of the portal's own.

Page, PDF and workbook walk the same list, after the sections of ``content.contents``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from v6portal.organizations.models import User

from ..charts import Chart
from .cells import Table
from .report import Report


@dataclass(frozen=True)
class BesideItem:
    """One heading of such a section: what it is, how it is counted, its tables and perhaps a drawing."""

    anchor: str
    heading: str
    definition: str
    tables: tuple[Table, ...]
    chart: Chart | None = None


@dataclass(frozen=True)
class Beside:
    """A section: ``lead`` is a sentence or two before its items; ``sheet`` is its sheet's name in the workbook."""

    anchor: str
    title: str
    lead: str
    sheet: str
    items: tuple[BesideItem, ...] = ()


SECTIONS: Sequence[Callable[[Report, User | None], Beside | None]] = ()
"""In the order they are shown; each gives None where it has nothing to say of the half-year."""


def beside(report: Report, reader: User | None) -> list[Beside]:
    """The sections that have something to say to this reader; None is the file that ``manage.py report`` writes."""
    found = (section(report, reader) for section in SECTIONS)
    return [one for one in found if one is not None]
