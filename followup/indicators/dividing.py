"""The report of one kommun out of the report of all: the same dictionary, less what is not the kommun's.

Nothing is counted from the database anew. What came in is the submitting kommun's, an införande is the kommun's that
made it; a stage, a row of B5 and its times belong to every kommun that leads or takes part on the last day counted;
a solution to every kommun that has taken it into use. So the kommuner's figures do not add up to those of all.
Source: docs/indikatorer.md, "En kommun för sig".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .amounts import kronor, median, together
from .base import Figures
from .reading import Reading

KINDS = ("forstudie", "utveckling", "tillsammans")
PARTS = ("utfall", "utfall_i_perioden", "budget")

PARTICIPANTS = """
select i.reference, array_agg(distinct p.organisation_id) as organisations
from governance_participation p
join initiatives_initiative i on i.id = p.case_id
where p.role = any(%(active)s) and p.joined_on <= %(per)s and (p.left_on is null or p.left_on > %(per)s)
    and (p.role = 'leads' or not exists (
        select from governance_case c
        where c.initiative_id = p.case_id and 'interest' in (c.status, c.paused_from) and c.answers_shown <> 'at_once'
    ))
group by i.reference
"""

ADOPTED = """
select i.reference, array_agg(distinct adoption.organisation_id) as organisations
from followup_adoption adoption
join initiatives_initiative i on i.id = adoption.case_id
where adoption.in_use_on <= %(per)s
group by i.reference
"""

OWNERS = """
select reference, organisation_id from initiatives_initiative where reference = any(%(references)s)
"""

Days = tuple[int, int]
"""Calendar days from Inkommet till V6 and from Inskickat."""


@dataclass(frozen=True)
class Division:
    """What belongs to whom, by reference; kommuner by their short names.

    ``started`` and ``waiting`` are the days behind the medians of B5e.
    """

    taking_part: Mapping[str, frozenset[str]]
    adopted: Mapping[str, frozenset[str]]
    owners: Mapping[str, str]
    started: Mapping[str, Days]
    waiting: Mapping[str, Days]

    def takes_part(self, kommun: str) -> Callable[[str], bool]:
        return lambda reference: kommun in self.taking_part.get(reference, ())

    def has_adopted(self, kommun: str) -> Callable[[str], bool]:
        return lambda reference: kommun in self.adopted.get(reference, ())

    def owns(self, kommun: str) -> Callable[[str], bool]:
        return lambda reference: self.owners.get(reference) == kommun


def read_division(reading: Reading, figures: Figures, times: Iterable[Any]) -> Division:
    """What belongs to whom on the last day that the reading counts; ``times`` are the rows that B5e is counted from."""
    local = {stage.split("#")[0] for part in figures["lokalt"]["B2"].values() for stage in _stages_of(part)}
    known = list(times)
    return Division(
        taking_part=_by_reference(reading, PARTICIPANTS),
        adopted=_by_reference(reading, ADOPTED),
        owners={
            row.reference: reading.names[row.organisation_id] for row in reading.rows(OWNERS, references=sorted(local))
        },
        started={
            row.reference: ((row.started_on - row.shared_on).days, (row.started_on - row.submitted_on).days)
            for row in known
            if row.started_on and row.started_on >= reading.period.first
        },
        waiting={
            row.reference: ((reading.per - row.shared_on).days, (reading.per - row.submitted_on).days)
            for row in known
            if row.is_waiting
        },
    )


def _by_reference(reading: Reading, statement: str) -> dict[str, frozenset[str]]:
    # Most initiatives have one of a few dozen sets of kommuner; each set is kept once.
    kept: dict[tuple[int, ...], frozenset[str]] = {}
    found = {}
    for row in reading.rows(statement):
        key = tuple(row.organisations)
        if key not in kept:
            kept[key] = frozenset(reading.names[number] for number in key)
        found[row.reference] = kept[key]
    return found


def of_kommun(figures: Figures, rows: Sequence[str], kommun: str, division: Division) -> Figures:
    """The figures of one kommun, in the shape of the report's; sums over the kommuner stay those of all.

    ``rows`` are the references of all B5's rows, ``figures`` everything else.
    """
    takes_part, has_adopted = division.takes_part(kommun), division.has_adopted(kommun)
    local = figures["lokalt"]
    return {
        **{key: figures[key] for key in ("period", "fran", "till", "per")},
        "A1": _arrived(figures["A1"], kommun),
        "B1": _arrived(figures["B1"], kommun),
        "B2": _stages(figures["B2"], takes_part),
        "B3": _adoptions(figures["B3"], kommun),
        "B4": _adoptions(figures["B4"], kommun),
        "B5": _times(figures["B5"], rows, takes_part, division),
        "C1": _solutions(figures["C1"], has_adopted),
        "C2": _by_target_group(figures["C2"], has_adopted),
        "lokalt": {
            "B2": _stages(local["B2"], division.owns(kommun)),
            "inforanden": _adoptions(local["inforanden"], kommun),
            "C1": _solutions(local["C1"], has_adopted),
            "C2": _by_target_group(local["C2"], has_adopted),
        },
    }


def costs_of(rows: Iterable[Figures]) -> Figures:
    """B5c of several initiatives together, in the shape of one; exact text, None where nothing is known."""
    known = list(rows)
    return {kind: {part: _sum([row[kind][part] for row in known]) for part in PARTS} for kind in KINDS}


def _sum(amounts: Sequence[str | None]) -> str | None:
    return kronor(together(*(None if amount is None else Decimal(amount) for amount in amounts)))


def _arrived(figures: Figures, kommun: str) -> Figures:
    unnamed = {key: [] if isinstance(value, list) else value for key, value in figures["goliska_it"].items()}
    return {**figures, "per_kommun": {kommun: figures["per_kommun"][kommun]}, "goliska_it": unnamed}


def _stages(figures: Figures, belongs: Callable[[str], bool]) -> Figures:
    return {key: _stages_of_type(part, belongs) for key, part in figures.items()}


def _stages_of_type(figures: Figures, belongs: Callable[[str], bool]) -> Figures:
    done = [stage for stage in figures["etapper"] if belongs(stage.split("#")[0])]
    ongoing = [stage for stage in figures["pagaende_etapper"] if belongs(stage.split("#")[0])]
    initiatives = [reference for reference in figures["initiativlista"] if belongs(reference)]
    return {
        "genomforda": len(done),
        "initiativ": len(initiatives),
        "pagaende": len(ongoing),
        "etapper": done,
        "initiativlista": initiatives,
        "pagaende_etapper": ongoing,
    }


def _stages_of(figures: Figures) -> list[str]:
    return [*figures["etapper"], *figures["pagaende_etapper"]]


def _adoptions(figures: Figures, kommun: str) -> Figures:
    listed = [adoption for adoption in figures["lista"] if adoption["kommun"] == kommun]
    return {
        "kommuner": 1 if listed else 0,
        "inforanden": len(listed),
        "kommunlista": [kommun] if listed else [],
        "lista": listed,
    }


def _times(figures: Figures, rows: Sequence[str], takes_part: Callable[[str], bool], division: Division) -> Figures:
    return {
        "antal_rader": len([reference for reference in rows if takes_part(reference)]),
        "B5e_startade": _medians(figures["B5e_startade"], takes_part, division.started, "median_dagar"),
        "B5e_vantande": _medians(figures["B5e_vantande"], takes_part, division.waiting, "median_alder"),
    }


def _medians(figures: Figures, takes_part: Callable[[str], bool], days: Mapping[str, Days], name: str) -> Figures:
    references = [reference for reference in figures["referenser"] if takes_part(reference)]
    known = [days[reference] for reference in references if reference in days]
    return {
        "antal": len(references),
        "referenser": references,
        f"{name}_fran_v6": median([from_v6 for from_v6, _since in known]),
        f"{name}_fran_inskickat": median([since for _from_v6, since in known]),
    }


def _solutions(figures: Figures, belongs: Callable[[str], bool]) -> Figures:
    references = [reference for reference in figures["referenser"] if belongs(reference)]
    return {"antal": len(references), "referenser": references}


def _by_target_group(figures: Figures, belongs: Callable[[str], bool]) -> Figures:
    groups = ("invanare", "medarbetare", "bada", "totalt")
    lists = {f"{key}_referenser": [r for r in figures[f"{key}_referenser"] if belongs(r)] for key in groups}
    return {key: len(lists[f"{key}_referenser"]) for key in groups} | lists
