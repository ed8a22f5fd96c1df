"""The principles of the collaboration, the process settings and the recommendations' words as they are shipped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from .models import Principle, ProcessSettings, RecommendationTemplate

Rows = Iterable[Mapping[str, Any]]


def load(*, principles: Rows, settings: Rows) -> int:
    """Adds principles whose code, and settings whose first day, is missing; returns how many rows were added.

    A code that an administrator has reworded or ended is known, and stays as it is.
    """
    codes = set(Principle.objects.values_list("code", flat=True))
    days = {str(day) for day in ProcessSettings.objects.values_list("valid_from", flat=True)}
    new_principles = [Principle(**row) for row in principles if row["code"] not in codes]
    new_settings = [ProcessSettings(**row) for row in settings if row["valid_from"] not in days]
    Principle.objects.bulk_create(new_principles)
    ProcessSettings.objects.bulk_create(new_settings)
    return len(new_principles) + len(new_settings)


def load_templates(templates: Rows) -> int:
    """Adds the sentences of recommendations where there are none at all; returns how many.

    Once an installation has its own, what an administrator has reworded or taken away stays as she left it.
    """
    if RecommendationTemplate.objects.exists():
        return 0
    return len(RecommendationTemplate.objects.bulk_create(RecommendationTemplate(**row) for row in templates))
