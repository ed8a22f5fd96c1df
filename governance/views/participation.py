"""Who took part, as of any day: in everything the person may see, and in one initiative."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from governance.forms.as_of import AsOfForm, MatrixForm
from governance.models.inquiry import rows_shown_to
from governance.presenting.beside import told_of_withheld
from governance.presenting.participation import changed, counts, matrix, on_the_day, taking_part_on
from governance.presenting.participation_timeline import timelines
from v6portal.organizations.models import Organisation, User

from .acts import readable_case

ROWS = 25


@require_safe
def participation(request: HttpRequest) -> HttpResponse:
    """*Vilka deltog den dagen?*, as a matrix of initiatives and kommuner. The day stands in the address."""
    user: User = request.user  # type: ignore[assignment]
    kommuner = list(Organisation.objects.kommuner().in_order())
    form = MatrixForm(request.GET, kommuner=kommuner)
    query = request.GET.copy()
    query.pop("page", None)
    context: dict[str, Any] = {
        "form": form,
        "date": form.date,
        "kommuner": kommuner,
        "query": query.urlencode(),
        "page_obj": None,
    }
    if form.date is not None:
        selection = taking_part_on(user, form.date, form.kommun_key)
        page = Paginator(selection, ROWS).get_page(request.GET.get("page"))
        context |= {
            "page_obj": page,
            "rows": matrix(user, page.object_list, form.date, kommuner),
            "counts": counts(user, selection, form.date, kommuner),
            "chosen": next((one for one in kommuner if one.key == form.kommun_key), None),
        }
    return render(request, "governance/participation.html", context)


@require_safe
def of_initiative(request: HttpRequest, reference: str) -> HttpResponse:
    """The ledger of one initiative: who took part on the day, how it has been, and every row with its dates."""
    case = readable_case(request, reference)
    user: User = request.user  # type: ignore[assignment]
    shown = case.participations.filter(rows_shown_to(user)).select_related("organisation", "principle")
    ledger = list(shown.order_by("joined_on", "pk"))
    form, today = AsOfForm(request.GET), timezone.localdate()
    context = {
        "case": case,
        "initiative": case.initiative,
        "form": form,
        "date": form.date,
        "on_the_day": on_the_day(ledger, form.date, today) if form.date else [],
        "ledger": ledger,
        "withheld": told_of_withheld(case, user),
        "changed": changed(ledger),
        "timelines": timelines(ledger, form.date, today),
    }
    return render(request, "governance/initiative_participation.html", context)
