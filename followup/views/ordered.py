"""Files that take long: asking for one, seeing how far it has come, fetching it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from followup.actions import ordering
from followup.exports.making import TYPES
from followup.models import OrderedFile
from followup.periods import HalfYear, NoSuchPeriod
from followup.presenting.ordered import file_name, files_of, may_have, sight_of
from followup.presenting.overview import Desk, NoSuchKommun
from v6portal.organizations.models import User

REPORTS = (OrderedFile.What.REPORT_PDF, OrderedFile.What.REPORT_XLSX)
LONGEST_QUERY = 2000


@require_safe
def ordered_files(request: HttpRequest) -> HttpResponse:
    """What the person has asked for and how far each has come."""
    files = files_of(request.user)  # type: ignore[arg-type]
    return render(
        request,
        "followup/ordered_files.html",
        {"files": files, "is_followed": any(file.is_on_its_way for file in files)},
    )


@require_POST
def order_file(request: HttpRequest) -> HttpResponse:
    """Asks for a file: ``what`` is its kind, ``query`` what was chosen on the page that offers it."""
    user: User = request.user  # type: ignore[assignment]
    what, query = request.POST.get("what", ""), request.POST.get("query", "")
    if what not in OrderedFile.What.values or len(query) > LONGEST_QUERY:
        raise Http404
    if not may_have(user, what):
        raise PermissionDenied(_("Filen är för dig som får öppna sidan som den finns på."))
    if what in REPORTS:
        _half_year_or_404(query)
    ordering.order_file(what=OrderedFile.What(what), query=query, by=user)
    messages.info(request, _("Filen görs i bakgrunden. Du kan lämna sidan; den finns kvar här när den är klar."))
    return redirect("ordered_files")


def _half_year_or_404(query: str) -> None:
    chosen = QueryDict(query)
    try:
        HalfYear.parse(chosen.get("period", ""))
        Desk().kommun(chosen.get("kommun", ""))
    except (NoSuchPeriod, NoSuchKommun) as fault:
        raise Http404(str(fault)) from fault


@require_safe
def ordered_file(request: HttpRequest, number: int) -> HttpResponse:
    """The file itself, for the one who asked for it; made anew if what she may read has changed since."""
    user: User = request.user  # type: ignore[assignment]
    found = get_object_or_404(OrderedFile.objects.visible_to(user).ready(), pk=number)
    if not may_have(user, found.what):
        raise Http404
    if found.sight != sight_of(user, found.what):
        ordering.order_file(what=OrderedFile.What(found.what), query=found.query, by=user)
        found.delete()
        messages.info(request, _("Vad du får läsa har ändrats sedan filen gjordes. Den görs om nu."))
        return redirect("ordered_files")
    ordering.fetched(found)
    return HttpResponse(
        bytes(found.content or b""),
        content_type=TYPES[found.what],
        headers={"Content-Disposition": f'attachment; filename="{file_name(found)}"'},
    )
