"""Watching an initiative: one's own setting, kept with a press on its page."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from initiatives import actions as initiative_actions
from v6portal.organizations.errors import Refused

from .acts import readable_case


@require_http_methods(["GET", "POST"])
def watch(request: HttpRequest, reference: str) -> HttpResponse:
    """*Bevaka*."""
    return _changed(request, reference, initiative_actions.watch, _("Du bevakar initiativet."))


@require_http_methods(["GET", "POST"])
def unwatch(request: HttpRequest, reference: str) -> HttpResponse:
    """*Sluta bevaka*."""
    return _changed(request, reference, initiative_actions.unwatch, _("Du bevakar inte längre initiativet."))


def _changed(request: HttpRequest, reference: str, change: Callable[..., object], done: str) -> HttpResponse:
    """Opened as a page it only leads to the initiative: nothing is changed by following a link."""
    case = readable_case(request, reference)
    if request.method == "POST":
        try:
            change(initiative=case.initiative, by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, done)
    return redirect(case)
