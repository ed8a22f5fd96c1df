"""The register: one list of everything the person may see, and the same list as a workbook."""

from __future__ import annotations

from typing import cast

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from governance.estimating import takes_long
from governance.exports.register_list import CONTENT_TYPE, write_register_list
from governance.filters import VIEWS, RegisterFilter
from governance.presenting.firstpage import writing_home
from governance.presenting.register import rows_of
from governance.views.long import WAITS, offer
from initiatives.models import InitiativeQuerySet
from v6portal.organizations.access import reads_initiatives
from v6portal.organizations.models import Organisation, User

ROWS = 50


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """The list, narrowed and ordered by what stands in the address."""
    user: User = request.user  # type: ignore[assignment]
    organisations = list(Organisation.objects.in_order())
    selection = RegisterFilter(request.GET, user=user, organisations=organisations)
    page = Paginator(selection.qs, ROWS).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    return render(
        request,
        "governance/register.html",
        {
            "filter": selection,
            "applied": list(selection.applied()),
            "page_obj": page,
            "rows": rows_of(
                cast(InitiativeQuerySet, page.object_list),
                selection.order,
                {o.pk: o.short_name for o in organisations},
                user,
            ),
            "query": query.urlencode(),
            "view": selection.chosen("view"),
            "views": VIEWS,
            "view_label": VIEWS.get(selection.chosen("view"), ""),
            "may_write": writing_home(user) is not None,
            "may_measure": reads_initiatives(user) and not selection.chosen("view"),
        },
    )


@require_safe
def register_list(request: HttpRequest) -> HttpResponse | FileResponse:
    """Exactly the selection and order of the list, all pages, as a workbook; a long one in the background."""
    user: User = request.user  # type: ignore[assignment]
    selection = RegisterFilter(request.GET, user=user, organisations=Organisation.objects.in_order())
    if WAITS not in request.GET and takes_long("case_list", rows := selection.qs.count()):
        query = request.GET.urlencode()
        return offer(request, _("Listan med initiativ"), what="case_list", query=query, rows=rows)
    file = write_register_list(selection.qs, [(a.label, a.value) for a in selection.applied()], user)
    name = f"initiativ-{timezone.localdate():%Y-%m-%d}.xlsx"
    return FileResponse(file, as_attachment=True, filename=name, content_type=CONTENT_TYPE)
