"""What the sentence about an initiative's whereabouts is made of, and the small words in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..expected import expected_by
from ..facts import CaseFacts
from ..models import Case, Decision, Event, Stage
from .numbers import in_days
from .people import People
from .questions import Asked


@dataclass(frozen=True)
class Whereabouts:
    """What the first card of the page says."""

    place: str
    sentence: str
    then: str = ""
    quote_label: str = ""
    quote: str = ""
    """What somebody wrote: the question to be answered, or the reason why it rests or has ended."""
    is_late: bool = False
    questions: tuple[Asked, ...] = ()
    """What was asked about single answers."""
    original: str = ""
    """The reference of the initiative it was a duplicate of, where the reader may see that one."""


@dataclass(frozen=True)
class Seen:
    """Everything the sentence is made of, as one reader sees it."""

    case: Case
    facts: CaseFacts
    people: People
    last: Event
    """The event that brought the case where it is."""
    decision: Decision | None
    """The decision behind it, if it was one."""
    stages: Sequence[Stage]
    reader: int
    """The reader's key; her own deeds are told to her as hers."""
    is_author: bool
    may_see_original: bool = False


def day_of(date: dt.date) -> str:
    return date_format(date, "j F Y")


def since_of(seen: Seen) -> str:
    return day_of(timezone.localdate(seen.case.status_since))


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def due_of(seen: Seen) -> dt.date | None:
    """The day by which what is waited for should have come."""
    days = seen.facts.usual_days
    return None if days is None else expected_by(timezone.localdate(seen.case.status_since), days)


def late_by(seen: Seen, due: dt.date) -> str:
    """How late it is, as *tolv dagar*."""
    return in_days(max((seen.facts.today - due).days, 0))


def whom_to_ask(seen: Seen, name: str) -> str:
    """What the author can do when it is late: whom to ask. Nobody else is told to."""
    return _(" Fråga gärna %s hur det går.") % name if seen.is_author and name else ""
