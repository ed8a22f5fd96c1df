"""B5: initiative by initiative, counted in plain Python day by day where the definition speaks of days."""

from __future__ import annotations

import datetime as dt
import statistics
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from .register import ACTIVE, Cost, Initiative, Participation

Figures = dict[str, Any]
CLOSED = {"Avslutat", "Avslutat utan genomförande", "Avslaget", "Hänvisat", "Dubblett", "Återtaget"}
WAITING = {
    "Inkommet till V6", "V6-kvalificering", "Intresseförfrågan", "Bedömning hos Göliska IT", "V6-prioritering",
    "Inför beslut om start",
}  # fmt: skip
ONE_DAY = dt.timedelta(days=1)


def per_initiative(register: Sequence[Initiative], first: dt.date, per: dt.date) -> Figures:
    """A row for each V6 initiative that was not closed on the day before; and, over all of them, the times."""
    in_v6 = [i for i in register if i.in_v6(per)]
    rows = [_row(i, first, per) for i in in_v6 if not closed_on(i, first - ONE_DAY)]
    started = [(i, start) for i in in_v6 if (start := start_of(i, per)) and start >= first]
    waiting = [i for i in in_v6 if i.status_on(per) in WAITING]
    return {
        "rader": rows,
        "antal_rader": len(rows),
        "B5e_startade": {
            "antal": len(started),
            "referenser": [i.reference for i, _ in started],
            "median_dagar_fran_v6": _median([(start - i.received).days for i, start in started]),  # type: ignore[operator]
            "median_dagar_fran_inskickat": _median([(start - i.submitted).days for i, start in started]),
        },
        "B5e_vantande": {
            "antal": len(waiting),
            "referenser": [i.reference for i in waiting],
            "median_alder_fran_v6": _median([(per - i.received).days for i in waiting]),  # type: ignore[operator]
            "median_alder_fran_inskickat": _median([(per - i.submitted).days for i in waiting]),
        },
    }


def closed_on(initiative: Initiative, day: dt.date) -> bool:
    """Ended, or gone back to the kommun and not sent again."""
    before = [move for move in initiative.moves if move.date <= day]
    gone_back = False
    for move in before:
        if move.word == "Tillbaka till kommunen":
            gone_back = True
        elif move.status == "Inkommet till V6":
            gone_back = False
    return gone_back or (bool(before) and before[-1].status in CLOSED)


def start_of(initiative: Initiative, per: dt.date) -> dt.date | None:
    """The earliest förstudie, uppdrag or projekt that began in V6, up to the day."""
    starts = [s.start for s in initiative.stages if s.kind != "implementation" and s.start <= per]
    return min((start for start in starts if initiative.in_v6(start)), default=None)


def _row(initiative: Initiative, first: dt.date, per: dt.date) -> Figures:
    start = start_of(initiative, per)
    return {
        "referens": initiative.reference,
        "B5a": _participants(initiative, per),
        "B5b": _leaves(initiative, start, first, per),
        "B5c": _one_off_costs(initiative, first, per),
        "B5d": _running_costs(initiative, first, per),
        "B5e": {
            "start": start.isoformat() if start else None,
            "dagar_fran_v6": (start - initiative.received).days if start else None,  # type: ignore[operator]
            "dagar_fran_inskickat": (start - initiative.submitted).days if start else None,
        },
    }


def _participants(initiative: Initiative, per: dt.date) -> Figures:
    now = sorted({p.kommun for p in initiative.participations if p.active_on(per)})
    ever = sorted({p.kommun for p in initiative.participations if p.joined <= per and p.active_on(p.joined)})
    return {"deltagande": len(now), "kommuner": now, "nagonsin": len(ever), "nagonsin_kommuner": ever}


def leaves_of(initiative: Initiative) -> list[Participation]:
    """The last row of each unbroken deltagande that has ended."""
    found: list[Participation] = []
    for kommun in {p.kommun for p in initiative.participations}:
        active = [p for p in initiative.participations if p.kommun == kommun and p.role in ACTIVE]
        active.sort(key=lambda p: (p.joined, p.left or dt.date.max))
        for place, row in enumerate(active):
            goes_on = any(later.joined == row.left for later in active[place + 1 :])
            if row.left and not goes_on:
                found.append(row)
    return found


def _leaves(initiative: Initiative, start: dt.date | None, first: dt.date, per: dt.date) -> Figures:
    after_start = [row for row in leaves_of(initiative) if start and start < row.left <= per]  # type: ignore[operator]
    lately = [row for row in after_start if row.left >= first]  # type: ignore[operator]
    lines = [
        {"kommun": row.kommun, "lamnade": str(row.left), "princip": row.principle, "orsak": row.reason}
        for row in lately
    ]
    return {
        "i_perioden": len({row.kommun for row in lately}),
        "ackumulerat": len({row.kommun for row in after_start}),
        "lista": sorted(lines, key=lambda line: (str(line["lamnade"]), str(line["kommun"]))),
    }


def _one_off_costs(initiative: Initiative, first: dt.date, per: dt.date) -> Figures:
    counted = [c for c in initiative.costs if c.date <= per and initiative.in_v6(c.date)]

    def figures(*kinds: str) -> Figures:
        rows = [cost for cost in counted if cost.kind in kinds]
        spent = [cost for cost in rows if cost.value == "utfall"]
        return {
            "utfall": _kronor([cost.amount for cost in spent]),
            "utfall_i_perioden": _kronor([cost.amount for cost in spent if cost.date >= first]),
            "budget": _kronor([cost.amount for cost in rows if cost.value == "budget"]),
        }

    return {
        "forstudie": figures("förstudie"),
        "utveckling": figures("utveckling"),
        "tillsammans": figures("förstudie", "utveckling"),
    }


def _running_costs(initiative: Initiative, first: dt.date, per: dt.date) -> Figures:
    spent = [cost for cost in initiative.costs if cost.value == "utfall"]

    def figures(*kinds: str) -> Figures:
        rows = [cost for cost in spent if cost.kind in kinds]
        return {
            "arskostnad": _kronor([cost.amount for cost in rows if _valid_on(cost, per)]),
            "upplupet_i_perioden": _kronor([a for cost in rows for a in _accrued(cost, initiative, first, per)]),
        }

    return {
        "drift": figures("drift"),
        "forvaltning": figures("förvaltning"),
        "tillsammans": figures("drift", "förvaltning"),
    }


def _valid_on(cost: Cost, day: dt.date) -> bool:
    return cost.date <= day and (cost.until is None or day <= cost.until)


def _accrued(cost: Cost, initiative: Initiative, first: dt.date, per: dt.date) -> list[Fraction]:
    """What the days of the half-year come to, of those when the row is valid and the initiative in V6."""
    days = [first + dt.timedelta(days=number) for number in range((per - first).days + 1)]
    counted = sum(1 for day in days if _valid_on(cost, day) and initiative.in_v6(day))
    days_of_year = (dt.date(first.year + 1, 1, 1) - dt.date(first.year, 1, 1)).days
    return [Fraction(cost.amount) * counted / days_of_year] if counted else []


def _kronor(amounts: Sequence[Decimal | Fraction]) -> str | None:
    """The exact sum, rounded half up to öre; nothing is not zero."""
    if not amounts:
        return None
    total = sum(map(Fraction, amounts), Fraction(0))
    ore = Fraction(total * 100)
    whole = int((Decimal(ore.numerator) / Decimal(ore.denominator)).to_integral_value(ROUND_HALF_UP))
    return f"{whole // 100}.{whole % 100:02}"


def _median(days: Sequence[int]) -> int | float | None:
    if not days:
        return None
    middle = statistics.median(days)
    return int(middle) if middle == int(middle) else middle
