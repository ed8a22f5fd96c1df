"""Evidence of what was done and what it cost: the list, taking files in, and removing them."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from governance.actions import attach, remove_attachment
from governance.acts import Act
from governance.forms.evidence import EvidenceForm
from governance.models import Case, Evidence
from governance.presenting.evidence import groups_of, whose_costs
from governance.reading import actor_for, read_places
from governance.workflow import row_for
from initiatives.actions.attaching import sentence
from initiatives.attachments.packages import MEGABYTE
from initiatives.attachments.reasons import Reason
from v6portal.organizations.errors import Refused
from v6portal.organizations.models import User
from v6portal.organizations.receiving import Room, receives_files

from .acts import readable_case

CLOSED = 409


def _room() -> Room:
    """One file at a time."""
    largest = settings.ATTACHMENT_MEGABYTES * MEGABYTE
    return Room(request=largest + MEGABYTE, file=largest)


@receives_files(_room)
@require_http_methods(["GET", "POST"])
def evidence(request: HttpRequest, reference: str) -> HttpResponse:
    """What there is, for those who see the initiative; with room for more, for those whom the table lets."""
    case, user = readable_case(request, reference), _person(request)
    if request.method != "POST":
        return _page(request, case, _form(request, case))
    form = _form(request, case)
    if form is None:
        return _page(request, case, None, refusal=_not_now(), status=CLOSED)
    if getattr(request, "too_large", ()):
        form.add_error("file", sentence(Reason.TOO_LARGE_A_FILE))
    if not form.is_valid():
        return _page(request, case, form)
    file = form.cleaned_data["file"]
    try:
        attach(case=case, by=user, file=file, name=file.name, about=form.about())
    except Refused as refused:
        form.add_error("file", str(refused))
        return _page(request, case, form)
    messages.success(request, _("Underlaget ”%s” är tillagt.") % file.name, extra_tags=form.keep)
    return redirect("evidence", reference)


@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, reference: str, public_id: uuid.UUID) -> HttpResponse:
    """Removes a piece of evidence, after asking. The file stays in the record."""
    case, user = readable_case(request, reference), _person(request)
    current = Evidence.objects.current().filter(attachment__initiative=case.pk).select_related("attachment")
    found = get_object_or_404(current, attachment__public_id=public_id).attachment
    if row_for(Act.REMOVE_ATTACHMENT, read_places(case), actor_for(user, case)) is None:
        return _page(request, case, None, refusal=_not_now(), status=CLOSED)
    if request.method != "POST":
        context = {"case": case, "initiative": case.initiative, "attachment": found}
        return render(request, "governance/evidence_remove.html", context)
    try:
        remove_attachment(case=case, by=user, attachment=found)
    except Refused as refused:
        return _page(request, case, _form(request, case, fresh=True), refusal=str(refused), status=CLOSED)
    messages.success(request, _("Underlaget ”%s” är borttaget.") % found.name)
    return redirect("evidence", reference)


def _person(request: HttpRequest) -> User:
    return request.user  # type: ignore[return-value]


def _not_now() -> str:
    return _("Du kan inte ändra underlag i den roll du har nu, eller i det läge som initiativet har.")


def _own(request: HttpRequest, case: Case) -> tuple[bool, int | None]:
    """Whether the person may add evidence, and the organisation whose costs alone she may add it to."""
    facts, actor = read_places(case), actor_for(_person(request), case)
    rows = (row for row in [row_for(Act.ATTACH, facts, actor)] if row and row.is_of_evidence)
    row = next(rows, None)
    return row is not None, whose_costs(row, actor, facts)


def _form(request: HttpRequest, case: Case, *, fresh: bool = False) -> EvidenceForm | None:
    may, own = _own(request, case)
    if not may:
        return None
    sent = request.method == "POST" and not fresh
    data, files = (request.POST, request.FILES) if sent else (None, None)
    return EvidenceForm(data, files, case=case, own=own, chosen=request.GET.get("till", ""))


def _page(
    request: HttpRequest, case: Case, form: EvidenceForm | None, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    may, own = _own(request, case)
    context = {
        "case": case,
        "initiative": case.initiative,
        "form": form,
        "groups": groups_of(case, own, may_change=may),
        "refusal": refusal,
    }
    return render(request, "governance/evidence.html", context, status=status)
