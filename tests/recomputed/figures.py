"""Groups A, B1–B4 and C, and the same done locally, counted initiative by initiative in plain Python.

Source: the definitions of the half-yearly indicators; every function names its line.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from .register import GOLISKA, KOMMUNER, Adoption, Initiative

Figures = dict[str, Any]
KINDS = {"förstudie": "forstudie", "uppdrag": "uppdrag", "projekt": "projekt", "implementation": "implementation"}
THREE_N = ("nytt", "nyttigt", "nyttiggjort")


def submitted(register: Sequence[Initiative], first: dt.date, per: dt.date) -> Figures:
    """A1: first submitted in the half-year."""
    arrived = [i for i in register if first <= i.submitted <= per]

    def count(organisation: str) -> Figures:
        own = [i for i in arrived if i.organisation == organisation]
        duplicates = [i.reference for i in own if i.status_on(per) == "Dubblett"]
        return {
            "antal": len(own),
            "varav_dubbletter": len(duplicates),
            "referenser": sorted(i.reference for i in own),
            "dubbletter": sorted(duplicates),
        }

    return _by_organisation(count, ("antal", "varav_dubbletter"))


def received(register: Sequence[Initiative], first: dt.date, per: dt.date) -> Figures:
    """B1: first came to V6 in the half-year."""

    def count(organisation: str) -> Figures:
        own = [i for i in register if i.organisation == organisation and i.received and first <= i.received <= per]
        return {"antal": len(own), "referenser": sorted(i.reference for i in own)}

    return _by_organisation(count, ("antal",))


def _by_organisation(count: Callable[[str], Figures], summed: Sequence[str]) -> Figures:
    per_kommun = {kommun: count(kommun) for kommun in KOMMUNER}
    return {
        "per_kommun": per_kommun,
        "summa_kommuner": {key: sum(figures[key] for figures in per_kommun.values()) for key in summed},
        "goliska_it": count(GOLISKA),
    }


def carried_out(register: Sequence[Initiative], first: dt.date, per: dt.date, *, local: bool) -> Figures:
    """B2: a stage acts on its end date; an ongoing one belongs where its initiative is on the last day."""
    figures = {}
    for kind, key in KINDS.items():
        stages = [(i, s) for i in register for s in i.stages if s.kind == kind]
        done = [(i, s) for i, s in stages if s.carried_out(first, per) and i.in_v6(s.end) is not local]  # type: ignore[arg-type]
        ongoing = [(i, s) for i, s in stages if s.ongoing_on(per) and i.in_v6(per) is not local]
        figures[key] = {
            "genomforda": len(done),
            "initiativ": len({i.reference for i, _ in done}),
            "pagaende": len(ongoing),
            "etapper": sorted(f"{i.reference}#{s.number}" for i, s in done),
            "initiativlista": sorted({i.reference for i, _ in done}),
            "pagaende_etapper": sorted(f"{i.reference}#{s.number}" for i, s in ongoing),
        }
    return figures


def reference_date(initiative: Initiative, in_use: dt.date) -> dt.date:
    """The end of the latest uppdrag or projekt carried out by the in-use date, else that date."""
    delivered = [
        stage.end
        for stage in initiative.stages
        if stage.kind in ("uppdrag", "projekt") and stage.carried_out(dt.date.min, in_use)
    ]
    return max(delivered, default=in_use)  # type: ignore[type-var]


def adoptions(register: Sequence[Initiative], first: dt.date, per: dt.date, *, by_participants: bool) -> Figures:
    """B3 and B4: did the kommun take part on the reference date?"""
    found = []
    for initiative, adoption in _adopted(register, first, per, local=False):
        date = reference_date(initiative, adoption.in_use)
        took_part = any(p.kommun == adoption.kommun and p.active_on(date) for p in initiative.participations)
        if took_part is by_participants:
            found.append(_line(initiative, adoption) | {"referensdatum": date.isoformat()})
    return _adoptions(found)


def local_adoptions(register: Sequence[Initiative], first: dt.date, per: dt.date) -> Figures:
    return _adoptions(_line(i, adoption) for i, adoption in _adopted(register, first, per, local=True))


def _adopted(
    register: Sequence[Initiative], first: dt.date, per: dt.date, *, local: bool
) -> list[tuple[Initiative, Adoption]]:
    """Införanden in the half-year, in V6 or local by the in-use date."""
    return [
        (initiative, adoption)
        for initiative in register
        for adoption in initiative.adoptions
        if first <= adoption.in_use <= per and initiative.in_v6(adoption.in_use) is not local
    ]


def _line(initiative: Initiative, adoption: Adoption) -> dict[str, str]:
    return {"referens": initiative.reference, "kommun": adoption.kommun, "i_drift": adoption.in_use.isoformat()}


def _adoptions(lines: Iterable[dict[str, str]]) -> Figures:
    listed = sorted(lines, key=lambda line: (line["referens"], line["kommun"]))
    kommuner = sorted({line["kommun"] for line in listed})
    return {"kommuner": len(kommuner), "inforanden": len(listed), "kommunlista": kommuner, "lista": listed}


def confirmed(register: Sequence[Initiative], first: dt.date, per: dt.date, *, local: bool) -> Figures:
    """C1: in use and standing at three *ja* on the last day; counted when the last of the four fell into place."""
    references = []
    for initiative in register:
        in_use = _first_adopted(initiative, per, local=local)
        standing = [_standing_since(initiative, kind, per, local=local) for kind in THREE_N]
        dates = [date for date in (in_use, *standing) if date is not None]
        if len(dates) == len(THREE_N) + 1 and first <= max(dates) <= per:
            references.append(initiative.reference)
    return {"antal": len(references), "referenser": sorted(references)}


def _standing_since(initiative: Initiative, kind: str, per: dt.date, *, local: bool) -> dt.date | None:
    """The first *ja* of the present unbroken run of *ja*; None where there is none, or the latest answer is *nej*."""
    answers = [
        answer
        for answer in initiative.confirmations
        if answer.kind == kind and answer.date <= per and initiative.in_v6(answer.date) is not local
    ]
    since = None
    for answer in sorted(answers, key=lambda answer: answer.date):  # of one day the later row is the later answer
        if not answer.holds:
            since = None
        elif since is None:
            since = answer.date
    return since


def first_adopted(register: Sequence[Initiative], first: dt.date, per: dt.date, *, local: bool) -> Figures:
    """C2: first taken into use in the half-year, by target group."""
    found = [i for i in register if (_first_adopted(i, per, local=local) or dt.date.min) >= first]
    groups = {
        "invanare": [i for i in found if i.residents],
        "medarbetare": [i for i in found if i.employees],
        "bada": [i for i in found if i.residents and i.employees],
        "totalt": found,
    }
    figures: Figures = {key: len(group) for key, group in groups.items()}
    return figures | {f"{key}_referenser": sorted(i.reference for i in group) for key, group in groups.items()}


def _first_adopted(initiative: Initiative, per: dt.date, *, local: bool) -> dt.date | None:
    dates = [a.in_use for a in initiative.adoptions if a.in_use <= per and initiative.in_v6(a.in_use) is not local]
    return min(dates, default=None)
