"""Budget against outcome: what the work has cost, what remains, and what the solution costs a year.

Plain sums of exact kronor excluding VAT, with öre; no database. What is not known is None and never 0. Source:
docs/process.md, *Etapper, kostnader, införande, 3N*; what runs accrues as indicator B5d counts it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

ORE = Decimal("0.01")
A_TENTH = Decimal("0.1")
BUDGET, ACTUAL = "budget", "actual"


@dataclass(frozen=True)
class Entry:
    """One recorded cost: once on ``date``, or per year from ``date`` to ``until`` where it ``runs``."""

    kind: str
    value: str
    """``budget`` or ``actual``."""
    amount: Decimal
    date: dt.date
    until: dt.date | None = None
    runs: bool = False
    stage: int | None = None

    def holds_on(self, day: dt.date) -> bool:
        """Whether a cost per year is in force on the day, its last day included."""
        return self.runs and self.date <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Compared:
    """Budget against outcome. Either may be unknown; what cannot be worked out is then None."""

    budget: Decimal | None = None
    actual: Decimal | None = None

    @property
    def difference(self) -> Decimal | None:
        """Outcome less budget: above 0 it cost more than was meant."""
        return None if self.budget is None or self.actual is None else self.actual - self.budget

    @property
    def percent(self) -> Decimal | None:
        """The difference in percent of the budget, to one decimal; None also of a budget of 0."""
        if self.difference is None or not self.budget:
            return None
        return (self.difference * 100 / self.budget).quantize(A_TENTH, ROUND_HALF_UP)

    @property
    def left(self) -> Decimal | None:
        """What remains of the budget, all of it where nothing has been spent; below 0 it is overdrawn."""
        return None if self.budget is None else self.budget - (self.actual or 0)

    @property
    def is_over(self) -> bool:
        return self.left is not None and self.left < 0

    @property
    def is_known(self) -> bool:
        return self.budget is not None or self.actual is not None


def compared(entries: Iterable[Entry]) -> Compared:
    """The sums of the budget and of the outcome of the entries."""
    found = list(entries)
    return Compared(_total(found, BUDGET), _total(found, ACTUAL))


def once(entries: Iterable[Entry]) -> list[Entry]:
    """Those that are paid once."""
    return [entry for entry in entries if not entry.runs]


def a_year(entries: Iterable[Entry], day: dt.date) -> Compared:
    """What drift and förvaltning cost a year by what is in force on the day."""
    return compared(entry for entry in entries if entry.holds_on(day))


def accrued(entries: Iterable[Entry], day: dt.date) -> Decimal | None:
    """What the running outcome has come to through the day, rounded once, half up to the öre; None where none runs.

    Each day costs the yearly amount divided by the days of its year.
    """
    begun = [entry for entry in entries if entry.runs and entry.value == ACTUAL and entry.date <= day]
    if not begun:
        return None
    exact = sum((_exactly(entry, day) for entry in begun), Fraction(0))
    return Decimal((2 * exact * 100 + 1) // 2) * ORE


def spent(entries: Iterable[Entry], day: dt.date) -> Decimal | None:
    """All that it has cost through the day: what is paid once and what has run; None where no outcome is known."""
    found = list(entries)
    known = [part for part in (_total(once(found), ACTUAL), accrued(found, day)) if part is not None]
    return sum(known, Decimal(0)) if known else None


def _exactly(entry: Entry, day: dt.date) -> Fraction:
    """Kronor that a running cost has come to through the day, without rounding."""
    last = min(day, entry.until or day)
    years = range(entry.date.year, last.year + 1)
    return sum((_in_year(entry, year, last) for year in years), Fraction(0))


def _in_year(entry: Entry, year: int, last: dt.date) -> Fraction:
    first, end = dt.date(year, 1, 1), dt.date(year, 12, 31)
    days = (min(last, end) - max(entry.date, first)).days + 1
    return Fraction(entry.amount) * days / ((end - first).days + 1)


def _total(entries: Iterable[Entry], value: str) -> Decimal | None:
    amounts = [entry.amount for entry in entries if entry.value == value]
    return sum(amounts, Decimal(0)) if amounts else None
