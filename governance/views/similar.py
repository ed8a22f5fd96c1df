"""Initiatives like one that is written or qualified: the list, *Inte samma*, and *Det är samma sak*."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from governance.actions import dismiss, say_same_need, take_back_dismissal
from governance.forms.similar import SameNeedForm
from governance.models import Case
from governance.presenting.similar import DISMISSED, similar_for
from governance.statuses import LIVE, Status
from v6portal.organizations.errors import Refused

from .acts import readable_case
from .once import already_made, remember


@require_safe
def similar(request: HttpRequest, reference: str) -> HttpResponse:
    """Those like an initiative that has been sent in. For a draft they stand beside its form."""
    case = readable_case(request, reference)
    if case.status == Status.DRAFT:
        return redirect("initiative_edit", reference)
    found = similar_for(case, request.user, dismissed=request.GET.get(DISMISSED, ""))  # type: ignore[arg-type]
    return render(request, "governance/similar.html", {"case": case, "initiative": case.initiative, "similar": found})


@require_http_methods(["GET", "POST"])
def not_same(request: HttpRequest, reference: str, other: str) -> HttpResponse:
    """*Inte samma*, or with ``undo`` that it is taken back. htmx gets the list anew, a browser its page again."""
    case, its_like = readable_case(request, reference), _other(request, other)
    undo = "undo" in request.POST
    if request.method == "POST":
        answer = take_back_dismissal if undo else dismiss
        try:
            answer(case=case, other=its_like.initiative, by=request.user)  # type: ignore[arg-type]
        except Refused as refusal:
            return _refused(request, case, refusal)
    if request.htmx:  # type: ignore[attr-defined]
        dismissed = "" if undo else its_like.initiative.reference
        found = similar_for(case, request.user, dismissed=dismissed, is_restored=undo)  # type: ignore[arg-type]
        return render(request, "governance/_similar_list.html", {"similar": found})
    page = reverse("initiative_edit" if case.status == Status.DRAFT else "similar", args=[reference])
    return redirect(page if undo else f"{page}?{urlencode({DISMISSED: its_like.initiative.reference})}#liknande")


@require_http_methods(["GET", "POST"])
def same(request: HttpRequest, reference: str, other: str) -> HttpResponse:
    """*Det är samma sak*: the draft and the other beside each other, what will happen, and one button.

    Sent twice it is still done once, also when the first threw the draft away.
    """
    with transaction.atomic():
        token = request.POST.get("token", "")
        if made := token and already_made(request, token):
            return redirect("initiative", made)
        return _same(request, reference, other)


def _same(request: HttpRequest, reference: str, other: str) -> HttpResponse:
    case, its_like = readable_case(request, reference), _other(request, other)
    if case.status != Status.DRAFT:
        raise Http404(_("Det här görs från ett utkast."))
    if its_like.status not in LIVE:
        messages.error(request, _("%(other)s är avslutat. Läs varför innan du skickar in ditt.") % {"other": other})
        return redirect("initiative_edit", reference)
    form = SameNeedForm(
        request.POST or None,
        may_throw_away=case.initiative.author_id == request.user.pk,
        losing=[str(person) for person in case.initiative.co_authors.all()],
    )
    if request.method == "POST" and form.is_valid():
        return _said(request, case, its_like, form)
    context = {"form": form, "initiative": case.initiative, "case": case, "other": its_like}
    return render(request, "governance/same.html", context)


def _said(request: HttpRequest, case: Case, other: Case, form: SameNeedForm) -> HttpResponse:
    gone = form.cleaned_data.get("throw_away", False)
    try:
        say_same_need(
            draft=case,
            other=other,
            by=request.user,  # type: ignore[arg-type]
            note=form.cleaned_data["note"],
            throw_away=gone,
        )
    except Refused as refusal:
        return _refused(request, case, refusal)
    if form.cleaned_data["token"]:
        remember(request, form.cleaned_data["token"], other.initiative.reference)
    told = _("Du bevakar initiativet, och den som äger det ser att ni har samma behov.")
    messages.success(request, f"{told} {_('Ditt utkast är borttaget.')}" if gone else told)
    return redirect(other)


def _other(request: HttpRequest, reference: str) -> Case:
    """The one compared with: submitted, and among what the person may see."""
    cases = Case.objects.visible_to(request.user).exclude(status=Status.DRAFT)  # type: ignore[arg-type]
    return get_object_or_404(cases.select_related("initiative__organisation"), initiative__reference=reference)


def _refused(request: HttpRequest, case: Case, refusal: Refused) -> HttpResponse:
    messages.error(request, str(refusal))
    return redirect(case)
