"""Bringing a register in and taking it out, for administrators."""

from __future__ import annotations

import tempfile

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from followup.exports.register import Extract
from followup.exports.register_workbook import write_register
from followup.forms.register_io import MOST_BYTES, RegisterUploadForm
from followup.imports.faults import Outcome
from followup.imports.register import import_register
from governance.estimating import takes_long
from governance.views.long import WAITS, offer
from initiatives.models import Initiative
from initiatives.workbooks import uploads
from v6portal.organizations.access import administrators_only
from v6portal.organizations.receiving import Room, receives_files

MOST_ROWS = 20_000
"""About a thousand initiatives. More takes longer than a page should; the command has no such limit."""
UPLOAD = "register_upload"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@receives_files(lambda: Room(request=3 * MOST_BYTES))
@administrators_only
@require_http_methods(["GET", "POST"])
def register_import(request: HttpRequest) -> HttpResponse:
    """Choose a file; what it would do is shown before anything is stored."""
    sent = request.method == "POST"
    form = RegisterUploadForm(request.POST, request.FILES) if sent else RegisterUploadForm()
    if sent and form.is_valid():
        return redirect("register_preview", uploads.keep(form.cleaned_data["file"], request.session, UPLOAD))
    submitted = Initiative.objects.submitted()
    context = {
        "form": form,
        "readable": submitted.visible_to(request.user).count(),  # type: ignore[arg-type]
        "all": submitted.count(),
    }
    return render(request, "followup/register_import.html", context)


@administrators_only
@require_http_methods(["GET", "POST"])
def register_preview(request: HttpRequest, token: str) -> HttpResponse:
    """What the file would do, with every fault; and the button that does it."""
    found = uploads.waiting(token, request.session, UPLOAD)
    if found is None:
        messages.error(request, _("Filen finns inte kvar. Välj den igen."))
        return redirect("register_import")
    path, name = found
    outcome = import_register(path, preview=request.method != "POST", most_rows=MOST_ROWS)
    if outcome.written:
        uploads.discard(request.session, UPLOAD)
        messages.success(request, _done(outcome))
        return redirect("register_import")
    return render(request, "followup/register_preview.html", {"outcome": outcome, "name": name, "token": token})


def _done(outcome: Outcome) -> str:
    return _("Registret är inläst: %(created)d rader skapade, %(matched)d fanns redan.") % {
        "created": outcome.totals.created,
        "matched": outcome.totals.matched,
    }


@administrators_only  # type: ignore[arg-type]  # a file is streamed
@require_GET
def register_export(request: HttpRequest) -> HttpResponse | FileResponse:
    """The register as a workbook, with the initiatives that the person may read; a long one in the background."""
    rows = Initiative.objects.submitted().visible_to(request.user).count()  # type: ignore[arg-type]
    if WAITS not in request.GET and takes_long("register", rows):
        return offer(request, _("Registret"), what="register", query="", rows=rows)
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    write_register(file, Extract(reader=request.user))  # type: ignore[arg-type]
    file.seek(0)
    name = f"register-{timezone.localdate()}.xlsx"
    return FileResponse(file, as_attachment=True, filename=name, content_type=WORKBOOK)
