"""Versions of the assessment model: drafted, published once, locked from then on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from v6portal.organizations.errors import Refused, refuse_if
from v6portal.organizations.models import User

from ..models import AssessmentModel, Axis, Criterion, GateQuestion, Level
from ..weighing import WHOLE, to_hundred

Part = TypeVar("Part", GateQuestion, Criterion)


def spoken_weight(weight: Decimal) -> str:
    """A weight as it is written in Swedish, without decimals that say nothing."""
    exact = weight.normalize()
    return f"{exact:f}".replace(".", ",")


NOTHING = Decimal(0)
WEIGHT_WORDS = {
    "exact": gettext_lazy("Vikterna blir 100 av 100."),
    "missing": gettext_lazy("Vikterna blir %(sum)s av 100; %(left)s fattas."),
    "over": gettext_lazy("Vikterna blir %(sum)s av 100; %(left)s för mycket."),
}


def weights_told(total: Decimal) -> str:
    """How far the weights are from the hundred, as a sentence."""
    left = WHOLE - total
    words = WEIGHT_WORDS["exact" if left == 0 else "missing" if left > 0 else "over"]
    return str(words) % {"sum": spoken_weight(total), "left": spoken_weight(abs(left))}


def obstacles(model: AssessmentModel) -> Iterator[str]:
    """What stands between a draft and its publication, in Swedish; nothing means go."""
    criteria, questions = list(model.criteria.all()), list(model.gate_questions.all())
    total = sum((criterion.weight for criterion in criteria), NOTHING)
    if total != WHOLE:
        yield weights_told(total)
    for axis in Axis:
        if not any(criterion.axis == axis for criterion in criteria):
            yield _("Det saknas kriterier på axeln %s.") % axis.label
    for criterion in criteria:
        for number, text in enumerate(criterion.level_texts, start=1):
            if not text.strip():
                yield _("Kriteriet %(name)s saknar text för nivå %(number)s.") % {
                    "name": criterion,
                    "number": number,
                }
    for level in Level:
        if not any(question.level == level and not question.is_routing for question in questions):
            yield _("Det saknas kvalificeringsfrågor för nivån %s.") % level.label


def _draft(model: AssessmentModel) -> AssessmentModel:
    """The version, held until the transaction ends. Raises Refused when it is published or no longer there."""
    held = AssessmentModel.objects.select_for_update().filter(pk=model.pk).first()
    if held is None:
        raise Refused(_("Utkastet %s är borttaget.") % model)
    if held.is_published:
        raise Refused(locked(held))
    return held


def locked(model: AssessmentModel) -> str:
    """Why a published version is not changed, and what to do instead."""
    return _("Version %s är publicerad och låst. Kopiera den till ett nytt utkast om du vill ändra något.") % model


@transaction.atomic
def publish(*, model: AssessmentModel, by: User) -> AssessmentModel:
    """Makes the draft the version that new rounds use. Raises Refused while something is missing.

    Rounds that are open keep the version they were opened with, and questions that somebody has begun to answer theirs.
    """
    model = AssessmentModel.objects.select_for_update().get(pk=model.pk)
    if model.is_published:
        raise Refused(_("Version %s är redan publicerad.") % model)
    refuse_if(obstacles(model))
    model.published_at, model.published_by_name = timezone.now(), str(by)
    model.save(update_fields=["published_at", "published_by_name"])
    return model


@transaction.atomic
def reweigh(*, model: AssessmentModel, by: User) -> AssessmentModel:
    """Weights of a draft in the same proportions, in hundredths that sum to exactly 100. Raises Refused."""
    model = _draft(model)
    criteria = list(model.criteria.all())
    if not criteria:
        raise Refused(_("Lägg till kriterier först. Det finns inga vikter att räkna om."))
    for criterion, weight in zip(criteria, to_hundred([c.weight for c in criteria]), strict=True):
        criterion.weight = weight
    Criterion.objects.bulk_update(criteria, ["weight"])
    return model


@transaction.atomic
def copy(*, model: AssessmentModel, by: User) -> AssessmentModel:
    """A draft with the same questions and criteria, under the next free version number."""
    list(AssessmentModel.objects.select_for_update(no_key=True).order_by("pk")[:1])  # two at once: one number each
    draft = AssessmentModel.objects.create(version=next_version(), name=model.name)
    GateQuestion.objects.bulk_create(_copies(model.gate_questions.all(), draft))
    Criterion.objects.bulk_create(_copies(model.criteria.all(), draft))
    return draft


def _copies(rows: Iterable[Part], draft: AssessmentModel) -> list[Part]:
    copies = list(rows)
    for row in copies:
        row.pk, row._state.adding, row.model = None, True, draft
    return copies


def next_version() -> str:
    """The year and a running number in it, as in 2024.1."""
    year = timezone.localdate().year
    taken = set(AssessmentModel.objects.values_list("version", flat=True))
    number = 1
    while f"{year}.{number}" in taken:
        number += 1
    return f"{year}.{number}"
