"""Prioritering: who comes before whom, how sure that is, and what needs to be talked about."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from governance.filters import RankingFilter
from governance.presenting.backlog import UNSCORED_SHOWN, numbered, places, shown, to_discuss, unscored
from governance.presenting.matrix import matrix
from governance.presenting.why import whys
from initiatives.models import Level
from v6portal.organizations.access import people_with_a_role
from v6portal.organizations.models import Organisation, User

ROWS = 50


@people_with_a_role
@require_safe
def ranking(request: HttpRequest) -> HttpResponse:
    """The backlog of one organisation, or the joint one of V6, in the order of its scores."""
    user: User = request.user  # type: ignore[assignment]
    chosen = RankingFilter(request.GET, user=user, organisations=Organisation.objects.in_order())
    selection, level = chosen.selection, chosen.level_shown
    queue = numbered(selection, user, chosen.narrowing)
    found = shown(queue, chosen.sort_shown)
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    rows = places(list(page.object_list), selection)
    explained = whys(place.round for place in rows)
    waiting = unscored(selection, user)
    query = request.GET.copy()
    query.pop("page", None)
    return render(
        request,
        "governance/ranking.html",
        {
            "filter": chosen,
            "applied": list(chosen.applied()),
            "levels": Level,
            "page_obj": page,
            "rows": [(place, explained[place.round.pk]) for place in rows],
            "total": len(queue),
            "matrix": matrix(found, level, user),
            "to_discuss": to_discuss(found),
            "unscored": waiting[:UNSCORED_SHOWN],
            "more_unscored": len(waiting) > UNSCORED_SHOWN,
            "query": query.urlencode(),
        },
    )
