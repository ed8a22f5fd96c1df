"""Two texts of one draft, field by field: what is stored now and what was typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from initiatives.models import Initiative, Revision

from .drafts import Text


@dataclass(frozen=True)
class Difference:
    """One field that has been changed elsewhere since the page was opened."""

    name: str
    label: str
    stored: str
    typed: str


def differences(stored: Text, typed: Text) -> Iterator[Difference]:
    """Field by field, what is stored now and what was typed, where they are not the same."""
    for name in Revision.FIELDS:
        if stored[name] != typed[name]:
            label = str(Initiative._meta.get_field(name).verbose_name).capitalize()  # type: ignore[union-attr]
            yield Difference(name, label, _shown(stored[name]), _shown(typed[name]))


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return str(_("ja") if value else _("nej"))
    return "" if value is None else str(value)
