"""Numbers as one says them."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

IN_WORDS = (
    *(gettext_lazy("noll"), gettext_lazy("ett"), gettext_lazy("två"), gettext_lazy("tre"), gettext_lazy("fyra")),
    *(gettext_lazy("fem"), gettext_lazy("sex"), gettext_lazy("sju"), gettext_lazy("åtta"), gettext_lazy("nio")),
    *(gettext_lazy("tio"), gettext_lazy("elva"), gettext_lazy("tolv")),
)


def counted(number: int) -> str:
    """The number as a word up to twelve, as figures above."""
    return str(IN_WORDS[number]) if number < len(IN_WORDS) else str(number)


def in_days(number: int) -> str:
    """As *en dag*, *tolv dagar*, *40 dagar*."""
    return _("en dag") if number == 1 else _("%s dagar") % counted(number)


def in_questions(number: int) -> str:
    """As *en fråga*, *fyra frågor*."""
    return _("en fråga") if number == 1 else _("%s frågor") % counted(number)
