"""Everything that has happened in a case, the latest first."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from governance.filters.events import History
from governance.models import Event
from governance.presenting.telling import clocked, tell

from .acts import readable_case

ROWS = 25


@require_safe
def events(request: HttpRequest, reference: str) -> HttpResponse:
    """The log of one case, narrowed by what stands in the address; working notes only of one's own organisation."""
    case = readable_case(request, reference)
    mine = Event.objects.visible_to(request.user).filter(case=case)  # type: ignore[arg-type]
    history = History(mine, request.GET.dict())
    page = Paginator(history.found.select_related("organisation"), ROWS).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "case": case,
        "initiative": case.initiative,
        "history": history,
        "page_obj": page,
        "query": query.urlencode(),
        "events": clocked(tell(event) for event in page),
        "total": mine.count() if history.chosen or not history.is_right else page.paginator.count,
    }
    return render(request, "governance/events.html", context)
