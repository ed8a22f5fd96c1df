"""Attachments of one initiative: the list, taking files in, giving them out, and removing them."""

from __future__ import annotations

import uuid

import structlog
from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from governance.actions import attach, remove_attachment
from governance.acts import Act
from governance.models import Case
from governance.presenting.attachments import Attachments, Fault, attachments_of, may_change, why_not
from governance.statuses import Status
from initiatives.actions.attaching import sentence
from initiatives.attachments.packages import MEGABYTE
from initiatives.attachments.reasons import Reason
from v6portal.organizations.errors import Refused
from v6portal.organizations.models import User
from v6portal.organizations.receiving import Room, receives_files

log = structlog.get_logger(__name__)

FIELD = "files"
SAFE_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}
"""Whatever a file is, a browser only ever saves it."""


def room() -> Room:
    """As many files as an initiative may have in one go, each cut off where it becomes too large."""
    largest = settings.ATTACHMENT_MEGABYTES * MEGABYTE
    return Room(request=settings.ATTACHMENT_COUNT * largest + MEGABYTE, file=largest)


@receives_files(room)
@require_http_methods(["GET", "POST"])
def attachments(request: HttpRequest, reference: str) -> HttpResponse:
    """What is attached, for those who see the initiative; with room for more, for those who may change it."""
    case, user = _case_or_404(request, reference), _person(request)
    shown = attachments_of(case, user)
    if request.method != "POST":
        return _page(request, case, shown)
    if not shown.may_change:
        return _page(request, case, shown.told([Fault("", why_not(case))], []), status=409)
    added, faults = _take_in(request, case)
    shown = attachments_of(case, user).told(faults, added)
    if faults or request.htmx:  # type: ignore[attr-defined]
        return _page(request, case, shown, status=422 if faults else 200)
    messages.success(request, _what_was_added(added))
    return redirect(_where_from(case))


def _take_in(request: HttpRequest, case: Case) -> tuple[list[str], list[Fault]]:
    """Each file by itself: the good ones are kept whatever is wrong with the others."""
    added: list[str] = []
    faults = [Fault(name, sentence(Reason.TOO_LARGE_A_FILE)) for name in _cut_off(request)]
    for file in request.FILES.getlist(FIELD):
        name = file.name or ""
        try:
            attach(case=case, by=_person(request), file=file, name=name)
        except Refused as refused:
            faults.append(Fault(name, str(refused)))
        else:
            added.append(name)
    if not added and not faults:
        faults.append(Fault("", _("Välj minst en fil.")))
    return added, faults


def _cut_off(request: HttpRequest) -> list[str]:
    """Names of files that were too large; known once what was sent has been read."""
    request.FILES  # noqa: B018
    return list(getattr(request, "too_large", ()))


@require_safe
def attachment(request: HttpRequest, reference: str, public_id: uuid.UUID) -> FileResponse:
    """The file itself, to be saved and never shown, for those who see the initiative."""
    case = _case_or_404(request, reference)
    found = get_object_or_404(case.initiative.attachments.readable(), public_id=public_id)
    if found.purged_at is not None:
        raise Http404(_("Filen är gallrad."))
    try:
        content = found.file.open("rb")
    except FileNotFoundError:
        log.error("attachment missing in the storage", attachment=str(public_id))
        raise Http404(_("Filen saknas.")) from None
    response = FileResponse(content, as_attachment=True, filename=found.name, content_type=found.content_type)
    for header, value in SAFE_HEADERS.items():
        response[header] = value
    return response


@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, reference: str, public_id: uuid.UUID) -> HttpResponse:
    """Removes an attachment, after asking."""
    case, user = _case_or_404(request, reference), _person(request)
    found = get_object_or_404(case.initiative.attachments.current(), public_id=public_id)
    if not may_change(case, user):
        return _page(request, case, attachments_of(case, user).told([Fault("", why_not(case))], []), status=409)
    if request.method != "POST":
        context = {"case": case, "initiative": case.initiative, "attachment": found, "back": _where_from(case)}
        return render(request, "governance/attachment_remove.html", context)
    try:
        remove_attachment(case=case, by=user, attachment=found)
    except Refused as refused:
        return _page(request, case, attachments_of(case, user).told([Fault(found.name, str(refused))], []), status=409)
    if request.htmx:  # type: ignore[attr-defined]
        return _page(request, case, attachments_of(case, user))
    messages.success(request, _("Bilagan ”%s” är borttagen.") % found.name)
    return redirect(_where_from(case))


def _person(request: HttpRequest) -> User:
    return request.user  # type: ignore[return-value]


def _case_or_404(request: HttpRequest, reference: str) -> Case:
    cases = Case.objects.visible_to(_person(request)).select_related("initiative__organisation")
    return get_object_or_404(cases, initiative__reference=reference)


def _where_from(case: Case) -> str:
    """The page on which attachments are changed."""
    if case.status == Status.DRAFT:
        return reverse("initiative_edit", args=[case.initiative.reference]) + "#bilagor"
    return reverse("act", args=[case.initiative.reference, Act.SUPPLEMENT]) + "#bilagor"


def _what_was_added(added: list[str]) -> str:
    return ngettext("Bilagan är tillagd.", "%(count)d bilagor är tillagda.", len(added)) % {"count": len(added)}


def _page(request: HttpRequest, case: Case, shown: Attachments, status: int = 200) -> HttpResponse:
    """A page of its own; or the part alone when htmx asks, which takes over only what is answered with 200."""
    context = {
        "case": case,
        "initiative": case.initiative,
        "attachments": shown,
        "back": _where_from(case) if shown.may_change else case.get_absolute_url(),
    }
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "governance/_attachments.html", context)
    return render(request, "governance/attachments.html", context, status=status)
