"""Recording that a kommun has taken a solution into use."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from followup import actions
from governance.acts import Act
from governance.models import Case
from governance.views.acts import act_page, readable_case
from v6portal.organizations.models import User


@require_http_methods(["GET", "POST"])
def record_adoption(request: HttpRequest, reference: str) -> HttpResponse:
    """The page of *Registrera införande*; a kommun that never took part joins late first."""

    def take(act: Act, *, case: Case, by: User, given: dict[str, Any], seen: str) -> None:
        actions.record_adoption(case=case, by=by, seen=seen, **given)

    return act_page(request, readable_case(request, reference), Act.RECORD_ADOPTION, take)
