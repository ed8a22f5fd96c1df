"""Confirming that a solution is new, is useful and has been put to use (3N)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from followup import actions
from followup.models import Confirmation
from governance.acts import Act
from governance.models import Case
from governance.views.acts import act_page, readable_case
from v6portal.organizations.models import User


@require_http_methods(["GET", "POST"])
def confirm_benefit(request: HttpRequest, reference: str) -> HttpResponse:
    """The page of *Bekräfta nyttan*; the latest confirmation of each kind counts."""

    def take(act: Act, *, case: Case, by: User, given: dict[str, Any], seen: str) -> None:
        actions.confirm_benefit(case=case, by=by, seen=seen, **{**given, "kind": Confirmation.Kind(given["kind"])})

    return act_page(request, readable_case(request, reference), Act.CONFIRM_BENEFIT, take)
