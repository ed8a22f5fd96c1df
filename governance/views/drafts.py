"""Writing an initiative: a draft that is saved, changed, thrown away or sent in."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from governance.actions import create_draft, delete_draft, perform, update_draft
from governance.acts import Act
from governance.forms.drafts import (
    DraftForm,
    Text,
    differences,
    initial_for,
    looks_like_personal_numbers,
    text_of,
    typed_in,
    version_of,
)
from governance.models import Case
from governance.presenting import waiting
from governance.presenting.firstpage import writing_home
from governance.presenting.similar import DISMISSED, similar_for
from governance.statuses import Status
from initiatives.actions import missing_fields
from v6portal.organizations.access import people_with_a_role
from v6portal.organizations.errors import Refused
from v6portal.organizations.models import Organisation, User

from .once import already_made, remember

NOT_HERE = gettext_lazy("Initiativ skrivs i en kommun eller i Göliska IT. Byt till en roll där för att skriva ett.")


@people_with_a_role
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new initiative in the organisation one acts for; it becomes a draft at the first save."""
    organisation = writing_home(request.user)  # type: ignore[arg-type]
    if organisation is None:
        raise PermissionDenied(NOT_HERE)
    if request.method != "POST":
        return _page(request, DraftForm(initial={"token": uuid.uuid4().hex}), organisation=organisation)
    form = DraftForm(request.POST)
    if not form.is_valid():
        return _page(request, form, organisation=organisation)
    reference, is_new = _created(request, form, organisation)
    return _saved(request, reference, form) if is_new else edit(request, reference)


def _created(request: HttpRequest, form: DraftForm, organisation: Organisation) -> tuple[str, bool]:
    """The reference of what this opened form has made, and whether it was made just now."""
    user: User = request.user  # type: ignore[assignment]
    token = form.cleaned_data["token"]
    with transaction.atomic():
        if token and (made := already_made(request, token)):
            return made, False
        case = create_draft(by=user, organisation=organisation, **form.text())
        reference = case.initiative.reference
        remember(request, token, reference)
    return reference, True


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, reference: str) -> HttpResponse:
    """Changes a draft. Two tabs do not overwrite each other: the second is shown what the first one saved."""
    case = _case_or_404(request, reference)
    if request.method != "POST":
        if case.status != Status.DRAFT:
            return redirect("initiative", reference)
        return _page(request, DraftForm(initial=initial_for(case.initiative)), case=case)
    form = DraftForm(request.POST)
    if not form.is_valid():
        return _page(request, form, case=case)
    with transaction.atomic():
        case = _case_or_404(request, reference, lock=True)
        stored = text_of(case.initiative)
        typed = form.text(stored)
        if case.status != Status.DRAFT:
            return _too_late(request, case, stored, typed)
        if typed != stored and form.cleaned_data["version"] != version_of(stored):
            return _two_versions(request, case, stored, typed)
        update_draft(case=case, by=request.user, **typed)  # type: ignore[arg-type]
    return _saved(request, reference, form)


@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, reference: str) -> HttpResponse:
    """Throws a draft away, after asking."""
    case = _case_or_404(request, reference)
    if case.status != Status.DRAFT:
        return redirect("initiative", reference)
    if request.method != "POST":
        return render(request, "governance/draft_delete.html", {"initiative": case.initiative})
    try:
        delete_draft(case=case, by=request.user)  # type: ignore[arg-type]
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("initiative_edit", reference)
    messages.success(request, _("Utkastet ”%s” är borttaget.") % case.initiative.title)
    return redirect("home")


def _case_or_404(request: HttpRequest, reference: str, *, lock: bool = False) -> Case:
    user: User = request.user  # type: ignore[assignment]
    cases = Case.objects.visible_to(user).filter(waiting.written_by(user))
    if lock:
        cases = cases.select_for_update(of=("self",))
    return get_object_or_404(cases.select_related("initiative__organisation"), initiative__reference=reference)


def _saved(request: HttpRequest, reference: str, form: DraftForm) -> HttpResponse:
    """After saving: back to the draft, or onwards if the person pressed *Skicka in*."""
    case = _case_or_404(request, reference)
    text = text_of(case.initiative)
    if "submit" in request.POST:
        return _submit(request, case, text, told=form.cleaned_data["noticed"])
    messages.success(request, _("Utkastet är sparat som %s. Bara du ser det.") % reference)
    if looks_like_personal_numbers(text):
        messages.warning(request, _("Texten ser ut att innehålla ett personnummer. Ta bort det innan du skickar in."))
    return redirect("initiative_edit", reference)


def _submit(request: HttpRequest, case: Case, text: Text, *, told: bool) -> HttpResponse:
    """Sends in what has just been saved, or shows the draft again with what stands in the way."""
    form = typed_in(case.initiative)
    if looks_like_personal_numbers(text) and not told:
        form.add_error(
            None,
            _("Texten ser ut att innehålla ett personnummer. Ta bort det. Är det något annat, tryck Skicka in igen."),
        )
    elif form.ready_to_submit(text):
        try:
            perform(Act.SUBMIT, case=case, by=request.user, seen=Status.DRAFT)  # type: ignore[arg-type]
        except Refused as refusal:
            form.add_error(None, refusal.sentences)
        else:
            messages.success(request, _("Initiativet är inskickat. Här ser du hur det går."))
            return redirect(case)
    return _page(request, form, case=case, error_title=_("Utkastet är sparat, men inte inskickat"))


def _two_versions(request: HttpRequest, case: Case, stored: Text, typed: Text) -> HttpResponse:
    """What is stored and what was typed, field by field; saving again is a choice made with open eyes."""
    form = typed_in(case.initiative, typed)
    return _page(request, form, case=case, differences=list(differences(stored, typed)))


def _too_late(request: HttpRequest, case: Case, stored: Text, typed: Text) -> HttpResponse:
    """Sent in from another tab in the meantime: nothing is saved, and nothing typed is lost."""
    found = list(differences(stored, typed))
    if not found:
        return redirect(case)
    return render(request, "governance/draft_too_late.html", {"initiative": case.initiative, "differences": found})


def _page(
    request: HttpRequest,
    form: DraftForm,
    *,
    case: Case | None = None,
    organisation: Organisation | None = None,
    **more: Any,
) -> HttpResponse:
    initiative = case.initiative if case else None
    context = {
        "form": form,
        "initiative": initiative,
        "organisation": initiative.organisation if initiative else organisation,
        "similar": similar_for(case, request.user, dismissed=request.GET.get(DISMISSED, "")) if case else None,  # type: ignore[arg-type]
        "left": missing_fields(initiative) if initiative else (),
        "differences": [],
        "error_title": "",
        **more,
    }
    return render(request, "governance/draft.html", context)
