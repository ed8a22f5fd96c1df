"""What a reader may see of a round of assessment: everything, or that it is going on.

Blindness is kept here and in ``Assessment.objects.readable_by``: until one has handed in one's own, or the round is
closed, nothing of the others' answers is read from the database. Source: docs/bedomning.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from v6portal.organizations.models import User

from . import scoring
from .actions.assessing import joint_result
from .models import Assessment, Criterion, Round, Score


def rounds_as_seen_by(user: User) -> QuerySet[Round]:
    """Rounds with ``is_readable``: whether the person may see their results."""
    own = Assessment.objects.counting().filter(round=OuterRef("pk"), assessor=user)
    readable = ExpressionWrapper(Q(closed_at__isnull=False) | Q(Exists(own)), output_field=BooleanField())
    return Round.objects.annotate(is_readable=readable)


@dataclass(frozen=True)
class Given:
    """One assessor's answer to one criterion; ``value`` is None for *vet inte* and for what was not answered."""

    assessor: str
    value: int | None
    motivation: str


@dataclass(frozen=True)
class CriterionAnswers:
    """Everyone's answers to one criterion side by side."""

    criterion: Criterion
    given: tuple[Given, ...]
    result: scoring.CriterionResult

    @property
    def values(self) -> list[int]:
        return sorted(g.value for g in self.given if g.value is not None)


@dataclass(frozen=True)
class Comparison:
    """A round as those who may read it see it, the criteria that divide most first."""

    sheets: tuple[Assessment, ...]
    rows: tuple[CriterionAnswers, ...]
    joint: scoring.Aggregate


def comparison(round: Round, user: User) -> Comparison | None:
    """The answers of the round side by side; None as long as they are not for this reader."""
    if not rounds_as_seen_by(user).filter(pk=round.pk, is_readable=True).exists():  # type: ignore[misc]
        return None
    sheets = _latest(round, user)
    joint = joint_result(round)
    results = {result.code: result for result in joint.criteria}
    criteria: Sequence[Criterion] = list(round.model.criteria.all())
    rows = [CriterionAnswers(c, tuple(_given(s, c) for s in sheets), results[c.code]) for c in criteria]
    rows.sort(key=lambda row: -(row.result.range or Fraction(0)))
    return Comparison(sheets, tuple(rows), joint)


def _latest(round: Round, user: User) -> tuple[Assessment, ...]:
    """What each assessor without jäv last handed in, as far as the reader may read it."""
    readable = round.assessments.readable_by(user).handed_in().filter(conflict_reason="")
    latest: dict[tuple[int, str], Assessment] = {}
    for sheet in readable.select_related("organisation", "revision").order_by("revision__number", "pk"):
        latest[sheet.organisation_id, sheet.assessor_name] = sheet
    sheets = sorted(latest.values(), key=lambda s: (s.organisation.order, s.assessor_name))
    _load_scores(sheets)
    return tuple(sheets)


def _load_scores(sheets: Sequence[Assessment]) -> None:
    scores = Score.objects.filter(assessment__in=sheets).select_related("criterion")
    by_sheet: dict[int, dict[str, Score]] = {sheet.pk: {} for sheet in sheets}
    for score in scores:
        by_sheet[score.assessment_id][score.criterion.code] = score
    for sheet in sheets:
        sheet.answers = by_sheet[sheet.pk]  # type: ignore[attr-defined]


def _given(sheet: Assessment, criterion: Criterion) -> Given:
    score: Score | None = sheet.answers.get(criterion.code)  # type: ignore[attr-defined]
    return Given(sheet.assessor_name, score.value if score else None, score.motivation if score else "")
