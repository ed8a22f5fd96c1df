"""What may be destroyed (*gallras*) in the portal, and from which day. A decision of an organisation sets it going.

Source: arkivlagen 10 §; docs/arkiv.md says what cannot be destroyed and why. No database here.
"""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

from .statuses import ENDED, Status


class Kept(models.TextChoices):
    """What is kept until a rule lets it go."""

    DRAFTS = "drafts", _("utkast som aldrig skickats in")
    UNUSED_ATTACHMENTS = "unused_attachments", _("bilagor till det som aldrig prövades färdigt")
    ENDED_ATTACHMENTS = "ended_attachments", _("bilagor till det som är avslutat")
    SCENARIOS = "scenarios", _("sparade scenarier")


UNUSED = frozenset({Status.WITHDRAWN, Status.REFERRED, Status.DUPLICATE})
"""Ended without having been decided on."""

ENDED_IN: dict[str, frozenset[Status]] = {
    Kept.UNUSED_ATTACHMENTS: UNUSED,
    Kept.ENDED_ATTACHMENTS: ENDED - UNUSED,
}
"""For what belongs to a case: where the case has ended."""

ABOUT: dict[str, str] = {
    Kept.DRAFTS: _("Räknas från den dag då utkastet påbörjades. Texten, bilagorna och utkastet självt försvinner."),
    Kept.UNUSED_ATTACHMENTS: _(
        "Initiativ som är återtagna, hänvisade eller dubbletter. Räknas från den dag då ärendet avslutades. Filerna "
        "försvinner; namn, storlek och kontrollsumma står kvar."
    ),
    Kept.ENDED_ATTACHMENTS: _(
        "Initiativ som är avslutade eller avslagna. Räknas från den dag då ärendet avslutades. Filerna försvinner; "
        "namn, storlek och kontrollsumma står kvar."
    ),
    Kept.SCENARIOS: _("Vikter som någon har provat och sparat. Räknas från den dag då de sparades."),
}


def last_day(today: dt.date, years: int) -> dt.date:
    """What is from this day or earlier has been kept for as many whole years; 29 February counts as the 28th."""
    try:
        return today.replace(year=today.year - years)
    except ValueError:
        return today.replace(year=today.year - years, day=28)


def is_due(since: dt.date, years: int, today: dt.date) -> bool:
    """Whether what is kept since a day may go by a rule of so many years."""
    return since <= last_day(today, years)
