"""The first page, the pages about the portal itself, and the answer to probes."""

from __future__ import annotations

from functools import cache
from typing import Any, cast

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from followup.periods import HalfYear
from followup.presenting.report_steps import reports_waiting_for
from followup.survey_reading import waiting_for_answer
from governance.models import CaseQuerySet, reads_meetings
from governance.presenting import firstpage, todo
from governance.presenting.meetings import to_be_adjusted_by
from governance.presenting.standing_in import stand_ins_of, waiting_elsewhere
from governance.presenting.todo_count import waiting_count
from governance.presenting.vacancies import number_of_vacancies
from v6portal.organizations.access import may_see_vacancies
from v6portal.organizations.models import User

ROWS = 20


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Att göra: what waits for the person, oldest first; below, how her own initiatives are getting on."""
    user: User = request.user  # type: ignore[assignment]
    paginator = Paginator(todo.in_order(user), ROWS)
    paginator.count = waiting_count(user)
    page = paginator.get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "page_obj": page,
        "waiting": todo.described(cast(CaseQuerySet, page.object_list), user),
        "mine": firstpage.written_by(user),
        "watched": firstpage.watched_by(user),
        "may_write": firstpage.writing_home(user) is not None,
        "kept": todo.kept_by_colleagues(user),
        "vacant_roles": number_of_vacancies(user) if may_see_vacancies(user) else 0,
        "protocols": to_be_adjusted_by(user) if reads_meetings(user) else (),
        "half_year_reports": reports_waiting_for(user),
        "surveys": waiting_for_answer(user),
        "elsewhere": waiting_elsewhere(user),
        "stand_ins": stand_ins_of(user),
        "organisation": None,
    }
    if organisation := firstpage.insight_home(user):
        half_year = HalfYear.of(timezone.localdate())
        context |= {
            "organisation": organisation,
            "register_query": firstpage.register_query(organisation),
            "going_on": firstpage.going_on_in(organisation, user),
            "events": firstpage.happened_in(organisation, user),
            "half_year": half_year,
            "so_far": firstpage.so_far(organisation, half_year.first, half_year.last),
        }
    return render(request, "home.html", context)


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/accessibility.html")


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/privacy.html")


@login_not_required
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/help.html")


@cache
def _known_migrations() -> frozenset[tuple[str, str]]:
    """The migrations of the code that runs; they cannot change while it does."""
    loader = MigrationLoader(None, load=False)
    loader.load_disk()
    return frozenset(loader.disk_migrations)


@login_not_required
@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """For probes: 200 when the database answers and is migrated, 503 when it is not."""
    state = {"database": "ok", "migrations": "ok"}
    try:
        applied = MigrationRecorder(connection).applied_migrations()
    except DatabaseError:
        state = {"database": "unreachable", "migrations": "unknown"}
    else:
        if not _known_migrations() <= applied.keys():
            state["migrations"] = "missing"
    well = set(state.values()) == {"ok"}
    return JsonResponse({"status": "ok" if well else "error", **state}, status=200 if well else 503)
