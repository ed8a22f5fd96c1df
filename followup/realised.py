"""What the benefit came to against what was expected of it, and how far it has been followed up. No database here.

Source: docs/nytta.md. Freed time and money are never added (docs/decisions/0019). What is not known is None.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from governance.following_up import AFTER_MONTHS, due_days, is_answered


class Said(Protocol):
    """What a kommun has said that a solution gives it. In the order it was said."""

    organisation_id: int
    hours_a_year: Decimal | None
    kronor_a_year: Decimal | None
    kronor_once: Decimal | None


@dataclass(frozen=True)
class Compared:
    """One figure of an initiative: expected by its benefit calculation, and said by the kommuner together."""

    expected: Decimal | None
    realised: Decimal | None

    @property
    def difference(self) -> Decimal | None:
        """More than expected is above 0; None unless both are known."""
        if self.expected is None or self.realised is None:
            return None
        return self.realised - self.expected


@dataclass(frozen=True)
class Outcome:
    """What became of an initiative: time and money, each for itself."""

    hours: Compared
    kronor: Compared
    once: Decimal | None

    @property
    def is_known(self) -> bool:
        return any(value is not None for value in (*vars(self.hours).values(), *vars(self.kronor).values(), self.once))


def standing(said: Iterable[Said]) -> list[Said]:
    """The latest of each kommun: a later row is read instead of an earlier one."""
    latest = {one.organisation_id: one for one in said}
    return list(latest.values())


def outcome(hours: Decimal | None, kronor: Decimal | None, said: Iterable[Said]) -> Outcome:
    """The expected hours and kronor of a full year, None without a calculation, against what was said last."""
    latest = standing(said)
    return Outcome(
        Compared(hours, together(one.hours_a_year for one in latest)),
        Compared(kronor, together(one.kronor_a_year for one in latest)),
        together(one.kronor_once for one in latest),
    )


def together(values: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of what is known; None where nothing is."""
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known else None


def summed(compared: Iterable[Compared]) -> Compared:
    """Those where both are known, added: so that the difference is of the same initiatives."""
    both = [one for one in compared if one.difference is not None]
    return Compared(together(one.expected for one in both), together(one.realised for one in both))


@dataclass(frozen=True)
class Adopted:
    """An införande with the days on which its kommun has said something of the benefit since."""

    case: int
    organisation: int
    in_use_on: dt.date
    said_on: Sequence[dt.date] = ()


@dataclass(frozen=True)
class Followed:
    """A follow-up of an införande that was due by a day."""

    adopted: Adopted
    months: int
    due_on: dt.date
    is_answered: bool


def followed(adopted: Iterable[Adopted], per: dt.date) -> list[Followed]:
    """Every follow-up that was due on or before the day, the longest due first; nothing said after it counts."""
    found = [
        Followed(one, months, due, is_answered(due, [day for day in one.said_on if day <= per]))
        for one in adopted
        for months, due in due_days(one.in_use_on).items()
        if due <= per
    ]
    return sorted(found, key=lambda one: (one.due_on, one.adopted.case, one.adopted.organisation, one.months))


def waiting(found: Iterable[Followed]) -> list[Followed]:
    """What has not been followed up, each införande once: by the latest of its follow-ups that was due."""
    latest = {(one.adopted.case, one.adopted.organisation): one for one in found if not one.is_answered}
    return sorted(latest.values(), key=lambda one: one.due_on)


def by_months(found: Iterable[Followed]) -> dict[int, list[Followed]]:
    listed = list(found)
    return {months: [one for one in listed if one.months == months] for months in AFTER_MONTHS}
