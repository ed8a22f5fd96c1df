"""What the drawn registers must have held, taken together, for their agreement to say something."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterable

from tests.recomputed import Initiative
from tests.recomputed.per_initiative import leaves_of, start_of

from .drawn import AUTUMN, KOMMUNER, SPRING, Drawn

LAST_MINUTES = {(6, 30), (12, 31)}
Test = Callable[[Drawn, Initiative], bool]


def _moments(drawn: Drawn, initiative: Initiative) -> list[dt.datetime]:
    rows = drawn.book["Händelser"]
    return [row["Tidpunkt"] for row in rows if row["Referens"] == initiative.reference]


def _last_minute(drawn: Drawn, i: Initiative) -> bool:
    return any(m.time() == dt.time(23, 59) and (m.month, m.day) in LAST_MINUTES for m in _moments(drawn, i))


def _first_minute(drawn: Drawn, i: Initiative) -> bool:
    return any(m.time() == dt.time(0) and (m.month, m.day) in {(7, 1), (1, 1)} for m in _moments(drawn, i))


def _night(nights: Iterable[dt.date]) -> Test:
    return lambda drawn, i: any(m.date() in nights and m.hour in (1, 2, 3) for m in _moments(drawn, i))


def _leap_day(drawn: Drawn, i: Initiative) -> bool:
    leap = dt.date(2024, 2, 29)
    return leap in {c.date for c in i.costs} | {s.end for s in i.stages} | {a.in_use for a in i.adoptions}


def _left_on_start_day(drawn: Drawn, i: Initiative) -> bool:
    start = start_of(i, drawn.today)
    return start is not None and any(row.left == start for row in leaves_of(i))


def _joined_and_left_one_day(drawn: Drawn, i: Initiative) -> bool:
    return any(row.left == row.joined for row in leaves_of(i))


def _rows(i: Initiative, kommun: str) -> list[tuple[dt.date, dt.date, str]]:
    rows = [(p.joined, p.left or dt.date.max, p.role) for p in i.participations if p.kommun == kommun]
    return sorted(rows, key=lambda row: row[:2])


def _pairs(wanted: Callable[[tuple[dt.date, dt.date, str], tuple[dt.date, dt.date, str]], bool]) -> Test:
    return lambda drawn, i: any(
        wanted(earlier, later) for kommun in KOMMUNER for earlier, later in itertools.pairwise(_rows(i, kommun))
    )


def _pilot(drawn: Drawn, i: Initiative) -> bool:
    ends = [s.end for s in i.stages if s.kind in ("projekt", "uppdrag") and s.outcome == "genomförd" and s.end]
    return any(i.in_v6(a.in_use) and any(a.in_use < end for end in ends) for a in i.adoptions)


def _answers(i: Initiative) -> Iterable[list[tuple[dt.date, bool]]]:
    for kind in ("nytt", "nyttigt", "nyttiggjort"):
        yield sorted(((c.date, c.holds) for c in i.confirmations if c.kind == kind), key=lambda answer: answer[0])


def _confirmed_again(drawn: Drawn, i: Initiative) -> bool:
    return any("ja nej ja" in " ".join("ja" if holds else "nej" for _, holds in told) for told in _answers(i))


def _two_on_one_day(drawn: Drawn, i: Initiative) -> bool:
    return any(a[0] == b[0] and a[1] != b[1] for told in _answers(i) for a, b in itertools.pairwise(told))


def _cost(kind: str, *, ends: bool) -> Test:
    return lambda drawn, i: any(c.kind == kind and (c.until is not None) is ends for c in i.costs)


def _stage(kind: str, outcome: str | None) -> Test:
    return lambda drawn, i: any(s.kind == kind and s.outcome == outcome for s in i.stages)


def _words(*wanted: str) -> Test:
    """Whether the words stand in the log in that order."""

    def told(drawn: Drawn, i: Initiative) -> bool:
        words = iter([move.word for move in i.moves])
        return all(word in words for word in wanted)

    return told


RARITIES: dict[str, Test] = {
    "sista minuten av ett halvår": _last_minute,
    "första minuten av ett halvår": _first_minute,
    "natten då klockan ställs fram": _night(SPRING),
    "natten då klockan ställs tillbaka": _night(AUTUMN),
    "skottdagen": _leap_day,
    "lämnade dagen då arbetet startade": _left_on_start_day,
    "gick med och lämnade samma dag": _joined_and_left_one_day,
    "gick med igen senare": _pairs(lambda a, b: a[1] < b[0] and a[2] != "följer" != b[2]),
    "gick med igen samma dag": _pairs(lambda a, b: a[1] == b[0] and a[2] == b[2] == "deltar"),
    "bytte roll samma dag": _pairs(lambda a, b: a[1] == b[0] and {a[2], b[2]} == {"deltar", "leder"}),
    "slutade delta men följer": _pairs(lambda a, b: a[1] == b[0] and a[2] == "deltar" and b[2] == "följer"),
    "i drift innan etappen var klar": _pilot,
    "3N återtaget och bekräftat igen": _confirmed_again,
    "två svar på samma dag": _two_on_one_day,
    "driftkostnad med slut": _cost("drift", ends=True),
    "driftkostnad utan slut": _cost("drift", ends=False),
    "förvaltningskostnad": _cost("förvaltning", ends=False),
    "budget": lambda drawn, i: any(c.value == "budget" for c in i.costs),
    **{
        f"{kind} genomförd": _stage(kind, "genomförd") for kind in ("förstudie", "uppdrag", "projekt", "implementation")
    },
    "etapp avbruten": _stage("projekt", "avbruten"),
    "etapp pågår": _stage("projekt", None),
    "dubblett": _words("Markerat som dubblett"),
    "tillbaka till kommunen och skickat igen": _words("Tillbaka till kommunen", "Beslut: skickas till V6"),
    "vilande och återupptaget": _words("Gjort vilande", "Återupptaget"),
    "Göliska IT:s eget": lambda drawn, i: i.organisation == "Göliska IT" and i.in_v6(drawn.today),
}


def found_in(drawn: Drawn, register: list[Initiative]) -> set[str]:
    """The names of those that some initiative of the register holds."""
    return {name for name, holds in RARITIES.items() if any(holds(drawn, initiative) for initiative in register)}
