"""The timeline of one initiative, as wide as the page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from followup.presenting.timeline import whole
from followup.presenting.work import work_of
from followup.reading import case_for_page, small_rows
from governance.models.inquiry import acts_shown_in
from v6portal.organizations.models import User


@require_safe
def timeline(request: HttpRequest, reference: str) -> HttpResponse:
    """Stages as they were planned and as they went, and what happened on the way."""
    user: User = request.user  # type: ignore[assignment]
    case = get_object_or_404(case_for_page(user), initiative__reference=reference)
    rows = small_rows(case, user)
    work = work_of(reference, case.stages.all(), rows, timezone.localdate())
    context = {
        "case": case,
        "initiative": case.initiative,
        "work": work,
        "timeline": whole(work, acts_shown_in(case, user, rows["decision_rows"]), rows["adoption_rows"]),
    }
    return render(request, "followup/timeline.html", context)
