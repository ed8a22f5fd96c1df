"""Who writes a draft: together with colleagues, and for somebody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from governance.actions import add_co_author, remove_co_author, write_for
from governance.forms.writers import CoAuthorForm, WriteForForm
from governance.models import Case
from governance.statuses import Status
from initiatives.actions import may_write_for
from v6portal.organizations.errors import Refused
from v6portal.organizations.models import User

from .saving import own_draft_or_404


@require_http_methods(["GET", "POST"])
def writers(request: HttpRequest, reference: str) -> HttpResponse:
    """The people of a draft, and three small forms: one colleague more, one less, and for whom it is."""
    user: User = request.user  # type: ignore[assignment]
    case = own_draft_or_404(user, reference)
    if case.status != Status.DRAFT:
        return redirect("initiative", reference)
    match request.POST.get("do"):
        case "add":
            return _add(request, case, user)
        case "remove":
            return _remove(request, case, user)
        case "for":
            return _write_for(request, case, user)
    return _page(request, case)


def _add(request: HttpRequest, case: Case, user: User) -> HttpResponse:
    form = CoAuthorForm(request.POST, initiative=case.initiative)
    if not form.is_valid():
        return _page(request, case, with_whom=form)
    person = form.cleaned_data["person"]
    return _done(
        request,
        case,
        lambda: add_co_author(case=case, by=user, person=person),
        _("%s kan nu läsa och skriva i utkastet.") % person,
    )


def _remove(request: HttpRequest, case: Case, user: User) -> HttpResponse:
    number = request.POST.get("person", "")
    person = get_object_or_404(case.initiative.co_authors, pk=number if number.isdecimal() else 0)
    told = _("Du skriver inte längre i utkastet.") if person == user else _("%s ser inte längre utkastet.") % person
    return _done(request, case, lambda: remove_co_author(case=case, by=user, person=person), told)


def _write_for(request: HttpRequest, case: Case, user: User) -> HttpResponse:
    form = WriteForForm(request.POST, initiative=case.initiative)
    if not form.is_valid():
        return _page(request, case, for_whom=form)
    given: dict[str, Any] = {"person": form.cleaned_data["author"], "name": form.cleaned_data["name"]}
    told = _("Nu står %s som den som föreslår.") % (given["person"] or given["name"])
    return _done(request, case, lambda: write_for(case=case, by=user, **given), told)


def _done(request: HttpRequest, case: Case, act: Callable[[], None], told: str) -> HttpResponse:
    """Takes the act and says so, or says why not; back to the people, or home for the one who left."""
    user: User = request.user  # type: ignore[assignment]
    try:
        act()
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, told)
    if not case.initiative.is_written_by(user):
        return redirect("home")
    return redirect("draft_writers", case.initiative.reference)


def _page(
    request: HttpRequest, case: Case, *, with_whom: forms.Form | None = None, for_whom: forms.Form | None = None
) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]
    initiative = case.initiative
    prefetch_related_objects([initiative], "co_authors")
    context = {
        "initiative": initiative,
        "co_authors": list(initiative.co_authors.all()),
        "may_take_away": user.pk == initiative.author_id or initiative.author_id is None,
        "with_whom": with_whom or CoAuthorForm(initiative=initiative),
        "for_whom": (for_whom or WriteForForm(initiative=initiative)) if may_write_for(user, initiative) else None,
    }
    return render(request, "governance/draft_writers.html", context)
