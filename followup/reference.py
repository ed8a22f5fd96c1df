"""The survey's questions as they are shipped: neutral ones, until the collaboration has its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .models import Question, Questionnaire


def load_questionnaire(shipped: Mapping[str, Any]) -> int:
    """Adds the shipped questions where there are none at all; returns how many versions were added."""
    if Questionnaire.objects.exists():
        return 0
    own = {key: value for key, value in shipped.items() if key != "questions"}
    questionnaire = Questionnaire.objects.create(**own)
    Question.objects.bulk_create(
        Question(questionnaire=questionnaire, order=order, **row)
        for order, row in enumerate(shipped["questions"], start=1)
    )
    return 1
