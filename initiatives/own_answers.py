"""One person's own answers in a round, over the revisions of the text that she has given them on.

An answer is bound to the revision it was given on. When the text has changed since, it is still shown to the one who
gave it, but it waits for her to say that it stands or to change it; what counts until then is what she last handed
in. Source: docs/bedomning.md, *Så går poängsättningen till*.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Max, OuterRef
from django.db.models.functions import JSONObject

from v6portal.organizations.models import User

from .models import Assessment, Round


class Marked(Protocol):
    """A value, None for *vet inte*, and the words to it."""

    @property
    def value(self) -> int | None: ...
    @property
    def motivation(self) -> str: ...


@dataclass(frozen=True)
class Answer:
    """What she answered on one criterion, and on which revision of the text."""

    value: int | None
    motivation: str
    revision: int


@dataclass(frozen=True)
class OwnAnswers:
    """Her answers by the criterion's code, the latest on each."""

    newest: int
    """The number of the text's newest revision, on which she answers now."""
    answers: Mapping[str, Answer] = field(default_factory=dict)
    stood: Mapping[str, Answer] = field(default_factory=dict)
    """What she had handed in on an earlier revision."""
    sheet: Assessment | None = None
    """Her sheet on the newest revision."""
    handed_in_on: int | None = None
    """The latest revision on which she has handed in."""
    conflict_reason: str = ""

    @property
    def is_done(self) -> bool:
        """Whether she has handed in, on the text as it reads now."""
        return self.handed_in_on == self.newest

    @property
    def is_outdated(self) -> bool:
        """Whether some answer was given on a text that has changed since."""
        return any(self.is_old(code) for code in self.answers)

    @property
    def oldest(self) -> int:
        """The earliest revision that some answer still belongs to."""
        return min((answer.revision for answer in self.answers.values()), default=self.newest)

    def is_old(self, code: str) -> bool:
        return code in self.answers and self.answers[code].revision < self.newest

    @property
    def current(self) -> dict[str, Answer]:
        """The answers given, or said to stand, on the newest revision."""
        return {code: answer for code, answer in self.answers.items() if answer.revision == self.newest}

    @property
    def values(self) -> dict[str, int | None]:
        """What she has answered, old and new, for the arithmetic."""
        return {code: answer.value for code, answer in self.answers.items()}

    def with_marks(self, marks: Mapping[str, Marked]) -> OwnAnswers:
        """The same when these have been written on the newest revision."""
        given = {code: Answer(mark.value, mark.motivation, self.newest) for code, mark in marks.items()}
        return replace(self, answers={**self.answers, **given})

    @property
    def version(self) -> str:
        """The same for the same answers to the same text, another for any other."""
        told = [self.newest, *((code, a.value, a.motivation, a.revision) for code, a in sorted(self.answers.items()))]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:20]

    def was_written_by(self, form: str, sequence: int) -> bool:
        """Whether the opened page ``form`` was the last to write, in an earlier sending than ``sequence``."""
        return bool(form and self.sheet and self.sheet.last_form == form and sequence > self.sheet.last_sequence)

    def would_change(self, marks: Mapping[str, Marked], cleared: Iterable[str]) -> bool:
        """Whether writing these would make anything read otherwise than it stands."""
        return any(code in self.current for code in cleared) or any(
            not same(self.current.get(code), mark) for code, mark in marks.items()
        )

    def unexplained(self, marks: Mapping[str, Marked]) -> list[str]:
        """The codes of answers that differ from what she has handed in, without a word of why."""
        return [
            code
            for code, mark in marks.items()
            if code in self.stood and self.stood[code].value != mark.value and not mark.motivation.strip()
        ]


def same(one: Marked | None, other: Marked) -> bool:
    """Whether two answers say the same; what is not answered says nothing."""
    return one is not None and (one.value, one.motivation) == (other.value, other.motivation)


def own_rows(user: User) -> ArraySubquery:
    """The person's sheets in a round with their scores, to be read in the same statement as the round."""
    sheets = Assessment.objects.filter(round=OuterRef("pk"), assessor=user).order_by("revision__number", "pk")
    return ArraySubquery(sheets.values(row=JSONObject(**ROW)))


ROW = {
    **{name: name for name in ("id", "handed_in_at", "conflict_reason", "last_form", "last_sequence")},
    "number": "revision__number",
    "code": "scores__criterion__code",
    "value": "scores__value",
    "motivation": "scores__motivation",
}
"""One row a score, or one for a sheet without any."""


def own_answers(round: Round, user: User) -> OwnAnswers:
    """The person's answers in the round. One statement."""
    newest = Max("initiative__revisions__number")
    found = Round.objects.filter(pk=round.pk).annotate(newest_revision=newest, own_rows=own_rows(user))
    return answers_among(*found.values_list("newest_revision", "own_rows").get())


def answers_among(newest: int, rows: Iterable[Mapping[str, Any]]) -> OwnAnswers:
    """The same out of rows that ``own_rows`` has given; ``newest`` is the number of the text's newest revision."""
    answers: dict[str, Answer] = {}
    stood: dict[str, Answer] = {}
    own = OwnAnswers(newest, answers, stood)
    for row in rows:
        number, code, is_handed_in = row["number"], row["code"], row["handed_in_at"] is not None
        if code is not None:
            answers[code] = Answer(row["value"], row["motivation"], number)
        if is_handed_in and number < newest and code is not None:
            stood[code] = answers[code]
        sheet = Assessment(pk=row["id"], last_form=row["last_form"], last_sequence=row["last_sequence"])
        own = replace(
            own,
            sheet=sheet if number == newest else None,
            handed_in_on=number if is_handed_in else own.handed_in_on,
            conflict_reason=row["conflict_reason"] or own.conflict_reason,
        )
    return own
