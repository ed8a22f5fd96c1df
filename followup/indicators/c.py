"""Group C: useful and innovative solutions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from .base import Figures, Indicator, Part, Section
from .reading import Reading

# What is done before an initiative comes to V6, or without V6, is counted by itself: each side sees only its own acts.

CONFIRMED = """
with answers as (
    select c.case_id, c.kind, c.date, coalesce(i.shared_on <= c.date, false) as in_v6,
        count(*) filter (where not c.holds) over (
            partition by c.case_id, c.kind, coalesce(i.shared_on <= c.date, false) order by c.date desc, c.id desc
        ) as noes_since
    from followup_confirmation c
    join initiatives_initiative i on i.id = c.case_id
    where c.date <= %(per)s
), kinds as (
    select case_id, in_v6, kind, min(date) as since from answers where noes_since = 0 group by case_id, in_v6, kind
), confirmed as (
    select case_id, in_v6, max(since) as since from kinds group by case_id, in_v6 having count(*) = 3
)
select i.reference, confirmed.in_v6
from confirmed
join initiatives_initiative i on i.id = confirmed.case_id
cross join lateral (
    select min(adoption.in_use_on) as first_on from followup_adoption adoption
    where adoption.case_id = confirmed.case_id and adoption.in_use_on <= %(per)s
        and coalesce(i.shared_on <= adoption.in_use_on, false) = confirmed.in_v6
) adopted
where adopted.first_on is not null
    and greatest(confirmed.since, adopted.first_on) between %(first)s and %(per)s
"""

FIRST_ADOPTED = """
select i.reference, i.targets_residents, i.targets_employees,
    coalesce(i.shared_on <= adoption.in_use_on, false) as in_v6
from followup_adoption adoption
join initiatives_initiative i on i.id = adoption.case_id
where adoption.in_use_on <= %(per)s
group by i.id, i.reference, i.targets_residents, i.targets_employees, in_v6
having min(adoption.in_use_on) >= %(first)s
"""


def confirmed(reading: Reading, *, in_v6: bool = True) -> Figures:
    """Solutions in use that stand confirmed as new, useful and put to use, in the half-year when the last fell."""
    return _counted([row for row in reading.rows(CONFIRMED) if row.in_v6 == in_v6])


def first_adopted(reading: Reading, *, in_v6: bool = True) -> Figures:
    """Solutions first taken into use in the half-year, by whom they are for."""
    rows = [row for row in reading.rows(FIRST_ADOPTED) if row.in_v6 == in_v6]
    groups = {
        "invanare": [row for row in rows if row.targets_residents],
        "medarbetare": [row for row in rows if row.targets_employees],
        "bada": [row for row in rows if row.targets_residents and row.targets_employees],
        "totalt": rows,
    }
    numbers = {key: len(group) for key, group in groups.items()}
    return numbers | {f"{key}_referenser": _counted(group)["referenser"] for key, group in groups.items()}


def _counted(rows: Sequence[Any]) -> Figures:
    return {"antal": len(rows), "referenser": sorted(row.reference for row in rows)}


C1 = Indicator(
    code="C1",
    section=Section.SOLUTIONS,
    wording=("Antal implementerade lösningar som är nya för V6 kommunerna, som är nyttigt och blir nyttiggjort (3N)"),
    definition=_(
        "Initiativ med minst ett införande där nytt, nyttigt och nyttiggjort alla är bekräftade den sista dag som "
        "räknas med; den senaste bekräftelsen av varje slag gäller. Initiativet räknas i det halvår då det sista av de "
        "fyra föll på plats."
    ),
    path=("C1",),
    count=confirmed,
)
C2 = Indicator(
    code="C2",
    section=Section.SOLUTIONS,
    wording="Antal implementerade lösningar utifrån;",
    definition=_(
        "Initiativ som infördes för första gången under halvåret, efter målgrupp. Den som gäller både invånare och "
        "medarbetare räknas i båda raderna; bredvid står hur många det är, och antalet initiativ totalt."
    ),
    path=("C2",),
    count=first_adopted,
    parts=(Part("invanare", "målgrupp invånare"), Part("medarbetare", "målgrupp medarbetare")),
)
