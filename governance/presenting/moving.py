"""What joining and leaving mean for the shared costs, before anybody decides."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from v6portal.organizations.models import Organisation

from ..cost_sharing import NOTHING, LatePayment, Rule
from ..models import Case, CostValue
from ..participating import ParticipationRole, Row
from .benefit_calculation import kronor
from .cost_sharing import in_words
from .shared_costs import SharedCosts

EMPTY = "–"


@dataclass(frozen=True)
class Carrier:
    """What one kommun has carried so far, and its part of what remains, now and when the other has left."""

    name: str
    carried: str
    now: str
    then: str
    a_year_now: str
    a_year_then: str
    leaves: bool


@dataclass(frozen=True)
class Leaving:
    """What a leave means. ``carriers`` is empty where costs are not shared: ``spent`` is then all that can be said.
    So it is where the reader may not know who takes part."""

    kommun: str
    spent: str
    carried: str
    remains: str
    a_year: str
    has_running: bool
    words: list[str]
    carriers: list[Carrier]
    is_withheld: bool


def leaving(case: Case, organisation: Organisation, *, withheld: bool) -> Leaving:
    """What has been shared, what the kommun's part is, and what remains for the others by the rule of today."""
    costs = SharedCosts.of(case)
    own, settlement = costs.place(organisation.pk), costs.settlement
    budget, spent = (_sum(costs, value) for value in (CostValue.BUDGET, CostValue.ACTUAL))
    remains, a_year = max(budget - spent, NOTHING), sum((cost.amount for cost in costs.running), NOTHING)
    is_off = costs.terms(costs.today).rule == Rule.OFF and not settlement.carried
    names = {place: one.short_name for place, one in enumerate(costs.kommuner)}
    return Leaving(
        kommun=organisation.short_name,
        spent=kronor(spent),
        carried=kronor(settlement.carried.get(own, NOTHING)),
        remains=kronor(remains),
        a_year=kronor(a_year),
        has_running=bool(costs.running),
        words=in_words(costs.terms(costs.today), names),
        carriers=[] if is_off or withheld else _carriers(costs, own, remains),
        is_withheld=withheld and not is_off,
    )


def _sum(costs: SharedCosts, value: CostValue) -> Decimal:
    return sum((cost.amount for cost in costs.shared(value)), NOTHING)


def _carriers(costs: SharedCosts, own: int, remains: Decimal) -> list[Carrier]:
    today = costs.taking_part(costs.today)
    running, others = [cost.amount for cost in costs.running], today - {own}
    carried = costs.settlement.carried
    now, then = (costs.divided_today([remains], who) or {} for who in (today, others))
    a_year_now, a_year_then = (costs.divided_today(running, who) or {} for who in (today, others))

    def told(amounts: dict[int, Decimal], place: int) -> str:
        return kronor(amounts[place]) if place in amounts else EMPTY

    return [
        Carrier(
            name=costs.kommuner[place].short_name,
            carried=told(carried, place),
            now=told(now, place),
            then=told(then, place),
            a_year_now=told(a_year_now, place),
            a_year_then=told(a_year_then, place),
            leaves=place == own,
        )
        for place in sorted({*carried, *today})
    ]


@dataclass(frozen=True)
class Joining:
    """What the kommun would pay if it joined today, and to whom it goes."""

    words: list[str]
    amount: str
    credits: list[tuple[str, str]]


def joining(case: Case, organisation: Organisation) -> Joining | None:
    """What joining today means; None where costs are not shared."""
    costs = SharedCosts.of(case)
    if costs.terms(costs.today).rule == Rule.OFF:
        return None
    own, day = costs.place(organisation.pk), costs.today
    then = replace(costs, ledger=(*costs.ledger, Row(own, ParticipationRole.TAKES_PART, day)))
    late = [
        line for line in then.settlement.lines if isinstance(line, LatePayment) and (line.kommun, line.on) == (own, day)
    ]
    names = {place: one.short_name for place, one in enumerate(costs.kommuner)}
    return Joining(
        words=in_words(costs.terms(costs.today), names),
        amount=kronor(late[0].amount) if late else "",
        credits=[(names[place], kronor(credit)) for place, credit in late[0].credits.items()] if late else [],
    )
