"""*Sparade mått*: a selection of the register under a name, with its trend; new from the register, changed, retired."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from followup.actions import change_measure, retire_measure, save_measure
from followup.forms.measures import MeasureForm
from followup.measuring import MEASURABLE
from followup.models import Measure
from followup.periods import HalfYear
from followup.presenting.measures import trends
from governance.filters import RegisterFilter
from v6portal.organizations.access import readers_of_initiatives
from v6portal.organizations.errors import Refused
from v6portal.organizations.models import Organisation, User

ROWS = 20
LONGEST_TOLD = 600


@readers_of_initiatives
@require_safe
def measures(request: HttpRequest) -> HttpResponse:
    """Those the person may see, each with its latest half-years."""
    user, today = _person(request), timezone.localdate()
    rows = Measure.objects.visible_to(user).current().select_related("organisation")
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    found = trends(list(page.object_list), HalfYear.of(today), today)
    return render(request, "followup/measures.html", {"trends": found, "page_obj": page, "person": user})


@readers_of_initiatives
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """*Spara som mått*: the register's selection stands in the address, as in the register."""
    selection = RegisterFilter(request.GET, user=_person(request), organisations=Organisation.objects.in_order())
    if selection.errors or selection.chosen("view"):
        messages.error(request, _("Urvalet kan inte bli ett mått. Ändra det här och försök igen."))
        return redirect(f"{reverse('register')}?{request.GET.urlencode()}")
    filters = {name: value for name in sorted(MEASURABLE) if (value := selection.chosen(name))}
    told = "; ".join(f"{one.label}: {one.value}" for one in selection.applied())
    form = MeasureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            measure = save_measure(by=_person(request), filters=filters, told=told[:LONGEST_TOLD], **form.given)
        except Refused as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, _("Måttet är sparat."), extra_tags=form.keep)
            return redirect(f"{reverse('measures')}#matt-{measure.pk}")
    count = selection.qs.count()
    return render(request, "followup/measure.html", {"form": form, "told": told, "count": count})


@readers_of_initiatives
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another name, shared otherwise, or retired; for its owner."""
    user = _person(request)
    measure = get_object_or_404(Measure.objects.visible_to(user).current().select_related("organisation"), pk=pk)
    form = MeasureForm(request.POST or None, initial={"name": measure.name, "sharing": measure.sharing})
    retires = "retire" in request.POST
    if request.method == "POST" and (retires or form.is_valid()):
        try:
            if retires:
                retire_measure(measure=measure, by=user)
            else:
                change_measure(measure=measure, by=user, **form.given)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            told = _("Måttet är avslutat. Det syns inte längre.") if retires else _("Måttet är ändrat.")
            messages.success(request, told, extra_tags=form.keep)
            return redirect("measures")
    return render(request, "followup/measure.html", {"form": form, "measure": measure, "told": measure.told})


def _person(request: HttpRequest) -> User:
    return request.user  # type: ignore[return-value]
