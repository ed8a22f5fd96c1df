"""The forms of a version of the assessment model as those who answer will see them, to try out."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from governance.forms.gate import GateForm
from governance.forms.scoring import ScoringForm
from governance.presenting.gate import Answers
from initiatives.actions.versions import obstacles
from initiatives.models import AssessmentModel, Level
from initiatives.own_answers import OwnAnswers
from v6portal.organizations.access import administrators_only
from v6portal.organizations.models import User


@administrators_only
@require_safe
def model_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The gate questions of both levels and the criteria, in the real forms. Nothing can be sent."""
    user: User = request.user  # type: ignore[assignment]
    model = get_object_or_404(AssessmentModel, pk=pk)
    questions = list(model.gate_questions.all())
    of_level = {level: [question for question in questions if question.level == level] for level in Level}
    criteria = list(model.criteria.all())
    context = {
        "model": model,
        "gates": [
            (level.label, GateForm(questions=asked, answers=Answers(()), status=""))
            for level, asked in of_level.items()
            if asked
        ],
        "scoring": ScoringForm(criteria=criteria, own=OwnAnswers(newest=1), status="", user=user) if criteria else None,
        "obstacles": [] if model.is_published else list(obstacles(model)),
    }
    return render(request, "governance/model_preview.html", context)
