"""Bedömning: what waits for the person's assessment, in her own order."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from governance.acts import Act
from governance.presenting.queue import queue_of
from governance.reading import by_role_only
from governance.workflow import is_ever_open_to
from v6portal.organizations.access import people_with_a_role
from v6portal.organizations.models import User

ROWS = 20


@people_with_a_role
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """The queue, and how far the person has come in it."""
    user: User = request.user  # type: ignore[assignment]
    found = queue_of(user)
    page = Paginator(found.order, ROWS).get_page(request.GET.get("page"))
    return render(
        request,
        "governance/queue.html",
        {
            "queue": found,
            "page_obj": page,
            "rows": found.rows(max(page.start_index() - 1, 0), ROWS),
            "may_assess": is_ever_open_to(Act.ASSESS, by_role_only(user)),
        },
    )
