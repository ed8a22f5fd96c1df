"""The gate questions and criteria as they are shipped."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from .models import AssessmentModel, Criterion, GateQuestion


def load(model: Mapping[str, Any]) -> int:
    """Adds the version if it is missing; returns how many versions were added (0 or 1).

    Only the first version of an installation is published here. Later ones arrive as drafts: which model the
    kommuner score by is for an administrator to decide, not for an upgrade.
    """
    if AssessmentModel.objects.filter(version=model["version"]).exists():
        return 0
    is_first = not AssessmentModel.objects.published().exists()
    version = AssessmentModel.objects.create(version=model["version"], name=model["name"])
    GateQuestion.objects.bulk_create(GateQuestion(model=version, **row) for row in model["gate_questions"])
    Criterion.objects.bulk_create(_criterion(version, row) for row in model["criteria"])
    if is_first:
        version.published_at = timezone.now()
        version.save(update_fields=["published_at"])
    return 1


def _criterion(version: AssessmentModel, row: Mapping[str, Any]) -> Criterion:
    levels = {f"level_{number}": text for number, text in enumerate(row["levels"], start=1)}
    own = {name: value for name, value in row.items() if name != "levels"}
    return Criterion(model=version, **own, **levels)
