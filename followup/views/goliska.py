"""Göliska IT: its queue, its capacity and how fast it answers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from followup.actions import state_capacity
from followup.forms.capacity import CapacityForm
from followup.presenting.capacity_chart import CapacityChart
from followup.presenting.goliska import goliska as goliska_of
from v6portal.organizations.access import may_state_capacity, people_with_a_role
from v6portal.organizations.errors import Refused
from v6portal.organizations.models import User


@people_with_a_role
@require_http_methods(["GET", "POST"])
def goliska(request: HttpRequest) -> HttpResponse:
    """Read by everybody with a role; those at Göliska IT who assess and decide state the capacity here."""
    user: User = request.user  # type: ignore[assignment]
    form = CapacityForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            state_capacity(half_year=given["half_year"], hours=given["hours"], by=user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Kapaciteten för %s är sparad.") % given["half_year"].label)
            return redirect("goliska")
    page = goliska_of(user)
    context = {"page": page, "chart": CapacityChart(page.loads), "form": form if may_state_capacity(user) else None}
    return render(request, "followup/goliska.html", context, status=403 if form.non_field_errors() else 200)
