"""How shared costs are divided among kommuner, to the öre. No database here.

Source: docs/kostnadsdelning.md; the project report VDT-22 says to solve the late joiner's part only if it proves to be
a problem, so everything here is off until somebody chooses. Amounts are kronor with at most two decimals. A kommun is
any key that can be sorted, and sorts in the order of the kommuner: ties go to the first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

Kommun = Any
Shares = dict[Kommun, Decimal]
ORE = Decimal("0.01")
NOTHING = Decimal(0)


class Rule(models.TextChoices):
    """How a cost is divided among those who lead or take part the day it is dated."""

    OFF = "off", _("delas inte")
    EQUAL = "equal", _("lika")
    POPULATION = "population", _("per invånare")
    MANUAL = "manual", _("efter angivna andelar")


class LateRule(models.TextChoices):
    """What a kommun pays that joins when costs have been shared already."""

    NOTHING = "nothing", _("ingenting")
    PERCENT = "percent", _("en andel av utvecklingskostnaden")
    FIXED = "fixed", _("ett fast belopp")


@dataclass(frozen=True)
class Terms:
    """What holds for one initiative from a day. ``shares`` are relative: 2 and 1, 60 and 40, or kronor."""

    rule: Rule
    late_rule: LateRule = LateRule.NOTHING
    late_percent: Decimal = NOTHING
    late_amount: Decimal = NOTHING
    shares: Mapping[Kommun, Decimal] = field(default_factory=dict)


class CannotDivide(Exception):
    """Nothing to divide by: ``missing`` are the kommuner without a figure, empty where all the figures are nought."""

    def __init__(self, missing: Collection[Kommun] = ()) -> None:
        super().__init__(missing)
        self.missing = tuple(sorted(missing))


def divide(amount: Decimal, weights: Mapping[Kommun, Decimal | int]) -> Shares:
    """The amount divided in proportion to the weights, by the largest remainder, in the order of the kommuner.

    The shares sum to the amount to the öre; none is negative; a larger weight never has the smaller share. Of two equal
    remainders the first kommun has the öre. Raises ValueError for a part of an öre or anything negative, CannotDivide
    where the weights sum to nought.
    """
    ore = amount / ORE
    if amount < 0 or ore != int(ore) or any(weight < 0 for weight in weights.values()):
        raise ValueError(f"{amount} cannot be divided by {weights}")
    total = sum((Fraction(weight) for weight in weights.values()), Fraction(0))
    if not total:
        raise CannotDivide
    quotas = {kommun: Fraction(weights[kommun]) * int(ore) / total for kommun in sorted(weights)}
    whole = {kommun: int(quota) for kommun, quota in quotas.items()}
    left_over = int(ore) - sum(whole.values())
    for kommun in sorted(quotas, key=lambda one: whole[one] - quotas[one])[:left_over]:
        whole[kommun] += 1
    return {kommun: number * ORE for kommun, number in whole.items()}


def weights(terms: Terms, kommuner: Collection[Kommun], inhabitants: Mapping[Kommun, int]) -> dict[Kommun, Decimal]:
    """By what each of the kommuner weighs under the terms. Raises CannotDivide, naming those without a figure.

    Under given shares a kommun that has none, because it came later, weighs nothing.
    """
    if terms.rule == Rule.MANUAL:
        return {kommun: Decimal(terms.shares.get(kommun, 0)) for kommun in kommuner}
    if terms.rule == Rule.EQUAL:
        return dict.fromkeys(kommuner, Decimal(1))
    if missing := set(kommuner) - inhabitants.keys():
        raise CannotDivide(missing)
    return {kommun: Decimal(inhabitants[kommun]) for kommun in kommuner}


@dataclass(frozen=True)
class Expense:
    """A cost that is paid once, for all together."""

    on: dt.date
    amount: Decimal
    cost: Any = None
    """What it is, for whoever asked."""


@dataclass(frozen=True)
class Divided:
    """An expense with each one's share. Without shares it is not divided: ``missing`` names those without a figure."""

    expense: Expense
    shares: Shares
    missing: tuple[Kommun, ...] = ()


@dataclass(frozen=True)
class LatePayment:
    """What a kommun pays that joins late, and how it goes back to those who carried the cost."""

    on: dt.date
    kommun: Kommun
    amount: Decimal
    credits: Shares


@dataclass(frozen=True)
class Settlement:
    """What has been divided so far, in the order of time, and what each has carried: shares, paid and credited."""

    lines: tuple[Divided | LatePayment, ...]
    carried: Shares

    @property
    def total(self) -> Decimal:
        """All that has been divided; late payments move it between kommuner and add nothing."""
        return sum(self.carried.values(), NOTHING)


@dataclass(frozen=True)
class Circumstances:
    """What one must know of a day to divide its costs."""

    terms: Callable[[dt.date], Terms]
    taking_part: Callable[[dt.date], Collection[Kommun]]
    inhabitants: Callable[[dt.date], Mapping[Kommun, int]]


def settle(
    expenses: Iterable[Expense], joined: Iterable[tuple[dt.date, Kommun]], circumstances: Circumstances
) -> Settlement:
    """Divides every expense among those who take part on its date, and lets each that joins pay by the late rule.

    ``joined`` are the days on which a kommun joined or came back. It pays for what was divided before that day and
    without it, when it comes back only for what was divided since it last joined; what is dated that day it shares as
    the others. One that leaves keeps what it has carried.
    """
    lines: list[Divided | LatePayment] = []
    carried: Shares = {}
    since: dict[Kommun, int] = {}
    joins = sorted(joined)
    for expense in sorted(expenses, key=lambda one: one.on):
        while joins and joins[0][0] <= expense.on:
            _join(*joins.pop(0), lines, carried, since, circumstances)
        line = _divided(expense, circumstances)
        lines.append(line)
        _add(carried, line.shares)
    for on, kommun in joins:
        _join(on, kommun, lines, carried, since, circumstances)
    return Settlement(tuple(lines), {kommun: carried[kommun] for kommun in sorted(carried)})


def _divided(expense: Expense, circumstances: Circumstances) -> Divided:
    terms, kommuner = circumstances.terms(expense.on), circumstances.taking_part(expense.on)
    if terms.rule == Rule.OFF or not kommuner:
        return Divided(expense, {})
    try:
        return Divided(expense, divide(expense.amount, weights(terms, kommuner, circumstances.inhabitants(expense.on))))
    except CannotDivide as why:
        return Divided(expense, {}, why.missing)


def _join(
    on: dt.date,
    kommun: Kommun,
    lines: list[Divided | LatePayment],
    carried: Shares,
    since: dict[Kommun, int],
    circumstances: Circumstances,
) -> None:
    """``since`` is how many lines there were when each kommun last joined: it has settled what those before cost."""
    others = {one: amount for one, amount in carried.items() if one != kommun}
    unsettled = lines[since.get(kommun, 0) :]
    without = sum(
        (one.expense.amount for one in unsettled if isinstance(one, Divided) and _is_without(one, kommun)), NOTHING
    )
    since[kommun] = len(lines)
    paid_before = any(isinstance(one, LatePayment) and one.kommun == kommun for one in lines)
    amount = late_payment(circumstances.terms(on), without, sum(others.values(), NOTHING), paid_before=paid_before)
    if amount:
        credits = divide(amount, others)
        lines.append(LatePayment(on, kommun, amount, credits))
        _add(carried, {kommun: amount})
        _add(carried, {one: -credit for one, credit in credits.items()})


def _is_without(line: Divided, kommun: Kommun) -> bool:
    return bool(line.shares) and kommun not in line.shares


def _add(carried: Shares, amounts: Mapping[Kommun, Decimal]) -> None:
    for kommun, amount in amounts.items():
        carried[kommun] = carried.get(kommun, NOTHING) + amount


def late_payment(terms: Terms, without: Decimal, carried: Decimal, *, paid_before: bool = False) -> Decimal:
    """What a kommun pays when it joins, in kronor to the öre.

    ``without`` is what was divided without it since it last joined, ``carried`` what the others have carried so far: it
    never pays more than that. The fixed amount is paid once, however often a kommun comes back.
    """
    wanted = NOTHING
    if terms.rule == Rule.OFF or not without:
        return NOTHING
    if terms.late_rule == LateRule.PERCENT:
        wanted = (without * terms.late_percent / 100).quantize(ORE, ROUND_HALF_UP)
    elif terms.late_rule == LateRule.FIXED and not paid_before:
        wanted = terms.late_amount
    return min(wanted, carried)


def divide_each(
    amounts: Sequence[Decimal], terms: Terms, kommuner: Collection[Kommun], by: Mapping[Kommun, int]
) -> Shares:
    """What each carries of several amounts, every one divided by itself. Raises CannotDivide as ``weights``."""
    shares: Shares = {}
    for amount in amounts:
        _add(shares, divide(amount, weights(terms, kommuner, by)))
    return shares
