"""What stands in a filled-in form, and what becomes of it beside what the portal has. Plain functions, plain values.

Source: docs/bedomning.md, *Arbetsboken*.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from initiatives.actions.assessing import Mark
from initiatives.scoring import HIGHEST, LOWEST

from .form_format import fingerprint

DONT_KNOW = frozenset({"vet inte", "vet ej", "v"})
SHOWN = 40
"""Characters of what stood in a cell that are quoted."""


class NotAnAnswer(Exception):
    """The cell holds something that is no answer; the text is what stood there."""


class Outcome(StrEnum):
    """What becomes of one answer of the file."""

    SAME = "same"
    """Both say the same, or the file is silent: nothing changes."""
    NEW = "new"
    """The portal has no answer yet."""
    CHANGED = "changed"
    """The portal has the answer that the form was fetched with, and the file another."""
    NEWER = "newer"
    """The file has the answer it was fetched with; the portal's is newer and stays."""
    CONFLICT = "conflict"
    """Both were changed after the form was fetched, to different things: the person chooses."""


def value_in(cell: Any) -> tuple[bool, int | None]:
    """Whether the cell has an answer, and which: 1 to 5, or None for *vet inte*. Raises NotAnAnswer.

    ``cell`` is as ``initiatives.workbooks.child`` hands it over. A number may be text, and a whole number written with
    decimals is whole.
    """
    if isinstance(cell, list | bool):
        raise NotAnAnswer(quoted(cell))
    if cell is None or not str(cell).strip():
        return False, None
    told = " ".join(str(cell).split()).rstrip(".").lower()
    if told in DONT_KNOW:
        return True, None
    try:
        number = float(told.replace(",", "."))
    except ValueError:
        raise NotAnAnswer(quoted(cell)) from None
    if not number.is_integer() or not LOWEST <= number <= HIGHEST:
        raise NotAnAnswer(quoted(cell))
    return True, int(number)


def quoted(cell: Any) -> str:
    """What stood there as a person sees it, a decimal number with a comma."""
    if isinstance(cell, bool):
        return "SANT" if cell else "FALSKT"
    if isinstance(cell, list):
        cell = _named(*cell)
    told = str(cell).replace(".", ",") if isinstance(cell, float) else str(cell).strip()
    return told if len(told) <= SHOWN else told[:SHOWN] + "…"


def _named(kind: str, value: Any) -> str:
    """What stands for itself in no other way: a date, a text that is too long, a formula, an error value."""
    match kind:
        case "d":
            return str(value).replace("T00:00:00", "").replace("T", " ")
        case "l":
            return _("%(count)d tecken") % {"count": value}
    return str(value)


def outcome(portal: Mark | None, then: str | None, file: Mark | None) -> Outcome:
    """What becomes of an answer: ``portal`` is what stands there now, ``then`` the fingerprint of what stood there when
    the form was fetched (None for nothing), ``file`` what the file says. A file that is silent changes nothing."""
    if file is None or (portal is not None and fingerprint(portal) == fingerprint(file)):
        return Outcome.SAME
    now = None if portal is None else fingerprint(portal)
    if now == then:
        return Outcome.NEW if portal is None else Outcome.CHANGED
    if fingerprint(file) == then:
        return Outcome.NEWER
    return Outcome.CONFLICT if portal is not None else Outcome.NEW
