"""What the report is as open data: which files there are, what their columns mean and where they are fetched."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from followup.presenting.described import columns, indicators
from followup.presenting.overview import Desk
from v6portal.organizations.access import people_with_a_role


@require_safe
@people_with_a_role
def open_data(request: HttpRequest) -> HttpResponse:
    """The description, with the files of every half-year, the present one first."""
    periods = [one.period for one in Desk().arrivals(timezone.localdate())][::-1]
    context = {"columns": columns(), "indicators": indicators(), "periods": periods}
    return render(request, "followup/open_data.html", context)
