"""The log of record: is it whole? For those who keep the record, and administrators."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from governance.actions.checking import begin_check
from governance.models import LogCheck
from governance.presenting.log_checks import found
from v6portal.organizations.access import registrars_and_administrators

EARLIER = 10


@require_http_methods(["GET", "POST"])
@registrars_and_administrators
def log_check(request: HttpRequest) -> HttpResponse:
    """The latest check and what it found; sent, a new one is made."""
    if request.method == "POST":
        check = begin_check(request.user)  # type: ignore[arg-type]
        if check.ended_at is None:
            messages.info(request, _("Kontrollen görs i bakgrunden. Sidan säger hur långt den har kommit."))
        return redirect("log_check")
    checks = LogCheck.objects.select_related("by").order_by("-pk")[: EARLIER + 1]
    told = [found(check, request.user) for check in checks]  # type: ignore[arg-type]
    context = {"latest": told[0] if told else None, "earlier": told[1:]}
    return render(request, "governance/log_check.html", context)
