"""What an initiative is reckoned to give and to cost, year by year (*nyttokalkyl*). Exact decimals, kronor.

Source: docs/bedomning.md, *Nyttokalkyl*. As in Inera's model and the national guide to nyttorealisering, money that is
really saved (*finansiell nytta*) is kept apart from time that is freed for something else (*omfördelad nytta*): only
the first can pay anything back. Reckoned in the money of today, without interest and without rising prices.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

MOST_YEARS = 15
USUAL_YEARS = 5
MOST_LINES = 20
"""Of each kind; more is another sort of document."""
GREATEST_AMOUNT = Decimal(10_000_000_000)
GREATEST_HOURS = Decimal(10_000_000)
GREATEST_HOUR_COST = Decimal(100_000)
WHOLE = 100
"""Per cent."""
TENTH = Decimal("0.1")
NOTHING = Decimal(0)


@dataclass(frozen=True)
class Effect:
    """What comes besides saved time: kronor in a full year, from a year of the calculation and on."""

    name: str
    per_year: Decimal
    is_financial: bool
    first_year: int = 1


@dataclass(frozen=True)
class Expense:
    """A cost in kronor: paid once at the start, or each year."""

    name: str
    amount: Decimal


@dataclass(frozen=True)
class Assumptions:
    """Everything that is assumed; nothing else goes into the result."""

    years: int = USUAL_YEARS
    hours_per_year: Decimal = NOTHING
    """Working hours that are saved in a full year."""
    cost_per_hour: Decimal = NOTHING
    realised_percent: int = 0
    """How much of the saved time that becomes money, as when a post is not filled. The rest is redistributed."""
    first_year_percent: int = WHOLE
    """How much of the benefit of a full year that comes in the first; costs are always whole."""
    effects: tuple[Effect, ...] = ()
    one_off: tuple[Expense, ...] = ()
    running: tuple[Expense, ...] = ()


@dataclass(frozen=True)
class Year:
    """One year in kronor; year 0 is the start, when what is paid once is paid."""

    number: int
    financial: Decimal
    redistributed: Decimal
    cost: Decimal
    before: Decimal = NOTHING
    """The net of all earlier years, in money."""
    before_with_time: Decimal = NOTHING

    @property
    def net(self) -> Decimal:
        """In money alone."""
        return self.financial - self.cost

    @property
    def net_with_time(self) -> Decimal:
        """With redistributed benefit reckoned as if it were money."""
        return self.net + self.redistributed

    @property
    def so_far(self) -> Decimal:
        return self.before + self.net

    @property
    def so_far_with_time(self) -> Decimal:
        return self.before_with_time + self.net_with_time


@dataclass(frozen=True)
class Calculation:
    """The result. Benefits *per year* are those of a full year in which every effect has begun."""

    assumptions: Assumptions
    saved: Decimal
    """Saved time × cost per hour, in a full year."""
    saved_financial: Decimal
    saved_redistributed: Decimal
    financial: Decimal
    redistributed: Decimal
    one_off: Decimal
    running: Decimal
    years: tuple[Year, ...]
    payback: Decimal | None
    """Years until what is paid is earned in money, rounded up to a tenth; 0 when nothing is ever owed, None when it is
    not earned within the years of the calculation."""
    payback_with_time: Decimal | None
    """The same with redistributed benefit reckoned as if it were money."""

    @property
    def net(self) -> Decimal:
        """Over all the years, in money alone."""
        return self.years[-1].so_far

    @property
    def net_with_time(self) -> Decimal:
        return self.years[-1].so_far_with_time

    @property
    def total(self) -> Year:
        """All the years as one."""
        return Year(
            len(self.years) - 1,
            sum((year.financial for year in self.years), NOTHING),
            sum((year.redistributed for year in self.years), NOTHING),
            sum((year.cost for year in self.years), NOTHING),
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been assumed to come or to cost."""
        return not any((self.financial, self.redistributed, self.one_off, self.running))


def calculate(given: Assumptions) -> Calculation:
    """The result of the assumptions, which are within their limits (the database keeps them)."""
    saved = given.hours_per_year * given.cost_per_hour
    saved_financial = saved * given.realised_percent / WHOLE
    time = (
        Effect("", saved_financial, is_financial=True),
        Effect("", saved - saved_financial, is_financial=False),
    )
    effects = (*time, *given.effects)
    one_off, running = _sum(given.one_off), _sum(given.running)
    years = [Year(0, NOTHING, NOTHING, one_off)]
    for number in range(1, given.years + 1):
        financial, redistributed = (_benefit(effects, given, number, kind) for kind in (True, False))
        last = years[-1]
        years.append(Year(number, financial, redistributed, running, last.so_far, last.so_far_with_time))
    return Calculation(
        assumptions=given,
        saved=saved,
        saved_financial=saved_financial,
        saved_redistributed=saved - saved_financial,
        financial=_per_year(effects, is_financial=True, year=given.years),
        redistributed=_per_year(effects, is_financial=False, year=given.years),
        one_off=one_off,
        running=running,
        years=tuple(years),
        payback=_payback([(year.so_far, year.net) for year in years]),
        payback_with_time=_payback([(year.so_far_with_time, year.net_with_time) for year in years]),
    )


def _sum(expenses: Iterable[Expense]) -> Decimal:
    return sum((expense.amount for expense in expenses), NOTHING)


def _per_year(effects: Iterable[Effect], *, is_financial: bool, year: int) -> Decimal:
    begun = (e.per_year for e in effects if e.is_financial == is_financial and e.first_year <= year)
    return sum(begun, NOTHING)


def _benefit(effects: Iterable[Effect], given: Assumptions, year: int, is_financial: bool) -> Decimal:
    whole = _per_year(effects, is_financial=is_financial, year=year)
    return whole * given.first_year_percent / WHOLE if year == 1 else whole


def _payback(years: list[tuple[Decimal, Decimal]]) -> Decimal | None:
    """After how many years the sum so far is no longer below nothing, evenly through the year in which it happens."""
    owing = [number for number, (so_far, _net) in enumerate(years) if so_far < 0]
    if not owing:
        return NOTHING
    last = owing[-1]
    if last == len(years) - 1:
        return None
    owed, earned = -years[last][0], years[last + 1][1]
    return (last + owed / earned).quantize(TENTH, rounding=ROUND_CEILING)
