"""Files that take long: asking for one, seeing how far it has come, fetching it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from followup.actions.ordering import fetched, order_file
from followup.exports.making import MAKERS
from followup.models import OrderedFile
from followup.periods import HalfYear, NoSuchPeriod
from followup.presenting.ordered import files_of, sight_of
from followup.presenting.overview import Desk, NoSuchKommun
from v6portal.organizations.access import people_with_a_role
from v6portal.organizations.models import User


@require_safe
@people_with_a_role
def ordered_files(request: HttpRequest) -> HttpResponse:
    """What the person has asked for and how far each has come."""
    files = files_of(request.user)  # type: ignore[arg-type]
    return render(
        request,
        "followup/ordered_files.html",
        {"files": files, "is_followed": any(file.is_on_its_way for file in files)},
    )


@require_POST
@people_with_a_role
def order(request: HttpRequest, period: str) -> HttpResponse:
    """Asks for a file of the half-year: ``what`` is pdf or xlsx, ``kommun`` a key or nothing."""
    user: User = request.user  # type: ignore[assignment]
    kommun, what = request.POST.get("kommun", ""), request.POST.get("what", "")
    if what not in OrderedFile.What.values:
        raise Http404
    try:
        Desk().kommun(kommun)
        order_file(what=OrderedFile.What(what), period=HalfYear.parse(period), kommun=kommun, by=user)
    except (NoSuchPeriod, NoSuchKommun) as fault:
        raise Http404(str(fault)) from fault
    messages.info(request, _("Filen görs i bakgrunden. Du kan lämna sidan; den finns kvar här när den är klar."))
    return redirect("ordered_files")


@require_safe
@people_with_a_role
def ordered_file(request: HttpRequest, number: int) -> HttpResponse:
    """The file itself, for the one who asked for it; made anew if what she may read has changed since."""
    user: User = request.user  # type: ignore[assignment]
    found = get_object_or_404(OrderedFile.objects.visible_to(user).ready(), pk=number)
    if found.sight != sight_of(user):
        order_file(what=OrderedFile.What(found.what), period=HalfYear.parse(found.period), kommun=found.kommun, by=user)
        found.delete()
        messages.info(request, _("Vad du får läsa har ändrats sedan filen gjordes. Den görs om nu."))
        return redirect("ordered_files")
    fetched(found)
    _render, content_type = MAKERS[found.what]
    name = f"uppfoljning-{found.period}{f'-{found.kommun}' if found.kommun else ''}.{found.what}"
    return HttpResponse(
        bytes(found.content or b""),
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
