"""The gate questions of an initiative as pages show them: the answers that count, what they lead to, and what was
answered before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from initiatives.models import GateAnswer, GateQuestion, GateReply, Level

from ..models import Case

TONES = {GateReply.YES: "go", GateReply.NO: "stop", GateReply.UNCLEAR: "wait"}
ROUTING_TONES = {GateReply.YES: "wait", GateReply.NO: "off", GateReply.UNCLEAR: "off"}
"""A yes to a routing question asks for something; a no is neither good nor bad."""


@dataclass(frozen=True)
class Answered:
    """The answer that counts to a question, and those that it superseded, the latest first."""

    answer: GateAnswer
    earlier: tuple[GateAnswer, ...]

    @property
    def tone(self) -> str:
        tones = ROUTING_TONES if self.answer.question.is_routing else TONES
        return tones[GateReply(self.answer.reply)]


@dataclass(frozen=True)
class Answers:
    """All answers to the questions of one level, superseded ones too, in the order they were given."""

    rows: tuple[GateAnswer, ...]

    @cached_property
    def standing(self) -> dict[int, GateAnswer]:
        """The answers that count, by question."""
        return {answer.question_id: answer for answer in self.rows if not answer.superseded}

    @property
    def newest(self) -> int:
        """The key of the newest answer that counts, 0 where there is none."""
        return max((answer.pk for answer in self.standing.values()), default=0)

    def earlier(self, code: str) -> tuple[GateAnswer, ...]:
        """What was answered before to the question of the code, under whichever version; the latest first."""
        return tuple(a for a in reversed(self.rows) if a.superseded and a.question.code == code)

    def since(self, seen: int) -> list[GateAnswer]:
        """What has been answered since a page with the newest answer ``seen`` was opened."""
        return [answer for answer in self.standing.values() if answer.pk > seen]

    def of_kind(self, kind: str) -> list[Answered]:
        answers = sorted(self.standing.values(), key=lambda a: (a.question.order, a.pk))
        return [Answered(a, self.earlier(a.question.code)) for a in answers if a.question.kind == kind]

    @property
    def qualifying(self) -> list[Answered]:
        return self.of_kind(GateQuestion.Kind.QUALIFYING)

    @property
    def routing(self) -> list[Answered]:
        return self.of_kind(GateQuestion.Kind.ROUTING)

    @property
    def flagged(self) -> list[str]:
        """The questions whose *ja* asks for preparation."""
        return [line.answer.question.text for line in self.routing if line.answer.flags]

    def __bool__(self) -> bool:
        return bool(self.standing)


def answers_of(case: Case, level: str) -> Answers:
    """The answers given in a case at a level; one statement."""
    given = case.initiative.gate_answers.filter(question__level=level)
    return Answers(tuple(given.select_related("question", "organisation").order_by("pk")))


def questions_of(case: Case, level: str) -> list[GateQuestion]:
    """What the case is asked at a level, in the order of the form; one statement."""
    return list(GateQuestion.objects.asked_of(case.pk, level))


@dataclass(frozen=True)
class GateLine:
    """How the qualifying questions of one level were answered."""

    level: str
    label: str
    yes: int
    no: int
    unclear: int


def gate_lines(answers: Sequence[GateAnswer]) -> Iterator[GateLine]:
    """Counts by level. ``answers`` carry ``level`` and ``kind`` of their questions."""
    for level, label in ((Level.KOMMUN, _("Kommunens frågor")), (Level.V6, _("V6:s frågor"))):
        replies = [a.reply for a in answers if a.level == level and not _is_routing(a)]  # type: ignore[attr-defined]
        if replies:
            yield GateLine(level, label, *(replies.count(reply) for reply in GateReply))


def flagged_of(answers: Iterable[GateAnswer]) -> list[str]:
    """The words of the routing questions that are answered *ja*. ``answers`` carry ``kind`` and ``text``."""
    return [a.text for a in answers if _is_routing(a) and a.reply == GateReply.YES]  # type: ignore[attr-defined]


def _is_routing(answer: GateAnswer) -> bool:
    return bool(answer.kind == GateQuestion.Kind.ROUTING)  # type: ignore[attr-defined]
