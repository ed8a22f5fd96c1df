"""Everything that the division of one initiative's shared costs rests on, read once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Self

from django.utils import timezone

from v6portal.organizations.models import Organisation, Population

from ..cost_sharing import CannotDivide, Circumstances, Expense, Rule, Settlement, Shares, Terms, divide_each, settle
from ..models import Case, Cost, CostSharing, CostValue, ProcessSettings
from ..models.work import RUNNING_KINDS
from ..participating import Kind, Row, changes, taking_part_on


@dataclass(frozen=True)
class SharedCosts:
    """The ledger, the costs and the terms of one initiative. A kommun is its place among the kommuner, from 0."""

    kommuner: tuple[Organisation, ...]
    ledger: tuple[Row, ...]
    costs: tuple[Cost, ...]
    sharings: tuple[CostSharing, ...]
    """Those decided, in the order in which they hold."""
    defaults: tuple[ProcessSettings, ...]
    populations: tuple[Population, ...]
    today: dt.date = field(default_factory=timezone.localdate)
    proposed: tuple[dt.date, Terms] | None = None
    """Terms that are only tried: they hold from their day as if they had been decided last."""

    @classmethod
    def of(cls, case: Case) -> Self:
        """Six statements, seven where something has been decided, whatever the case holds."""
        kommuner = tuple(Organisation.objects.kommuner().in_order())
        places = {organisation.pk: place for place, organisation in enumerate(kommuner)}
        return cls(
            kommuner=kommuner,
            ledger=tuple(
                Row(places[row.organisation_id], row.role, row.joined_on, row.left_on, row.ending)
                for row in case.participations.order_by("joined_on", "pk")
            ),
            costs=tuple(Cost.objects.standing().filter(case=case).select_related("organisation", "stage")),
            sharings=tuple(case.cost_sharings.in_order().select_related("event").prefetch_related("shares")),
            defaults=tuple(ProcessSettings.objects.order_by("valid_from")),
            populations=tuple(Population.objects.order_by("year")),
        )

    def place(self, organisation: int) -> int:
        """The place of the organisation with that primary key."""
        return next(place for place, one in enumerate(self.kommuner) if one.pk == organisation)

    def terms(self, date: dt.date) -> Terms:
        """What holds on the date: what was decided for the initiative, else the settings, else that nothing is."""
        if self.proposed and self.proposed[0] <= date:
            return self.proposed[1]
        decided = [sharing for sharing in self.sharings if sharing.valid_from <= date]
        if decided:
            newest = decided[-1]
            return newest.terms({self.place(pk): share for pk, share in newest.given_shares.items()})
        settings = [row for row in self.defaults if row.valid_from <= date]
        return settings[-1].terms() if settings else Terms(Rule.OFF)

    def taking_part(self, date: dt.date) -> frozenset[int]:
        return taking_part_on(self.ledger, date)

    def inhabitants(self, date: dt.date) -> dict[int, int]:
        """The figure of each kommun that holds on the date, see ``Population.objects.on``."""
        found = {figure.organisation_id: figure.inhabitants for figure in self.populations if figure.year <= date.year}
        return {place: found[one.pk] for place, one in enumerate(self.kommuner) if one.pk in found}

    def shared(self, value: CostValue) -> list[Cost]:
        """What is paid once, by all together, as budget or as outcome. What somebody pays alone is not shared."""
        once = (cost for cost in self.costs if cost.kind not in RUNNING_KINDS and cost.organisation_id is None)
        return [cost for cost in once if cost.value == value]

    @cached_property
    def running(self) -> list[Cost]:
        """What is paid per year by all together, today."""
        return [
            cost
            for cost in self.costs
            if cost.kind in RUNNING_KINDS and cost.value == CostValue.ACTUAL and cost.organisation_id is None
            if cost.date <= self.today and (cost.until is None or self.today <= cost.until)
        ]

    @property
    def alone(self) -> list[Cost]:
        """What one organisation has paid by itself, once."""
        return [
            cost
            for cost in self.costs
            if cost.organisation_id is not None and cost.kind not in RUNNING_KINDS and cost.value == CostValue.ACTUAL
        ]

    @cached_property
    def settlement(self) -> Settlement:
        joined = [(one.on, one.kommun) for one in changes(self.ledger) if one.kind in (Kind.JOINED, Kind.REJOINED)]
        return settle(
            [Expense(cost.date, cost.amount, cost) for cost in self.shared(CostValue.ACTUAL)],
            [(on, kommun) for on, kommun in joined if on <= self.today],
            Circumstances(self.terms, self.taking_part, self.inhabitants),
        )

    def divided_today(self, amounts: Sequence[Decimal], kommuner: Collection[int]) -> Shares | None:
        """The amounts, each divided among the kommuner by what holds today; None where they cannot be."""
        terms = self.terms(self.today)
        if terms.rule == Rule.OFF or not kommuner:
            return None
        try:
            return divide_each(amounts, terms, kommuner, self.inhabitants(self.today))
        except CannotDivide:
            return None

    def names(self, places: Collection[int]) -> list[str]:
        return [self.kommuner[place].short_name for place in sorted(places)]
