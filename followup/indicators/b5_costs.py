"""B5c and B5d: what an initiative has cost, and what it costs to run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from governance.models import CostKind

from .amounts import accrued, kronor, together
from .base import Figures, Indicator, RowFigures, Section
from .reading import Reading

COSTS = """
select cost.case_id, cost.kind,
    sum(cost.amount) filter (where cost.value = %(actual)s) as spent,
    sum(cost.amount) filter (where cost.value = %(actual)s and cost.date >= %(first)s) as spent_in_period,
    sum(cost.amount) filter (where cost.value = %(budget)s) as budget,
    sum(cost.amount) filter (
        where cost.value = %(actual)s and (cost.until is null or cost.until >= %(per)s)
    ) as a_year,
    sum(cost.amount * valid.days) filter (where cost.value = %(actual)s and valid.days > 0) as times_days
from governance_cost cost
join initiatives_initiative i on i.id = cost.case_id
cross join lateral (
    select least(%(per)s::date, cost.until) - greatest(%(first)s::date, cost.date, i.shared_on) + 1 as days
) valid
where cost.case_id = any(%(rows)s) and cost.date <= %(per)s and cost.corrected_in_id is null
    and (cost.date >= i.shared_on or not cost.kind = any(%(one_off)s))
group by cost.case_id, cost.kind
"""


def one_off_costs(reading: Reading, keys: Sequence[int]) -> RowFigures:
    """What förstudie and utveckling have cost, and what they were meant to cost."""
    found = _costs(reading, keys)

    def figures(initiative: Any) -> Figures:
        prestudy = found.get((initiative.id, CostKind.PRESTUDY), _NOTHING)
        development = found.get((initiative.id, CostKind.DEVELOPMENT), _NOTHING)
        columns = {"utfall": "spent", "utfall_i_perioden": "spent_in_period", "budget": "budget"}
        return {
            "forstudie": {key: kronor(prestudy[column]) for key, column in columns.items()},
            "utveckling": {key: kronor(development[column]) for key, column in columns.items()},
            "tillsammans": {
                key: kronor(together(prestudy[column], development[column])) for key, column in columns.items()
            },
        }

    return figures


def running_costs(reading: Reading, keys: Sequence[int]) -> RowFigures:
    """What drift and förvaltning cost a year at the end of the half-year, and what they came to in it."""
    found = _costs(reading, keys)
    days = reading.period.days_of_year

    def figures(initiative: Any) -> Figures:
        operation = found.get((initiative.id, CostKind.OPERATION), _NOTHING)
        maintenance = found.get((initiative.id, CostKind.MAINTENANCE), _NOTHING)
        lines = {"drift": (operation,), "forvaltning": (maintenance,), "tillsammans": (operation, maintenance)}
        return {
            key: {
                "arskostnad": kronor(together(*(row["a_year"] for row in rows))),
                "upplupet_i_perioden": accrued(together(*(row["times_days"] for row in rows)), days),
            }
            for key, rows in lines.items()
        }

    return figures


_NOTHING = dict.fromkeys(("spent", "spent_in_period", "budget", "a_year", "times_days"))


def _costs(reading: Reading, keys: Sequence[int]) -> dict[tuple[int, str], dict[str, Any]]:
    return {(row.case_id, row.kind): row._asdict() for row in reading.rows(COSTS, rows=keys)}


B5C = Indicator(
    code="B5c",
    section=Section.V6,
    wording="Kostnad för förstudie/utveckling",
    definition=_(
        "Summan av utfallet för förstudie och för utveckling, var för sig och tillsammans, till och med den sista dag "
        "som räknas med. Bredvid står den del som är daterad under halvåret, och budgeten. Svenska kronor utan moms."
    ),
    path=("B5c",),
    per_initiative=True,
)
B5D = Indicator(
    code="B5d",
    section=Section.V6,
    wording="Kostnad för drift och förvaltning",
    definition=_(
        "Den årskostnad för drift och för förvaltning som gäller den sista dag som räknas med, enligt utfall. Bredvid "
        "står det som upplupit under halvåret: årsbeloppet delat med årets dagar, för varje dag kostnaden gällt i V6. "
        "Svenska kronor utan moms."
    ),
    path=("B5d",),
    per_initiative=True,
)
