"""Prioritering: who comes before whom, how sure that is, and what needs to be talked about."""

from __future__ import annotations

from typing import cast

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from governance.backlog import places, points, scored, to_discuss, unscored
from governance.filters import RankingForm
from initiatives.models import Level, Round
from v6portal.organizations.access import people_with_a_role
from v6portal.organizations.models import Organisation, User

ROWS = 50


@people_with_a_role
@require_safe
def ranking(request: HttpRequest) -> HttpResponse:
    """The backlog of one organisation, or the joint one of V6, in the order of its scores."""
    user: User = request.user  # type: ignore[assignment]
    form = RankingForm(request.GET, user=user, organisations=Organisation.objects.in_order())
    selection = form.selection
    page = Paginator(scored(selection, user), ROWS).get_page(request.GET.get("page"))
    found = places(cast("QuerySet[Round]", page.object_list), selection.level)
    query = request.GET.copy()
    query.pop("page", None)
    return render(
        request,
        "governance/ranking.html",
        {
            "form": form,
            "levels": Level,
            "page_obj": page,
            "places": found,
            "points": points(found),
            "to_discuss": to_discuss(selection, user),
            "unscored": unscored(selection, user),
            "query": query.urlencode(),
        },
    )
