"""Writing an initiative: a draft that is saved, changed, thrown away or sent in.

The same addresses answer the page that saves by itself while one writes (``autosave``) and the one that saves by its
buttons, so that nothing depends on a script.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from governance.actions import delete_draft, perform
from governance.acts import Act
from governance.forms.differences import differences
from governance.forms.drafts import DraftForm, initial_for, text_of, typed_in, version_of
from governance.forms.hints import hints, told_mark
from governance.models import Case
from governance.presenting.attachments import attachments_of
from governance.presenting.firstpage import usual_department, writing_home
from governance.presenting.similar import DISMISSED, SimilarList, similar_for
from governance.statuses import Status
from v6portal.organizations.access import people_with_a_role
from v6portal.organizations.errors import Refused
from v6portal.organizations.models import Organisation, User

from . import autosave
from .saving import Saving, home_of, keep_new, own_draft_or_404, save

NOT_HERE = gettext_lazy("Initiativ skrivs i en kommun eller i Göliska IT. Byt till en roll där för att skriva ett.")


@never_cache
@people_with_a_role
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new initiative in the organisation one acts for; it becomes a draft at the first save."""
    user: User = request.user  # type: ignore[assignment]
    organisation = home_of(user, request.POST.get("home", "")) or writing_home(user)
    if organisation is None:
        raise PermissionDenied(NOT_HERE)
    if request.method != "POST":
        initial = {"home": organisation.key, "department": usual_department(user, organisation)}
        return _page(request, _opened(user, **initial), organisation=organisation)
    form = DraftForm(request.POST)
    is_valid = form.is_valid()
    if "autosave" in request.POST:
        return autosave.new(request, form, organisation)
    if not is_valid or not form.is_written_by(user):
        return _page(request, form, organisation=organisation)
    saving = keep_new(user, form, organisation)
    return _saved(request, saving, form)


@never_cache
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, reference: str) -> HttpResponse:
    """Changes a draft. Two tabs do not overwrite each other: the second is shown what the first one saved."""
    user: User = request.user  # type: ignore[assignment]
    case = own_draft_or_404(user, reference)
    if request.method != "POST":
        if case.status != Status.DRAFT:
            return redirect("initiative", reference)
        return _page(request, _opened(user, **initial_for(case.initiative)), case=case)
    form = DraftForm(request.POST)
    is_valid = form.is_valid()
    if "autosave" in request.POST:
        return autosave.edit(request, form, reference)
    if not is_valid:
        return _page(request, form, case=case)
    return _saved(request, save(user, reference, form), form)


def _opened(user: User, **initial: Any) -> DraftForm:
    """A form that nobody has sent yet; its token is its own."""
    return DraftForm(initial={**initial, "token": uuid.uuid4().hex, "writer": user.pk})


@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, reference: str) -> HttpResponse:
    """Throws a draft away, after asking."""
    user: User = request.user  # type: ignore[assignment]
    case = own_draft_or_404(user, reference)
    if case.status != Status.DRAFT:
        return redirect("initiative", reference)
    if request.method != "POST":
        return render(request, "governance/draft_delete.html", {"initiative": case.initiative})
    try:
        delete_draft(case=case, by=user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("initiative_edit", reference)
    messages.success(request, _("Utkastet ”%s” är borttaget.") % case.initiative.title)
    return redirect("home")


def _saved(request: HttpRequest, saving: Saving, form: DraftForm) -> HttpResponse:
    """After a press on a button: what hinders, back to the draft, or onwards if she pressed *Skicka in*."""
    case = saving.case
    match saving.outcome:
        case Saving.Outcome.TOO_LATE:
            return _too_late(request, saving)
        case Saving.Outcome.COLLIDED:
            again = typed_in(case.initiative, form, saving.typed)
            found = list(differences(saving.stored, saving.typed))
            return _page(request, again, case=case, differences=found, against=version_of(saving.stored))
    if "submit" in request.POST:
        return _submit(request, case, form)
    told = _("Utkastet är sparat som %s.") % case.initiative.reference
    messages.success(request, told, extra_tags=form.cleaned_data["token"])
    return redirect("initiative_edit", case.initiative.reference)


def _submit(request: HttpRequest, case: Case, sent: DraftForm) -> HttpResponse:
    """Sends in what has just been saved, or shows the draft again with what stands in the way."""
    warned, text = False, text_of(case.initiative)
    form, found = typed_in(case.initiative, sent), hints(text, DraftForm.base_fields)
    if sent.cleaned_data["noticed"] != told_mark(found):
        form.warn(found)
        warned = True
    elif form.ready_to_submit(text):
        try:
            perform(Act.SUBMIT, case=case, by=request.user, seen=Status.DRAFT)  # type: ignore[arg-type]
        except Refused as refusal:
            form.add_error(None, refusal.sentences)
        else:
            told = _("Initiativet är inskickat. Här ser du hur det går.")
            messages.success(request, told, extra_tags=sent.cleaned_data["token"])
            return redirect(case)
    return _page(request, form, case=case, error_title=_("Utkastet är sparat, men inte inskickat"), warned=warned)


def _too_late(request: HttpRequest, saving: Saving) -> HttpResponse:
    """Sent in from another tab in the meantime: nothing is saved, and nothing typed is lost."""
    found = list(differences(saving.stored, saving.typed))
    if not found:
        return redirect(saving.case)
    context = {"initiative": saving.case.initiative, "differences": found}
    return render(request, "governance/draft_too_late.html", context)


def _page(
    request: HttpRequest,
    form: DraftForm,
    *,
    case: Case | None = None,
    organisation: Organisation | None = None,
    **more: Any,
) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]
    initiative = case.initiative if case else None
    noticed = request.GET.get(DISMISSED, "")
    context = {
        "form": form,
        "initiative": initiative,
        "organisation": initiative.organisation if initiative else organisation,
        "hints": hints(text_of(initiative), DraftForm.base_fields) if initiative else [],
        "attachments": attachments_of(case, user),
        "similar": similar_for(case, user, dismissed=noticed) if case else SimilarList("", None, ()),
        "differences": [],
        "against": "",
        "warned": False,
        "error_title": "",
        **more,
    }
    return render(request, "governance/draft.html", context)
