"""The participation ledger: no gaps in logic, one leader at a time, and a principle for every leave."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from governance.models import Ending, ParticipationRole
from governance.models.ledger import ACTIVE_ROLES

from .tables import Book, Row
from .world import World


def _is_whole(row: Row) -> bool:
    return bool(row["organisation"] and row["role"] and row["joined_on"]) and "left_on" in row.values


def _end(row: Row) -> dt.date:
    return row["left_on"] or dt.date.max


def by_kommun(rows: list[Row]) -> dict[str, list[Row]]:
    """One initiative's rows, each kommun's for itself and in the order of time."""
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in sorted(filter(_is_whole, rows), key=lambda row: (row["joined_on"], _end(row))):
        grouped[row["organisation"]].append(row)
    return grouped


def _collisions(rows: Iterable[Row]) -> Iterator[tuple[Row, Row]]:
    """Rows that are in force on a day when an earlier one is. A row ends the day it is left."""
    longest: Row | None = None
    for row in sorted(rows, key=lambda row: (row["joined_on"], _end(row))):
        if row["joined_on"] >= _end(row):
            continue
        if longest and row["joined_on"] < _end(longest):
            yield longest, row
        if longest is None or _end(row) > _end(longest):
            longest = row


def periods(book: Book, world: World) -> None:
    for rows in book.by_reference("participations").values():
        for row in filter(_is_whole, rows):
            if _end(row) < row["joined_on"]:
                book.fault(row, "left_on", _("ett datum från och med Gick med"))
        for own in by_kommun(rows).values():
            for earlier, later in _collisions(own):
                book.fault(later, "joined_on", _("ett datum från och med att rad %d slutade") % earlier.number)


def leaders(book: Book, world: World) -> None:
    for rows in book.by_reference("participations").values():
        leading = [row for row in rows if _is_whole(row) and row["role"] == ParticipationRole.LEADS]
        for earlier, later in _collisions(leading):
            if earlier["organisation"] != later["organisation"]:
                book.fault(later, "role", _("en ledande kommun i taget; rad %d leder samma tid") % earlier.number)


def ending_of(row: Row, following: Row | None) -> str:
    """How the row ended, from what the kommun did next. Source: docs/indikatorer.md, *Grundregler*."""
    if row["left_on"] is None:
        return ""
    goes_on = following is not None and following["joined_on"] == row["left_on"]
    if row["role"] == ParticipationRole.FOLLOWS:
        return Ending.CHANGED if goes_on else Ending.UNFOLLOWED
    stays = goes_on and following is not None and following["role"] in ACTIVE_ROLES
    return Ending.CHANGED if stays else Ending.LEFT


def endings(rows: list[Row]) -> dict[int, str]:
    """How each of one initiative's rows ended, by the row's number in the file."""
    return {
        row.number: ending_of(row, following)
        for own in by_kommun(rows).values()
        for row, following in zip(own, [*own[1:], None], strict=True)
    }


def leaves(book: Book, world: World) -> None:
    for rows in book.by_reference("participations").values():
        ended = endings(rows)
        for row in rows:
            if row["principle"] and row["principle"] not in world.principles:
                book.fault(row, "principle", _("koden för en princip, till exempel P1"))
            if ended.get(row.number) != Ending.LEFT:
                continue
            if row["principle"] == "":
                book.fault(row, "principle", _("den princip som kommunen lämnade med hänvisning till"))
            if row["reason"] == "":
                book.fault(row, "reason", _("orsaken till att kommunen lämnade"))
            if row["decider_name"] == "":
                book.fault(row, "decider_name", _("den som beslutade att lämna"))


def leading_today(book: Book, world: World) -> None:
    """*Leder* is the kommun that leads now; where it is empty it is filled in from the ledger."""
    ledger = book.by_reference("participations")
    for row in book.rows["initiatives"]:
        leading = [
            p["organisation"]
            for p in ledger.get(row["reference"], [])
            if _is_whole(p) and p["role"] == ParticipationRole.LEADS and p["left_on"] is None
        ]
        if row["leader"] and row["leader"] not in leading:
            book.fault(row, "leader", _("den kommun som leder enligt bladet Deltagande"))
        elif not row["leader"] and leading:
            row.values["leader"] = leading[0]
