"""Versions of the assessment model: drafted, published once, locked from then on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from v6portal.organizations.errors import Refused, refuse_if

from ..models import AssessmentModel, Axis, Criterion, GateQuestion, Level

Part = TypeVar("Part", GateQuestion, Criterion)

WHOLE = 100
"""What the weights of a published version sum to. Source: docs/bedomning.md."""


def obstacles(model: AssessmentModel) -> Iterator[str]:
    """What stands between a draft and its publication, in Swedish; nothing means go."""
    criteria, questions = list(model.criteria.all()), list(model.gate_questions.all())
    total = sum(criterion.weight for criterion in criteria)
    if total != WHOLE:
        yield _("Vikterna ska bli 100 tillsammans; nu blir de %s.") % f"{total:f}".replace(".", ",")
    for axis in Axis:
        if not any(criterion.axis == axis for criterion in criteria):
            yield _("Det saknas kriterier på axeln %s.") % axis.label
    for criterion in criteria:
        for number, text in enumerate(criterion.level_texts, start=1):
            if not text.strip():
                yield _("Kriteriet %(code)s saknar text för nivå %(number)s.") % {
                    "code": criterion.code,
                    "number": number,
                }
    for level in Level:
        if not any(question.level == level and not question.is_routing for question in questions):
            yield _("Det saknas kvalificeringsfrågor för nivån %s.") % level.label


@transaction.atomic
def publish(*, model: AssessmentModel) -> AssessmentModel:
    """Makes the draft the version that new rounds use. Raises Refused while something is missing.

    Rounds that are open keep the version they were opened with.
    """
    model = AssessmentModel.objects.select_for_update().get(pk=model.pk)
    if model.is_published:
        raise Refused(_("Version %s är redan publicerad.") % model)
    refuse_if(obstacles(model))
    model.published_at = timezone.now()
    model.save(update_fields=["published_at"])
    return model


@transaction.atomic
def copy(*, model: AssessmentModel) -> AssessmentModel:
    """A draft with the same questions and criteria, under the next free version number."""
    draft = AssessmentModel.objects.create(version=_next_version(), name=model.name)
    GateQuestion.objects.bulk_create(_copies(model.gate_questions.all(), draft))
    Criterion.objects.bulk_create(_copies(model.criteria.all(), draft))
    return draft


def _copies(rows: Iterable[Part], draft: AssessmentModel) -> list[Part]:
    copies = list(rows)
    for row in copies:
        row.pk, row._state.adding, row.model = None, True, draft
    return copies


def _next_version() -> str:
    """The year and a running number in it, as in 2024.1."""
    year = timezone.localdate().year
    taken = set(AssessmentModel.objects.values_list("version", flat=True))
    number = 1
    while f"{year}.{number}" in taken:
        number += 1
    return f"{year}.{number}"
