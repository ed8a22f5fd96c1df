"""The register as it was: the two dates stand in the address."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from governance.forms.two_dates import TwoDatesForm
from governance.presenting.as_it_was import RegisterAsItWas
from v6portal.organizations.models import Organisation, User

ROWS = 50


@require_safe
def register_as_it_was(request: HttpRequest) -> HttpResponse:
    """What had been sent in on the one day, by what was known on the other, as far as the person may see it today."""
    user: User = request.user  # type: ignore[assignment]
    form, today = TwoDatesForm(request.GET), timezone.localdate()
    context: dict[str, Any] = {"form": form, "dates": form.dates if form.is_valid() else None, "page_obj": None}
    if form.is_valid() and form.dates:
        register = RegisterAsItWas(user, form.dates, list(Organisation.objects.in_order()))
        query = request.GET.copy()
        query.pop("page", None)
        context |= {
            "page_obj": Paginator(register, ROWS).get_page(request.GET.get("page")),  # type: ignore[arg-type]
            "query": query.urlencode(),
            "is_today": form.dates.is_today(today),
        }
    return render(request, "governance/as_it_was.html", context)
