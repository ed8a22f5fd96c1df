"""The benefit calculation in words and figures: every number with the arithmetic that gives it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, OuterRef, TextField
from django.db.models.functions import Cast, JSONObject
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from initiatives.benefit_calculation import NOTHING, WHOLE, Assumptions, Calculation, Effect, Year, calculate
from initiatives.models import BenefitCalculation, CalculationLine, Initiative

M = TypeVar("M", bound=Model)


def number(value: Decimal | int) -> str:
    """As one writes it in Swedish: 1 125 000 or 2 500,50; a minus as a minus."""
    exact = Decimal(value)
    is_whole = exact == exact.to_integral_value()
    told = number_format(abs(exact), decimal_pos=0 if is_whole else 2, use_l10n=True, force_grouping=True)
    return f"−{told}" if exact < 0 else told


def kronor(value: Decimal) -> str:
    return f"{number(value)}\u00a0kr"


def in_years(value: Decimal | int) -> str:
    """As *1 år*, *2,1 år*."""
    exact = Decimal(value)
    return f"{number_format(exact.normalize() if exact % 1 else int(exact))}\u00a0år"


def payback_in_words(payback: Decimal | None, calculation: Calculation) -> str:
    """How long until it is paid back, or why there is nothing to wait for."""
    if payback is None:
        return _("nås inte på %(years)s") % {"years": in_years(calculation.assumptions.years)}
    if payback:
        return in_years(payback)
    return _("betalar sig från början") if calculation.one_off or calculation.running else _("inget att betala")


@dataclass(frozen=True)
class Told:
    """A calculation as pages show it."""

    calculation: Calculation
    version: BenefitCalculation | None = None

    @property
    def payback(self) -> str:
        return payback_in_words(self.calculation.payback, self.calculation)

    @property
    def payback_with_time(self) -> str:
        return payback_in_words(self.calculation.payback_with_time, self.calculation)

    @property
    def net_with_time(self) -> str:
        return kronor(self.calculation.net_with_time)

    @property
    def years(self) -> str:
        return in_years(self.calculation.assumptions.years)

    @property
    def summary(self) -> list[tuple[str, str]]:
        """What the brief says, each a name and a figure."""
        found = self.calculation
        return [
            (_("Finansiell nytta per år"), kronor(found.financial)),
            (_("Omfördelad nytta per år"), kronor(found.redistributed)),
            (_("Engångskostnad"), kronor(found.one_off)),
            (_("Driftkostnad per år"), kronor(found.running)),
            (_("Netto i pengar över %s") % self.years, kronor(found.net)),
            (_("Återbetalning i pengar"), self.payback),
        ]

    @property
    def sentences(self) -> list[str]:
        """How each number has come about."""
        return [*_saved(self.calculation), *_others(self.calculation), *_paid(self.calculation), *_net(self)]

    @property
    def rows(self) -> tuple[Year, ...]:
        return self.calculation.years

    @property
    def curve(self) -> Curve:
        return Curve.of(self.calculation.years)


def _saved(found: Calculation) -> Iterator[str]:
    given = found.assumptions
    if not given.hours_per_year:
        yield _("Ingen sparad tid är inräknad.")
        return
    yield _(
        "%(hours)s timmar × %(cost)s = %(saved)s per år. Av det blir %(share)d %% pengar: %(money)s. "
        "Resten, %(rest)s, är omfördelad nytta: tid som används till annat."
    ) % {
        "hours": number(given.hours_per_year),
        "cost": kronor(given.cost_per_hour),
        "saved": kronor(found.saved),
        "share": given.realised_percent,
        "money": kronor(found.saved_financial),
        "rest": kronor(found.saved_redistributed),
    }


def _others(found: Calculation) -> Iterator[str]:
    given = found.assumptions
    for is_financial, name, whole in (
        (True, _("Finansiell nytta"), found.financial),
        (False, _("Omfördelad nytta"), found.redistributed),
    ):
        from_time = found.saved_financial if is_financial else found.saved_redistributed
        parts = [(_("sparad tid"), from_time)] if from_time else []
        parts += [(_named(effect), effect.per_year) for effect in given.effects if effect.is_financial == is_financial]
        yield _("%(name)s per år: %(sum)s.") % {"name": name, "sum": _added(parts, whole)}
    if given.first_year_percent != WHOLE:
        yield _("Första året räknas %(share)d %% av nyttan, men hela kostnaden.") % {"share": given.first_year_percent}


def _named(effect: Effect) -> str:
    if effect.first_year == 1:
        return effect.name
    return _("%(name)s, från år %(year)d") % {"name": effect.name, "year": effect.first_year}


def _added(parts: Iterable[tuple[str, Decimal]], whole: Decimal) -> str:
    """As *120 000 kr (licenser) + 30 000 kr (porto) = 150 000 kr*."""
    told = [f"{kronor(amount)} ({name})" for name, amount in parts]
    if not told:
        return kronor(NOTHING)
    return f"{' + '.join(told)} = {kronor(whole)}" if len(told) > 1 else told[0]


def _paid(found: Calculation) -> Iterator[str]:
    given = found.assumptions
    once = [(expense.name, expense.amount) for expense in given.one_off]
    each = [(expense.name, expense.amount) for expense in given.running]
    yield _("Engångskostnad, som betalas vid starten: %s.") % _added(once, found.one_off)
    yield _("Driftkostnad per år: %s.") % _added(each, found.running)


def _net(told: Told) -> Iterator[str]:
    found, whole = told.calculation, told.calculation.total
    numbers = {
        "years": told.years,
        "benefit": kronor(whole.financial),
        "cost": kronor(whole.cost),
        "net": kronor(found.net),
        "time": kronor(whole.redistributed),
        "with_time": kronor(found.net_with_time),
    }
    yield _("Netto i pengar över %(years)s: %(benefit)s nytta − %(cost)s kostnad = %(net)s.") % numbers
    if whole.redistributed:
        yield _("Räknas den omfördelade nyttan in: %(net)s + %(time)s = %(with_time)s.") % numbers
    yield from _paid_back(told)
    yield _("Allt är i dagens pengar, utan ränta och utan prisökningar.")


def _paid_back(told: Told) -> Iterator[str]:
    """Where the payback comes from, when there is one: what is owed, and what the year that pays it gives."""
    found = told.calculation
    if not found.payback:
        return
    last = max(year.number for year in found.years if year.so_far < 0)
    numbers = {
        "last": last,
        "passed": in_years(last) if last else _("starten"),
        "owed": kronor(-found.years[last].so_far),
        "earned": kronor(found.years[last + 1].net),
        "payback": told.payback,
    }
    yield (
        _(
            "Återbetalning i pengar: efter %(passed)s återstår %(owed)s att tjäna in, och året därpå ger %(earned)s. "
            "%(last)d + %(owed)s ÷ %(earned)s blir, avrundat uppåt till en tiondel, %(payback)s."
        )
        % numbers
    )


# The sum so far as a picture

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 640, 280, 20, 20, 34, 56


@dataclass(frozen=True)
class Dot:
    x: int
    y: int
    year: int


@dataclass(frozen=True)
class Curve:
    """The sum so far, in money, over the years: where it crosses zero the initiative has paid for itself."""

    dots: tuple[Dot, ...]
    zero: int
    first: str
    last: str
    """What the sum is at the start and at the end, in words."""

    @classmethod
    def of(cls, years: Iterable[Year]) -> Curve:
        sums = [year.so_far for year in years]
        highest, lowest = max(*sums, NOTHING), min(*sums, NOTHING)
        span = highest - lowest or Decimal(1)

        def height(value: Decimal) -> int:
            return TOP + round((highest - value) / span * (HEIGHT - TOP - BOTTOM))

        step = (WIDTH - LEFT - RIGHT) / (len(sums) - 1)
        dots = tuple(Dot(LEFT + round(step * n), height(value), n) for n, value in enumerate(sums))
        return cls(dots, height(NOTHING), kronor(sums[0]), kronor(sums[-1]))

    @property
    def points(self) -> str:
        return " ".join(f"{dot.x},{dot.y}" for dot in self.dots)


def standing_columns() -> tuple[ArraySubquery, ArraySubquery]:
    """For a statement about initiatives: the version that counts, at most one, and its rows; exact, as text."""
    standing = BenefitCalculation.objects.standing().filter(initiative=OuterRef("pk"))
    rows = CalculationLine.objects.filter(calculation__initiative=OuterRef("pk"), calculation__superseded=False)
    return ArraySubquery(standing.values(row=_json(VERSION))), ArraySubquery(rows.values(row=_json(LINE)))


VERSION = (
    *("number", "made_by_name", "made_at", "years"),
    *("hours_per_year", "cost_per_hour", "realised_percent", "first_year_percent"),
)
LINE = ("kind", "name", "amount", "first_year")


def _json(names: Iterable[str]) -> JSONObject:
    return JSONObject(**{name: Cast(name, TextField()) for name in names})


def standing_from(versions: Iterable[Mapping[str, str]], rows: Iterable[Mapping[str, str]]) -> Told | None:
    """What ``standing_columns`` found, in words; None where nobody has reckoned."""
    found = [_made(BenefitCalculation, version) for version in versions]
    return told_of(found[0], [_made(CalculationLine, row) for row in rows]) if found else None


def _made(model: type[M], row: Mapping[str, str]) -> M:
    fields = {field.name: field for field in model._meta.concrete_fields}
    return model(**{name: fields[name].to_python(value) for name, value in row.items()})


def told_of(version: BenefitCalculation, lines: Iterable[CalculationLine]) -> Told:
    return Told(calculate(version.assumptions(lines)), version)


def hours_today(initiative: Initiative) -> Decimal | None:
    """The time it takes today by what the initiative itself says, with at most two decimals."""
    given = (initiative.times_per_year, initiative.minutes_each_time, initiative.people_involved)
    if None in given:
        return None
    times, minutes, people = (Decimal(one or 0) for one in given)
    return (times * minutes * people / 60).quantize(Decimal("0.01")).normalize()


def suggested(initiative: Initiative) -> Assumptions:
    """What a first calculation begins with: the whole time of today, to be lowered to what is really saved."""
    from_today = hours_today(initiative) or NOTHING
    return Assumptions(hours_per_year=min(from_today, Decimal(10_000_000)))
