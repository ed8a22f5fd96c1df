"""Everyone's answers side by side, for those who may see them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from governance.presenting.brief import brief_of
from governance.presenting.comparing import Line
from initiatives.models import Assessment, Round
from initiatives.results import Comparison, comparison
from v6portal.organizations.models import User

from .acts import readable_case


@require_safe
def compare(request: HttpRequest, reference: str) -> HttpResponse:
    """The newest round of the initiative: its answers, or that it is going on."""
    case = readable_case(request, reference)
    user: User = request.user  # type: ignore[assignment]
    rounds = case.initiative.rounds.select_related("model", "initiative")
    round = rounds.order_by("-opened_at", "-pk").first()
    found: Comparison | None = comparison(round, user) if round else None
    context = {
        "case": case,
        "initiative": case.initiative,
        "brief": brief_of(case),
        "rounds": [],
        "standings": [],
        "it": None,
        "round": round,
        "own": _own_sheet(round, user),
        "comparison": found,
        "has_motivations": any(g.motivation for row in found.rows for g in row.given) if found else False,
        "lines": [Line(row) for row in found.rows] if found else [],
    }
    return render(request, "governance/compare.html", context)


def _own_sheet(round: Round | None, user: User) -> Assessment | None:
    if round is None:
        return None
    sheets: Any = round.assessments.filter(assessor=user)
    return sheets.order_by("-revision__number").first()
