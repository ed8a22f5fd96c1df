"""Who led, took part and followed on a day, and what changed between two days. No database here.

Source: docs/process.md, *Deltagande*. A row holds from the day it begins up to, but not including, the day it ends: on
the day a kommun leaves it takes part no more, and one that hands over the lead on a day does not lead that day. A row
that begins and ends the same day holds on no day; it stays in the ledger because it was decided.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from django.db import models
from django.utils.translation import gettext_lazy as _


class ParticipationRole(models.TextChoices):
    LEADS = "leads", _("leder")
    TAKES_PART = "takes_part", _("deltar")
    FOLLOWS = "follows", _("följer")


class Ending(models.TextChoices):
    """How a row ended. Only a leave relates to a principle; a change of role begins a new row the same day."""

    LEFT = "left", _("lämnade")
    CHANGED = "changed", _("bytte roll")
    UNFOLLOWED = "unfollowed", _("slutade följa")


ACTIVE_ROLES = (ParticipationRole.LEADS, ParticipationRole.TAKES_PART)
"""Those who lead or take part; following is not participation."""

R = ParticipationRole


@dataclass(frozen=True)
class Row:
    """A row of the ledger of one initiative, of the organisation with that key; ``left_on`` is None while it holds."""

    kommun: int
    role: str
    joined_on: dt.date
    left_on: dt.date | None = None
    ending: str = ""

    def holds_on(self, date: dt.date) -> bool:
        return self.joined_on <= date and (self.left_on is None or date < self.left_on)

    @property
    def is_active(self) -> bool:
        return self.role in ACTIVE_ROLES

    @property
    def is_empty(self) -> bool:
        """Whether it began and ended the same day."""
        return self.left_on == self.joined_on


def roles_on(rows: Iterable[Row], date: dt.date) -> dict[int, str]:
    """The role of each kommun that had one on the date."""
    return {row.kommun: row.role for row in rows if row.holds_on(date)}


def leading_on(rows: Iterable[Row], date: dt.date) -> int | None:
    """The kommun that led on the date; None where none did."""
    return next((row.kommun for row in rows if row.role == R.LEADS and row.holds_on(date)), None)


def taking_part_on(rows: Iterable[Row], date: dt.date) -> frozenset[int]:
    """The kommuner that led or took part on the date."""
    return frozenset(row.kommun for row in rows if row.is_active and row.holds_on(date))


@dataclass(frozen=True)
class Span:
    """A kommun in one role from a day up to, but not including, another; None where it goes on."""

    role: str
    first: dt.date
    end: dt.date | None


def history(rows: Iterable[Row], kommun: int) -> tuple[Span, ...]:
    """What one kommun has been, the oldest first, one span for each time it was the same without a break.

    What held on no day leaves no trace here: a lead that was taken over and handed on the same day is no span.
    """
    spans: list[Span] = []
    own = sorted((row for row in rows if row.kommun == kommun and not row.is_empty), key=lambda row: row.joined_on)
    for row in own:
        if spans and (spans[-1].role, spans[-1].end) == (row.role, row.joined_on):
            spans[-1] = Span(row.role, spans[-1].first, row.left_on)
        else:
            spans.append(Span(row.role, row.joined_on, row.left_on))
    return tuple(spans)


class Kind(Enum):
    """What can change in a ledger."""

    JOINED = auto()
    REJOINED = auto()
    LEFT = auto()
    HANDED_OVER = auto()
    FOLLOWED = auto()
    UNFOLLOWED = auto()


@dataclass(frozen=True)
class Change:
    """Something that happened on a day. For a hand-over ``kommun`` takes over, ``other`` led before."""

    on: dt.date
    kind: Kind
    kommun: int
    other: int | None = None


def changes(rows: Iterable[Row], after: dt.date = dt.date.min, until: dt.date = dt.date.max) -> list[Change]:
    """What changed after one day and up to another, that day included; the oldest first.

    To change role is neither to leave nor to join. A kommun that has left and takes part again has rejoined, also on
    the day it left. The lead is handed over where another kommun leads when the day ends than when it began.
    """
    ledger = sorted(rows, key=lambda row: (row.joined_on, row.left_on or dt.date.max))
    found = [*_begun_and_ended(ledger), *_handed_over(ledger)]
    return sorted((change for change in found if after < change.on <= until), key=lambda change: change.on)


def _begun_and_ended(ledger: Sequence[Row]) -> Iterator[Change]:
    for at, row in enumerate(ledger):
        before = [earlier for earlier in ledger[:at] if earlier.kommun == row.kommun]
        if row.is_active and not _goes_on(before, row):
            took_part = any(earlier.is_active for earlier in before)
            yield Change(row.joined_on, Kind.REJOINED if took_part else Kind.JOINED, row.kommun)
        elif row.role == R.FOLLOWS:
            yield Change(row.joined_on, Kind.FOLLOWED, row.kommun)
        if row.left_on and row.ending == Ending.LEFT:
            yield Change(row.left_on, Kind.LEFT, row.kommun)
        elif row.left_on and row.ending == Ending.UNFOLLOWED:
            yield Change(row.left_on, Kind.UNFOLLOWED, row.kommun)


def _goes_on(before: Iterable[Row], row: Row) -> bool:
    """Whether the kommun took part already, in another role, until the row began."""
    return any(e.is_active and e.ending == Ending.CHANGED and e.left_on == row.joined_on for e in before)


def _handed_over(ledger: Sequence[Row]) -> Iterator[Change]:
    for on in sorted({row.joined_on for row in ledger if row.role == R.LEADS}):
        earlier, now = leading_on(ledger, on - dt.timedelta(days=1)), leading_on(ledger, on)
        if earlier is not None and now is not None and earlier != now:
            yield Change(on, Kind.HANDED_OVER, now, earlier)
