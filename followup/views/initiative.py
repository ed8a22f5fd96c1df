"""The page of one initiative: where it stands, what happens next and who does it, and everything known about it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from followup.reading import case_for_page
from followup.whole import page_of
from governance.statuses import Status
from v6portal.organizations.models import User


@require_safe
def initiative(request: HttpRequest, reference: str) -> HttpResponse:
    """One initiative, complete. The author of a draft is taken to where it is written."""
    user: User = request.user  # type: ignore[assignment]
    case = get_object_or_404(case_for_page(user), initiative__reference=reference)
    if case.status == Status.DRAFT:
        return redirect("initiative_edit", reference)
    return render(request, "followup/initiative.html", page_of(case, user))
