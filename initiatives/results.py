"""What a reader may see of a round of assessment: everything, or that it is going on.

Blindness is kept here and in ``Assessment.objects.readable_by``: until one has handed in one's own, or the round is
closed, nothing of the others' answers is read from the database. Source: docs/bedomning.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q

from v6portal.organizations.models import User

from . import scoring
from .disagreement import least_settled_first
from .models import Assessment, Criterion, JointMark, Round, Score
from .models.rounds import RoundQuerySet

T = TypeVar("T")


def rounds_as_seen_by(user: User) -> RoundQuerySet:
    """Rounds with ``is_readable``: whether the person may see their results."""
    own = Assessment.objects.counting().filter(round=OuterRef("pk"), assessor=user)
    readable = ExpressionWrapper(Q(closed_at__isnull=False) | Q(Exists(own)), output_field=BooleanField())
    return Round.objects.annotate(is_readable=readable)


@dataclass(frozen=True)
class Given:
    """One assessor's answer to one criterion; ``value`` is None for *vet inte* and for what was not answered."""

    sheet: Assessment
    value: int | None
    motivation: str
    is_own: bool = False

    @property
    def assessor(self) -> str:
        return self.sheet.assessor_name


@dataclass(frozen=True)
class CriterionAnswers:
    """Everyone's answers to one criterion side by side, and what has been agreed on, the latest last."""

    criterion: Criterion
    given: tuple[Given, ...]
    result: scoring.CriterionResult
    marks: tuple[JointMark, ...] = ()

    @property
    def values(self) -> list[int]:
        return sorted(g.value for g in self.given if g.value is not None)

    @property
    def standing(self) -> JointMark | None:
        """The latest word on the criterion, also when it was that the median counts again."""
        return self.marks[-1] if self.marks else None


@dataclass(frozen=True)
class Comparison:
    """A round as those who may read it see it, the least settled criteria first."""

    sheets: tuple[Assessment, ...]
    disqualified: tuple[Assessment, ...]
    """Those who declared jäv; their answers are not here."""
    rows: tuple[CriterionAnswers, ...]
    joint: scoring.Aggregate
    before: scoring.Aggregate
    """As it was by the medians alone."""

    @property
    def has_agreed(self) -> bool:
        return any(result.agreed is not None for result in self.joint.criteria)

    @property
    def to_discuss(self) -> list[CriterionAnswers]:
        return [row for row in self.rows if row.result.needs_discussion]


def comparison(round: Round, user: User) -> Comparison | None:
    """The answers of the round side by side; None as long as they are not for this reader."""
    return comparisons([round], user).get(round.pk)


def comparisons(rounds: Sequence[Round], user: User) -> dict[int, Comparison]:
    """Those of the rounds that the person may read, by key. Five statements, however many rounds and answers."""
    asked = rounds_as_seen_by(user).filter(pk__in=[round.pk for round in rounds], is_readable=True)  # type: ignore[misc]
    readable = set(asked.values_list("pk", flat=True))
    rounds = [round for round in rounds if round.pk in readable]
    criteria = _grouped(Criterion.objects.filter(model__in={r.model_id for r in rounds}), "model_id")
    marks = _grouped(JointMark.objects.filter(round__in=rounds).select_related("criterion"), "round_id")
    sheets = _latest(rounds, user)
    found = {}
    for round in rounds:
        found[round.pk] = _compared(round, user, criteria[round.model_id], sheets[round.pk], marks[round.pk])
    return found


def _grouped(rows: Iterable[T], name: str) -> dict[int, list[T]]:
    groups: dict[int, list[T]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, name)].append(row)
    return groups


def _latest(rounds: Sequence[Round], user: User) -> dict[int, list[Assessment]]:
    """What each assessor last handed in, as far as the reader may read it, in the order of the organisations."""
    sheets = Assessment.objects.filter(round__in=rounds).readable_by(user).handed_in()
    with_scores = sheets.select_related("organisation", "revision").prefetch_related("scores")
    latest = {(sheet.round_id, sheet.who): sheet for sheet in with_scores.order_by("revision__number", "pk")}
    return _grouped(sorted(latest.values(), key=lambda s: (s.organisation.order, s.assessor_name)), "round_id")


def _compared(
    round: Round, user: User, criteria: list[Criterion], sheets: list[Assessment], marks: list[JointMark]
) -> Comparison:
    counted = [sheet for sheet in sheets if not sheet.conflict_reason]
    answers = {sheet.pk: {score.criterion_id: score for score in sheet.scores.all()} for sheet in sheets}
    measured = [criterion.for_scoring() for criterion in criteria]
    values = [
        scoring.Sheet(s.pk, {c.code: _value(answers[s.pk].get(c.pk)) for c in criteria}, bool(s.conflict_reason))
        for s in sheets
    ]
    agreed = {m.criterion.code: m.value for m in marks if not m.superseded and m.value is not None}
    joint = scoring.aggregate(measured, values, agreed=agreed, minimum=round.minimum)
    results = {result.code: result for result in joint.criteria}
    rows = [
        CriterionAnswers(
            criterion,
            tuple(_given(sheet, answers[sheet.pk].get(criterion.pk), user) for sheet in counted),
            results[criterion.code],
            tuple(mark for mark in marks if mark.criterion_id == criterion.pk),
        )
        for criterion in criteria
    ]
    return Comparison(
        sheets=tuple(counted),
        disqualified=tuple(sheet for sheet in sheets if sheet.conflict_reason),
        rows=tuple(least_settled_first(rows, lambda row: row.result)),
        joint=joint,
        before=scoring.aggregate(measured, values, minimum=round.minimum),
    )


def _value(score: Score | None) -> int | None:
    return score.value if score else None


def _given(sheet: Assessment, score: Score | None, user: User) -> Given:
    is_own = sheet.assessor_id is not None and sheet.assessor_id == user.pk
    return Given(sheet, _value(score), score.motivation if score else "", is_own)
