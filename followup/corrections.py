"""Which lines of a report are others today than when they were reported (*rättelser*).

A *line* is what a reader takes for one piece of information: one organisation of A1 or B1, one type of stage, kommuner
with their införanden, one of B5's letters for one initiative. What follows from the lines (a sum, the number of rows, a
median over them) is no line of its own, so one fact put right is one rättelse. Source: docs/indikatorer.md.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from governance.acts import Act

Figures = dict[str, Any]
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

PER_ROW = ("B5a", "B5b", "B5c", "B5d", "B5e")
OVER_ALL = ("B5e_startade", "B5e_vantande")


@dataclass(frozen=True)
class Difference:
    """One line that differs. ``key`` says which of its indicator's lines: an organisation's short name, a type of
    stage, a reference; empty where it has only one. None is a row that was not there.

    ``references`` are the initiatives that one of the two knows otherwise than the other.
    """

    code: str
    key: str
    before: Figures | None
    now: Figures | None
    references: tuple[str, ...]


def differences(before: Figures, now: Figures) -> list[Difference]:
    """Every line of two reports of the same half-year that differs, in the report's order."""
    found = [*_of_lines(before, now, ("A1", "B1", "B2", "B3", "B4")), *_of_rows(before["B5"], now["B5"])]
    return [*found, *_of_lines(before, now, ("C1", "C2", "lokalt.B2", "lokalt.inforanden", "lokalt.C1", "lokalt.C2"))]


def reference_of(item: Any) -> str | None:
    """The initiative that an item of a list is about: a reference, a stage ``REF#NR`` or a row with one."""
    if isinstance(item, dict):
        return item.get("referens")
    return item.split("#")[0] if isinstance(item, str) else None


def _of_lines(before: Figures, now: Figures, codes: tuple[str, ...]) -> Iterator[Difference]:
    for code in codes:
        then, today = _lines(code, _at(before, code)), _lines(code, _at(now, code))
        for key in dict.fromkeys([*then, *today]):
            yield from _difference(code, key, then.get(key), today.get(key))


def _at(report: Figures, code: str) -> Figures:
    for step in code.split("."):
        report = report[step]
    return report


def _lines(code: str, figures: Figures) -> dict[str, Figures]:
    """The lines of an indicator, each under its key."""
    if "per_kommun" in figures:
        return {**figures["per_kommun"], "goliska_it": figures["goliska_it"]}
    return figures if code.endswith("B2") else {"": figures}


def _of_rows(before: Figures, now: Figures) -> Iterator[Difference]:
    """B5's rows, and of what is counted over them all only that which no row accounts for."""
    then = {row["referens"]: row for row in before["rader"]}
    today = {row["referens"]: row for row in now["rader"]}
    found = [one for key in sorted({*then, *today}) for one in _of_row(key, then.get(key), today.get(key))]
    yield from found
    if not any(one.code in ("B5", "B5e") for one in found):
        for key in OVER_ALL:
            yield from _difference("B5e", key, before[key], now[key])


def _of_row(key: str, then: Figures | None, today: Figures | None) -> list[Difference]:
    if then is None or today is None:
        return [Difference("B5", key, then, today, (key,))]
    return [Difference(code, key, then[code], today[code], (key,)) for code in PER_ROW if then[code] != today[code]]


def _difference(code: str, key: str, before: Figures | None, now: Figures | None) -> Iterator[Difference]:
    if before != now:
        yield Difference(code, key, before, now, _touched(before or {}, now or {}))


def _touched(before: Figures, now: Figures) -> tuple[str, ...]:
    """The initiatives of the items that only one of the two has in its lists."""
    found = set()
    for name in {*before, *now}:
        then, today = before.get(name), now.get(name)
        if isinstance(then or today, list):
            lists = (then or [], today or [])
            only_one = [item for item in lists[0] if item not in lists[1]] + [i for i in lists[1] if i not in lists[0]]
            found |= {reference_of(item) for item in only_one} if name not in NAMES_OF_KOMMUNER else set()
    return tuple(sorted(reference for reference in found if reference))


NAMES_OF_KOMMUNER = frozenset({"kommunlista", "kommuner", "nagonsin_kommuner"})
"""The lists that name kommuner instead of initiatives."""


# --- What made a line another


@dataclass(frozen=True)
class Happening:
    """An event as far as it may have changed a figure: its number, what it was, and every date that it names."""

    number: int
    kind: str
    reference: str
    dates: tuple[dt.date, ...]

    def reaches_back_to(self, last: dt.date) -> bool:
        """Whether it is dated, or names a date, in the half-year that ends with the day or earlier."""
        return any(date <= last for date in self.dates)


A = Act
WORK = (A.DECIDE_START, A.START_STAGE, A.END_STAGE)
PARTICIPATION = (A.JOIN, A.LEAVE, A.CHANGE_LEADER, A.ANSWER_INTEREST, A.CLOSE_INTEREST, A.ASK_GOLISKA, A.SEND_TO_V6)
MADE_BY: dict[str, tuple[Act, ...]] = {
    "A1": (A.SUBMIT, A.MARK_DUPLICATE),
    "B1": (A.SEND_TO_V6,),
    "B2": WORK,
    "B3": (A.RECORD_ADOPTION,),
    "B4": (A.RECORD_ADOPTION,),
    "B5a": PARTICIPATION,
    "B5b": PARTICIPATION,
    "B5c": (A.RECORD_COST, A.DECIDE_START),
    "B5d": (A.RECORD_COST,),
    "B5e": (A.SEND_TO_V6, *WORK),
    "C1": (A.RECORD_ADOPTION, A.CONFIRM_BENEFIT),
    "C2": (A.RECORD_ADOPTION, A.AMEND, A.SUPPLEMENT),
    "lokalt.B2": WORK,
    "lokalt.inforanden": (A.RECORD_ADOPTION,),
    "lokalt.C1": (A.RECORD_ADOPTION, A.CONFIRM_BENEFIT),
    "lokalt.C2": (A.RECORD_ADOPTION, A.AMEND, A.SUPPLEMENT),
}
"""What a line is usually made of; other acts are named only where none of these is found."""

WITHOUT_A_DATE = (A.AMEND, A.SUPPLEMENT, A.ANSWER_INTEREST, A.CLOSE_INTEREST, A.ASK_GOLISKA, A.RETURN_TO_KOMMUN)
"""Acts that may change what an earlier half-year counts without naming a day in it."""


def causes_of(difference: Difference, happened: Sequence[Happening], last: dt.date) -> list[int]:
    """The numbers of the events that made the line another, out of all that came after it was reported.

    Those of its initiatives that it is usually made of and that reach back to the half-year, which ends with ``last``;
    where there are none, those that it is made of; where there are none of those either, all of its initiatives'.
    """
    of_it = [one for one in happened if one.reference in difference.references]
    usual = [one for one in of_it if one.kind in MADE_BY.get(difference.code, ())]
    back = [one for one in usual if one.reaches_back_to(last)]
    return sorted(one.number for one in back or usual or of_it)


def dates_in(told: Any) -> Iterator[dt.date]:
    """Every date that an event's data names, however deep."""
    if isinstance(told, dict):
        told = list(told.values())
    if isinstance(told, list):
        for inner in told:
            yield from dates_in(inner)
    elif isinstance(told, str) and DATE.fullmatch(told):
        with suppress(ValueError):  # a thirtieth of February is words and no date
            yield dt.date.fromisoformat(told)
