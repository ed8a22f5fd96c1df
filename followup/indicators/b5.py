"""Group B, second half: initiative by initiative, who takes part, what it costs and how long it took to start."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from .b5_costs import one_off_costs, running_costs
from .b5_time import initiatives, started, time_to_start, waiting
from .base import Figures, Indicator, RowFigures, Section
from .reading import Reading

PARTICIPANTS = """
select case_id,
    array_agg(distinct organisation_id) filter (where left_on is null or left_on > %(per)s) as now,
    array_agg(distinct organisation_id) filter (where left_on is null or left_on > joined_on) as ever
from governance_participation p
where role = any(%(active)s) and joined_on <= %(per)s and case_id = any(%(rows)s)
    and (role = 'leads' or not exists (
        select from governance_case c
        where c.initiative_id = p.case_id and 'interest' in (c.status, c.paused_from) and c.answers_shown <> 'at_once'
    ))
group by case_id
"""

LEAVES = """
select p.case_id, p.organisation_id, p.left_on, principle.code as principle, p.reason
from (
    select case_id, organisation_id, left_on, principle_id, reason,
        lead(joined_on) over (
            partition by case_id, organisation_id order by joined_on, left_on nulls last, id
        ) as next_joined_on
    from governance_participation
    where role = any(%(active)s) and case_id = any(%(rows)s)
) p
left join governance_principle principle on principle.id = p.principle_id
where p.left_on <= %(per)s and p.next_joined_on is distinct from p.left_on
"""


def per_initiative(reading: Reading) -> Figures:
    """A row for each initiative, and over the whole report how long it takes to start."""
    return {"rader": initiative_rows(reading)} | over_the_whole_report(reading)


def over_the_whole_report(reading: Reading) -> Figures:
    """How many rows there are, and the medians of those that started and of those that wait."""
    return {
        "antal_rader": len(initiatives(reading)),
        "B5e_startade": started(reading),
        "B5e_vantande": waiting(reading),
    }


def initiative_rows(reading: Reading) -> list[Figures]:
    """The rows of B5, by reference."""
    listed = initiatives(reading)
    keys = [row.id for row in listed]
    lines: dict[str, RowFigures] = {
        "B5a": participants(reading, keys),
        "B5b": leaves(reading, keys),
        "B5c": one_off_costs(reading, keys),
        "B5d": running_costs(reading, keys),
        "B5e": time_to_start,
    }
    return [{"referens": row.reference} | {code: line(row) for code, line in lines.items()} for row in listed]


def participants(reading: Reading, keys: Sequence[int]) -> RowFigures:
    """Who takes part at the end of the half-year, and who ever has."""
    found = {row.case_id: row for row in reading.rows(PARTICIPANTS, rows=keys)}

    def figures(initiative: Any) -> Figures:
        row = found.get(initiative.id)
        now = sorted(reading.names[key] for key in (row and row.now) or ())
        ever = sorted(reading.names[key] for key in (row and row.ever) or ())
        return {"deltagande": len(now), "kommuner": now, "nagonsin": len(ever), "nagonsin_kommuner": ever}

    return figures


def leaves(reading: Reading, keys: Sequence[int]) -> RowFigures:
    """Who has left after the start, when, by which principle and why."""
    by_case: dict[int, list[Any]] = defaultdict(list)
    for row in reading.rows(LEAVES, rows=keys):
        by_case[row.case_id].append(row)

    def figures(initiative: Any) -> Figures:
        start = initiative.started_on
        after = [row for row in by_case[initiative.id] if start and row.left_on > start]
        lately = [row for row in after if row.left_on >= reading.period.first]
        return {
            "i_perioden": len({row.organisation_id for row in lately}),
            "ackumulerat": len({row.organisation_id for row in after}),
            "lista": sorted(
                (
                    {
                        "kommun": reading.names[row.organisation_id],
                        "lamnade": row.left_on.isoformat(),
                        "princip": row.principle,
                        "orsak": row.reason,
                    }
                    for row in lately
                ),
                key=lambda leave: (leave["lamnade"], leave["kommun"]),
            ),
        }

    return figures


B5 = Indicator(
    code="B5",
    section=Section.V6,
    wording="Per digitaliseringsinitiativ:",
    definition=_(
        "En rad för varje initiativ som har kommit in till V6 senast den sista dag som räknas med och som inte var "
        "avslutat, eller tillbaka i kommunen, dagen innan halvåret började. Vilande och Förvaltning är inte avslutat."
    ),
    path=("B5",),
    count=per_initiative,
    summarise=over_the_whole_report,
)
B5A = Indicator(
    code="B5a",
    section=Section.V6,
    wording="Antal deltagande kommuner",
    definition=_(
        "Kommuner som leder eller deltar den sista dag som räknas med. Bredvid står de som någon gång har gjort det. "
        "Den som bara följer räknas inte."
    ),
    path=("B5a",),
    per_initiative=True,
)
B5B = Indicator(
    code="B5b",
    section=Section.V6,
    wording=("Antal kommuner som valt att lämna efter uppstart, ange även orsak i förhållande till princip"),
    definition=_(
        "Olika kommuner som slutade leda eller delta under halvåret och efter start, med datum, princip och orsak. "
        "Att byta roll eller lämna över ledningen är inte att lämna. Bredvid står alla som lämnat efter start."
    ),
    path=("B5b",),
    per_initiative=True,
)
