"""Answers to gate questions and criteria: known codes, answers of the right sort, and which round they belong to."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from governance.statuses import Status
from initiatives.models import GateReply, Level

from .check_events import is_whole, moves
from .tables import Book, Row
from .world import World

STAGE_OF = {Level.KOMMUN: Status.QUALIFIED, Level.V6: Status.V6_PRIORITISING}
"""Where a case stands while it is scored at a level."""


@dataclass
class RoundOfRows:
    """The answers that belong to one round."""

    level: str
    version: str
    number: int
    """Which of the level's rounds, from 0."""
    rows: list[Row] = field(default_factory=list)


def is_gate(row: Row, world: World) -> bool:
    return row["code"] in world.versions[row["version"]].questions


def rounds_of(rows: list[Row], world: World) -> list[RoundOfRows]:
    """One initiative's scores in rounds: the second time an assessor answers a criterion is the next round."""
    seen: Counter[tuple[str, ...]] = Counter()
    rounds: dict[tuple[str, str, int], RoundOfRows] = {}
    for row in rows:
        if is_gate(row, world):
            continue
        who = (row["level"], row["version"], row["organisation"], row["assessor_name"], row["code"])
        key = (row["level"], row["version"], seen[who])
        seen[who] += 1
        rounds.setdefault(key, RoundOfRows(*key)).rows.append(row)
    return list(rounds.values())


def answers(book: Book, world: World) -> None:
    logged = book.by_reference("events")
    for reference, rows in book.by_reference("answers").items():
        sound = [row for row in rows if _is_sound(book, row, world)]
        _check_gates(book, [row for row in sound if is_gate(row, world)])
        steps = [row for row in logged.get(reference, []) if is_whole(row)]
        _check_rounds(book, rounds_of(sound, world), moves(steps))


def _is_sound(book: Book, row: Row, world: World) -> bool:
    """Whether the row answers something that can be answered so; what is wrong is noted."""
    if not all(column.key in row.values for column in row.sheet.columns):
        return False
    version = world.versions.get(row["version"])
    if version is None:
        book.fault(row, "version", _("en publicerad modellversion: %s") % ", ".join(world.versions))
        return False
    question, is_reply = version.questions.get(row["code"]), row["answer"] in GateReply.values
    if question is None and row["code"] not in version.criteria:
        book.fault(row, "code", _("koden för en fråga eller ett kriterium i modellen"))
    elif question and question.level != row["level"]:
        book.fault(row, "level", _("%s, där frågan ställs") % question.get_level_display())
    elif question and not is_reply:
        book.fault(row, "answer", _("ja, nej eller oklart"))
    elif not question and is_reply:
        book.fault(row, "answer", _("1–5 eller vet inte"))
    else:
        return True
    return False


def _check_gates(book: Book, rows: list[Row]) -> None:
    first: dict[tuple[object, ...], Row] = {}
    for row in rows:
        earlier = first.setdefault((row["version"], row["code"], row["answered_at"]), row)
        if earlier is not row:
            book.fault(row, "code", _("en fråga som inte redan är besvarad på rad %d") % earlier.number)


def _check_rounds(book: Book, rounds: list[RoundOfRows], steps: list[Row]) -> None:
    entered: dict[str, int] = defaultdict(int)
    for level, stage in STAGE_OF.items():
        entered[level] = sum(1 for s in steps if s["to_status"] == stage and s["from_status"] != Status.PAUSED)
    for one in rounds:
        if one.number >= max(entered[one.level], 1):
            for row in one.rows:
                book.fault(row, "code", _("ett kriterium som bedömaren inte redan har svarat på"))


def open_rounds(book: Book, world: World) -> None:
    """A case that stands where it is scored gets an open round, which needs a published version."""
    if world.versions:
        return
    for row in book.rows["initiatives"]:
        if row["status"] in STAGE_OF.values():
            book.fault(row, "status", _("att portalen har en publicerad bedömningsmodell"))
