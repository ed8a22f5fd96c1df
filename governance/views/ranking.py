"""Prioritering: who comes before whom, how sure that is, and what needs to be talked about."""

from __future__ import annotations

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from governance.filters import RankingForm
from governance.presenting.backlog import Place, Ranking, Selection, points, to_discuss, unscored
from governance.presenting.backlog import ranking as read_ranking
from initiatives.models import Level
from v6portal.organizations.access import people_with_a_role
from v6portal.organizations.models import Organisation, User

ROWS = 50
LONGEST_NUMBER = 7


@people_with_a_role
@require_safe
def ranking(request: HttpRequest) -> HttpResponse:
    """The backlog of one organisation, or the joint one of V6, in the order of its scores."""
    user: User = request.user  # type: ignore[assignment]
    form = RankingForm(request.GET, user=user, organisations=Organisation.objects.in_order())
    selection = form.selection
    found, page = _page(selection, user, request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    return render(
        request,
        "governance/ranking.html",
        {
            "form": form,
            "levels": Level,
            "page_obj": page,
            "places": found.places,
            "points": points(found.places),
            "to_discuss": to_discuss(selection, user),
            "unscored": unscored(selection, user),
            "query": query.urlencode(),
        },
    )


def _page(selection: Selection, user: User, asked: str | None) -> tuple[Ranking, Page]:
    """The page asked for, or the nearest there is; its length is known from its own rows."""
    number = int(asked) if asked and asked.isascii() and asked.isdigit() and len(asked) < LONGEST_NUMBER else 1
    found = read_ranking(selection, user, first=max(number - 1, 0) * ROWS, size=ROWS)
    paginator: Paginator[Place] = Paginator(found.places, ROWS)
    paginator.count = found.total
    page = paginator.get_page(max(number, 1))
    if found.total and not found.places:
        found = read_ranking(selection, user, first=page.start_index() - 1, size=ROWS)
    return found, page
