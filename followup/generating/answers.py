"""Answers to the gate questions, and assessments that do not always agree."""

from __future__ import annotations

import datetime as dt
from random import Random

from governance.acts import Act
from initiatives.models import GateReply, Level
from v6portal.organizations.roles import Role

from . import words
from .history import History
from .people import holder, some_colleague

VERSION = "2024.1"
QUESTIONS = {
    Level.KOMMUN: tuple(f"K{number}" for number in range(1, 7)),
    Level.V6: tuple(f"S{number}" for number in range(1, 7)),
}
ROUTING = tuple(f"B{number}" for number in range(1, 8))
CRITERIA = ("N1", "N2", "N3", "N4", "N5", "G1", "G2", "G3")
DO_NOT_KNOW = "unknown"
MINUTE = dt.timedelta(minutes=1)
MINUTES_EACH = 2


def answer_questions(history: History, level: Level, role: Role, organisation: str) -> None:
    """All the questions of a level in one sitting: mostly yes, now and then unclear or an overridden no."""
    codes = QUESTIONS[level]
    begun = history.at
    history.spend(MINUTES_EACH * len(codes))
    for number, code in enumerate(codes):
        reply = history.rng.choices([GateReply.YES, GateReply.UNCLEAR, GateReply.NO], weights=[88, 8, 4])[0]
        _answer(history, level, organisation, holder(role, organisation), code, reply.value, _nth(begun, number))
    if level == Level.KOMMUN:
        _answer_routing(history, role, organisation)
    history.log(Act.ANSWER_GATE, role, organisation)


def _answer_routing(history: History, role: Role, organisation: str) -> None:
    """The routing questions, in the same sitting. Drawn apart from everything else, so that a register made up before
    they were asked is the same but for them."""
    rng = Random(f"{history.initiative['reference']}/{len(history.rows['answers'])}")  # noqa: S311
    for code in ROUTING:
        reply = rng.choices([GateReply.NO, GateReply.YES, GateReply.UNCLEAR], weights=[86, 10, 4])[0]
        _answer(history, Level.KOMMUN, organisation, holder(role, organisation), code, reply.value, history.at, "")


def assess_in_kommun(history: History) -> None:
    """The organisation's own lead assesses, sometimes together with a colleague."""
    quality = history.rng.uniform(1.8, 4.6)
    _assess(history, Level.KOMMUN, history.own, holder(Role.LEAD, history.own), quality)
    if history.chance(0.3):
        history.wait(0.5, 4)
        _assess(history, Level.KOMMUN, history.own, some_colleague(history.rng, history.own), quality)


def assess_in_v6(history: History, participants: list[str]) -> None:
    """Two to four of those who take part assess, each on a day of its own."""
    quality = history.rng.uniform(1.8, 4.6)
    for organisation in history.rng.sample(participants, min(len(participants), history.rng.randint(2, 4))):
        history.wait(0.5, 5)
        _assess(history, Level.V6, organisation, holder(Role.LEAD, organisation), quality)


def _assess(history: History, level: Level, organisation: str, assessor: str, quality: float) -> None:
    begun = history.at
    history.spend(MINUTES_EACH * len(CRITERIA))
    for number, code in enumerate(CRITERIA):
        level_given = min(5, max(1, round(history.rng.gauss(quality, 0.9))))
        answer = DO_NOT_KNOW if history.chance(0.05) else level_given
        _answer(history, level, organisation, assessor, code, answer, _nth(begun, number))
    history.log(Act.ASSESS, Role.LEAD, organisation, actor=assessor)


def _answer(
    history: History,
    level: Level,
    organisation: str,
    who: str,
    code: str,
    answer: object,
    at: dt.datetime,
    motivation: str | None = None,
) -> None:
    """Without a ``motivation`` of its own a doubtful answer gets one that is drawn."""
    if motivation is None:
        doubtful = answer in (GateReply.NO, GateReply.UNCLEAR, DO_NOT_KNOW, 1)
        motivation = history.pick(words.DOUBTS) if doubtful else ""
    history.add(
        "answers",
        level=level,
        organisation=organisation,
        assessor_name=who,
        version=VERSION,
        code=code,
        answer=answer,
        motivation=motivation,
        answered_at=at,
    )


def _nth(begun: dt.datetime, number: int) -> dt.datetime:
    return begun + MINUTE * MINUTES_EACH * number
