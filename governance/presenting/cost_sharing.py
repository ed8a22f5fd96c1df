"""The shared costs of an initiative as a table: what each kommun carries of each cost, and why it is so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.utils.formats import number_format
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _

from v6portal.organizations.models import Organisation

from ..cost_sharing import NOTHING, Divided, LatePayment, LateRule, Rule, Terms
from ..models import Cost, CostSharing, CostValue
from .benefit_calculation import kronor, number
from .shared_costs import SharedCosts


@dataclass(frozen=True)
class Cell:
    """What one kommun carries in a line; an empty text where it has no part in it."""

    name: str
    text: str


@dataclass(frozen=True)
class Line:
    """A line of the table: a cost with its shares, or a late payment that moves money between kommuner."""

    what: str
    sub: str
    amount: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Past:
    """Something that was decided about the division, with who decided it."""

    valid_from: dt.date
    words: str
    who: str
    why: str


@dataclass(frozen=True)
class SharingPage:
    """The context of the page about how costs are shared."""

    costs: SharedCosts
    is_withheld: bool = False
    """Whether the reader may not know who takes part: then nothing is told that rests on it."""

    @cached_property
    def columns(self) -> list[int]:
        """The kommuner that carry something, or take part today."""
        return sorted({*self.costs.settlement.carried, *self.costs.taking_part(self.costs.today)})

    @property
    def organisations(self) -> list[Organisation]:
        return [self.costs.kommuner[place] for place in self.columns]

    @property
    def terms(self) -> Terms:
        return self.costs.terms(self.costs.today)

    @property
    def is_off(self) -> bool:
        return self.terms.rule == Rule.OFF and not self.costs.settlement.carried

    @property
    def words(self) -> list[str]:
        """How costs are shared today, in sentences."""
        if self.is_withheld and self.terms.rule == Rule.MANUAL:
            return [_("Varje kostnad delas efter angivna andelar."), *_late_in_words(self.terms)]
        return in_words(self.terms, {place: one.short_name for place, one in enumerate(self.costs.kommuner)})

    @property
    def lines(self) -> list[Line]:
        return [
            self._late(line) if isinstance(line, LatePayment) else self._cost(line)
            for line in self.costs.settlement.lines
            if isinstance(line, LatePayment) or line.shares
        ]

    @property
    def total(self) -> Line:
        settlement = self.costs.settlement
        return Line(_("Summa"), "", kronor(settlement.total), self._cells(settlement.carried))

    @property
    def not_divided(self) -> list[tuple[str, str, str]]:
        """Costs for all together that are not divided: what, how much and why not."""
        return [
            (_what(line.expense.cost), kronor(line.expense.amount), self._why_not(line))
            for line in self.costs.settlement.lines
            if isinstance(line, Divided) and not line.shares
        ]

    @property
    def alone(self) -> list[tuple[str, str]]:
        """What an organisation has paid by itself, in all."""
        sums: dict[str, Decimal] = {}
        for cost in self.costs.alone:
            name = cost.organisation.short_name  # type: ignore[union-attr]
            sums[name] = sums.get(name, NOTHING) + cost.amount
        return [(name, kronor(amount)) for name, amount in sorted(sums.items())]

    @cached_property
    def running(self) -> list[Line]:
        """Costs per year, divided among those who take part today; the last line is the sum."""
        kommuner = self.costs.taking_part(self.costs.today)
        shares = [(cost, self.costs.divided_today([cost.amount], kommuner)) for cost in self.costs.running]
        lines = [
            Line(capfirst(cost.get_kind_display()), _since(cost.date), kronor(cost.amount), self._cells(own))
            for cost, own in shares
            if own is not None
        ]
        if len(lines) > 1:
            sums = _sums(own for _cost, own in shares if own is not None)
            lines.append(Line(_("Summa per år"), "", kronor(sum(sums.values(), NOTHING)), self._cells(sums)))
        return lines

    @property
    def history(self) -> list[Past]:
        """What has been decided, the newest first."""
        return [] if self.is_withheld else [self._past(sharing) for sharing in reversed(self.costs.sharings)]

    @property
    def spent(self) -> str:
        return kronor(sum((cost.amount for cost in self.costs.shared(CostValue.ACTUAL)), NOTHING))

    def _past(self, sharing: CostSharing) -> Past:
        names = {one.pk: one.short_name for one in self.costs.kommuner}
        words = " ".join(in_words(sharing.terms(sharing.given_shares), names))
        return Past(sharing.valid_from, words, sharing.event.actor_name, sharing.event.text)

    def _cost(self, line: Divided) -> Line:
        on = line.expense.on.isoformat()
        return Line(_what(line.expense.cost), on, kronor(line.expense.amount), self._cells(line.shares))

    def _late(self, line: LatePayment) -> Line:
        moved = {line.kommun: line.amount} | {kommun: -credit for kommun, credit in line.credits.items()}
        name = self.costs.kommuner[line.kommun].short_name
        return Line(_("%s går med och betalar") % name, line.on.isoformat(), kronor(line.amount), self._cells(moved))

    def _cells(self, amounts: Mapping[int, Decimal]) -> tuple[Cell, ...]:
        return tuple(
            Cell(self.costs.kommuner[place].short_name, kronor(amounts[place]) if place in amounts else "")
            for place in self.columns
        )

    def _why_not(self, line: Divided) -> str:
        if line.missing:
            told = {"names": get_text_list(self.costs.names(line.missing), _("och")), "year": line.expense.on.year}
            return _("Invånartal saknas för %(names)s, år %(year)s eller tidigare.") % told
        if not self.costs.taking_part(line.expense.on):
            return _("Ingen kommun deltog den dagen.")
        if self.costs.terms(line.expense.on).rule == Rule.OFF:
            return _("Ingen fördelning gällde den dagen.")
        return _("Ingen av dem som deltog den dagen har en andel.")


def _what(cost: Cost) -> str:
    kind = capfirst(cost.get_kind_display())
    return _("%(kind)s, etapp %(number)s") % {"kind": kind, "number": cost.stage.number} if cost.stage else kind


def _since(date: dt.date) -> str:
    return _("från %s") % date.isoformat()


def _sums(shares: Iterable[Mapping[int, Decimal]]) -> dict[int, Decimal]:
    sums: dict[int, Decimal] = {}
    for own in shares:
        for place, amount in own.items():
            sums[place] = sums.get(place, NOTHING) + amount
    return sums


def percent(value: Decimal) -> str:
    """As *10*, *12,5*."""
    return number_format(value.normalize() if value % 1 else int(value))


def in_words(terms: Terms, names: Mapping[int, str]) -> list[str]:
    """The terms as sentences that can be read aloud. ``names`` by the same keys as the shares."""
    return [_rule_in_words(terms, names), *_late_in_words(terms)]


def _rule_in_words(terms: Terms, names: Mapping[int, str]) -> str:
    match terms.rule:
        case Rule.EQUAL:
            return _("Varje kostnad delas lika mellan de kommuner som leder eller deltar den dagen.")
        case Rule.POPULATION:
            return _("Varje kostnad delas efter invånarantal mellan de kommuner som leder eller deltar den dagen.")
        case Rule.MANUAL:
            told = ", ".join(f"{names[key]} {number(share)}" for key, share in sorted(terms.shares.items()))
            return _("Varje kostnad delas efter angivna andelar: %s.") % told
        case _:
            return _("Kostnaderna delas inte i portalen.")


def _late_in_words(terms: Terms) -> list[str]:
    if terms.rule == Rule.OFF:
        return []
    if terms.late_rule == LateRule.PERCENT:
        told = _("Den som går med sent betalar %s procent av det som delades innan den gick med.")
        return [told % percent(terms.late_percent)]
    if terms.late_rule == LateRule.FIXED:
        return [_("Den som går med sent betalar %s, en gång.") % kronor(terms.late_amount)]
    return [_("Den som går med sent betalar inget för det som redan är delat.")]
