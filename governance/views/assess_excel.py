"""Assessing in a workbook: fetching one's forms, and uploading them when they are filled in."""

from __future__ import annotations

from pathlib import Path

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from governance.exports.assessment_form import CONTENT_TYPE, MOST_FORMS, write_forms
from governance.forms.assess_excel import MOST_BYTES, FilledInForm
from governance.imports.assessment_form import preview, store
from governance.presenting.own_forms import OwnForm, forms_by_reference, waiting_forms
from initiatives.models import Level
from initiatives.workbooks import uploads
from v6portal.organizations.access import people_with_a_role
from v6portal.organizations.errors import Refused
from v6portal.organizations.models import User
from v6portal.organizations.receiving import Room, receives_files

from .acts import readable_case
from .once import already_made, remember

UPLOAD = "assessment_upload"


@people_with_a_role
@require_safe
def assess_excel(request: HttpRequest) -> HttpResponse:
    """What there is to fetch, and where it is sent back."""
    return _page(request, FilledInForm())


@people_with_a_role  # type: ignore[arg-type]  # a file is streamed
@require_safe
def assess_forms(request: HttpRequest) -> FileResponse | HttpResponse:
    """All that waits for the person's assessment, or what waits at the level that the address names."""
    forms = waiting_forms(_person(request), request.GET.get("level", ""))[:MOST_FORMS]
    if not forms:
        messages.info(request, _("Inget väntar på din bedömning just nu."))
        return redirect("assess_excel")
    return _file(request, forms, f"bedomning-{timezone.localdate()}.xlsx")


@require_safe
def assess_form(request: HttpRequest, reference: str) -> FileResponse | HttpResponse:
    """The form of one initiative; those who cannot answer it are led to the page that says why."""
    case, user = readable_case(request, reference), _person(request)
    form = forms_by_reference(user, [case.initiative.reference])[case.initiative.reference]
    if form.obstacle:
        messages.info(request, form.obstacle)
        return redirect("assess", reference)
    return _file(request, [form], f"bedomning-{form.reference}.xlsx")


@receives_files(lambda: Room(request=3 * MOST_BYTES))
@people_with_a_role
@require_http_methods(["GET", "POST"])
def assess_upload(request: HttpRequest) -> HttpResponse:
    """Takes the file; what it would do is shown before anything is stored."""
    if request.method != "POST":
        return redirect("assess_excel")
    form = FilledInForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=422)
    return redirect("assess_preview", uploads.keep(form.cleaned_data["file"], request.session, UPLOAD))


@people_with_a_role
@require_http_methods(["GET", "POST"])
def assess_preview(request: HttpRequest, token: str) -> HttpResponse:
    """What the file would change, with every fault; and the buttons that store it."""
    if request.method != "POST":
        return _looked_at(request, token)
    with transaction.atomic():
        if told := already_made(request, token):
            messages.success(request, told)
            return redirect("assess_excel")
        return _looked_at(request, token)


def _looked_at(request: HttpRequest, token: str) -> HttpResponse:
    found = uploads.waiting(token, request.session, UPLOAD)
    if found is None:
        messages.error(request, _("Filen finns inte kvar. Välj den igen."))
        return redirect("assess_excel")
    path, name = found
    problems: list[str] = []
    if request.method == "POST":
        problems = _stored(request, path, token)
        if not problems:
            uploads.discard(request.session, UPLOAD)
            return redirect("assess_excel")
    plan = preview(path, _person(request), request.POST.dict())
    context = {"plan": plan, "name": name, "token": token, "problems": problems}
    return render(request, "governance/assess_preview.html", context, status=409 if problems else 200)


def _stored(request: HttpRequest, path: Path, token: str) -> list[str]:
    """Stores the file and says so; returns the sentences that stand in the way, if any do."""
    sent, hand_in = request.POST.dict(), "hand_in" in request.POST
    try:
        done = store(path, _person(request), seen=sent.get("seen", ""), choices=sent, hand_in=hand_in)
    except Refused as refused:
        return refused.sentences
    told = _what_was_done(*done)
    remember(request, token, told)
    messages.success(request, told)
    return []


def _what_was_done(answers: int, initiatives: int, handed_in: int) -> str:
    told = [_("Inget svar är ändrat.")]
    if answers:
        where = ngettext("%(count)d initiativ", "%(count)d initiativ", initiatives) % {"count": initiatives}
        saved = ngettext("%(count)d svar är sparat", "%(count)d svar är sparade", answers) % {"count": answers}
        told = [_("%(saved)s i %(where)s.") % {"saved": saved, "where": where}]
    if handed_in:
        told.append(
            ngettext("%(count)d bedömning är lämnad.", "%(count)d bedömningar är lämnade.", handed_in)
            % {"count": handed_in}
        )
    elif answers:
        told.append(_("Bara du ser svaren tills du lämnar bedömningen."))
    return " ".join(told)


def _file(request: HttpRequest, forms: list[OwnForm], name: str) -> FileResponse:
    file = write_forms(_person(request), forms)
    response = FileResponse(file, as_attachment=True, filename=name, content_type=CONTENT_TYPE)
    response["Cache-Control"] = "private, no-store"
    return response


def _page(request: HttpRequest, form: FilledInForm, status: int = 200) -> HttpResponse:
    forms = waiting_forms(_person(request))
    levels = [(level, sum(one.round.level == level for one in forms if one.round)) for level in Level]
    context = {"form": form, "forms": forms, "levels": levels, "most": MOST_FORMS, "is_more": len(forms) > MOST_FORMS}
    return render(request, "governance/assess_excel.html", context, status=status)


def _person(request: HttpRequest) -> User:
    return request.user  # type: ignore[return-value]
