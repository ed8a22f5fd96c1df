"""Scoring an initiative. Who has nothing to score is led to where the answers are compared."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from v6portal.organizations.models import User

from . import scoring
from .acts import readable_case


@require_http_methods(["GET", "POST"])
def assess(request: HttpRequest, reference: str) -> HttpResponse:
    """The criteria beside the text, for those who are to assess; all others are led to the comparison."""
    if request.method == "POST":
        return scoring.saved(request, reference) if "autosave" in request.POST else scoring.sent(request, reference)
    user: User = request.user  # type: ignore[assignment]
    case = readable_case(request, reference)
    desk = scoring.desk_for(case, user)
    return scoring.page(request, desk) if desk else redirect("compare", reference)
