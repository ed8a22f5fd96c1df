"""Watching an initiative: one's own setting, kept with a press on its page."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from initiatives import actions as initiative_actions
from v6portal.organizations.errors import Refused

from .acts import readable_case


@require_http_methods(["GET", "POST"])
def watch(request: HttpRequest, reference: str) -> HttpResponse:
    """*Bevaka*."""
    return _changed(request, reference, initiative_actions.watch, is_watched=True)


@require_http_methods(["GET", "POST"])
def unwatch(request: HttpRequest, reference: str) -> HttpResponse:
    """*Sluta bevaka*."""
    return _changed(request, reference, initiative_actions.unwatch, is_watched=False)


def _changed(request: HttpRequest, reference: str, change: Callable[..., object], *, is_watched: bool) -> HttpResponse:
    """Opened as a page it only leads to the initiative: nothing is changed by following a link.

    htmx gets the other button in place of the pressed one.
    """
    case = readable_case(request, reference)
    if request.method != "POST":
        return redirect(case)
    try:
        change(initiative=case.initiative, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return HttpResponseClientRedirect(case.get_absolute_url()) if _is_htmx(request) else redirect(case)
    if _is_htmx(request):
        return render(request, "governance/_watch.html", {"initiative": case.initiative, "is_watched": is_watched})
    done = _("Du bevakar initiativet.") if is_watched else _("Du bevakar inte längre initiativet.")
    messages.success(request, done)
    return redirect(case)


def _is_htmx(request: HttpRequest) -> bool:
    return bool(request.htmx)  # type: ignore[attr-defined]
