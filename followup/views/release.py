"""*Utlämnande*: choosing what goes with a case, seeing what is left out and why, and getting it as a zip."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from followup.exports.release import build
from followup.presenting.releasing import Choice
from followup.reading import case_for_page
from followup.whole import page_of
from governance.actions import perform
from governance.acts import Act
from governance.forms.asked import form_for
from governance.models import Case
from governance.reading import actor_for, read_facts
from governance.views.acts import closed
from governance.workflow import row_for
from v6portal.organizations.errors import Refused
from v6portal.organizations.models import User


@require_http_methods(["GET", "POST"])
def release(request: HttpRequest, reference: str) -> HttpResponse | FileResponse:
    """The form with what follows and what does not; sent, the step is taken and the zip comes."""
    user: User = request.user  # type: ignore[assignment]
    case = get_object_or_404(case_for_page(user), initiative__reference=reference)
    facts = read_facts(case)
    row = row_for(Act.RELEASE, facts, actor_for(user, case))
    if row is None:
        return closed(request, case, Act.RELEASE, facts)
    form: Any = form_for(row, case=case, by=user, facts=facts, data=request.POST or None)
    if request.method != "POST" or "preview" in request.POST:
        return _page(request, case, form)
    if not form.is_valid():
        return _page(request, case, form)
    choice = Choice(case, user, form.chosen, form.with_notes)
    built = build(choice, page_of(case, user))
    try:
        perform(
            Act.RELEASE,
            case=case,
            by=user,
            given={**form.given(), "sha256": built.sha256},
            seen=form.cleaned_data["seen"],
        )
    except Refused as refused:
        built.file.close()
        form.refuse(refused.sentences)
        return _page(request, case, form)
    messages.success(request, _("Handlingarna är utlämnade. Det står i loggen."), extra_tags=form.keep)
    return FileResponse(
        built.file,
        as_attachment=True,
        filename=f"{reference}.zip",
        content_type="application/zip",
        headers={"Cache-Control": "private, no-store"},
    )


def _page(request: HttpRequest, case: Case, form: Any) -> HttpResponse:
    """What is chosen so far decides what is said to follow; a form that is only looked at complains of nothing."""
    looks = "preview" in request.POST
    form.is_valid()
    choice = Choice(case, form.by, form.chosen, form.with_notes)
    if looks:
        form.errors.clear()
    context = {
        "case": case,
        "initiative": case.initiative,
        "form": form,
        "choice": choice,
        "count": len(choice.events()),
        "withheld": choice.withheld(),
        "concerns": choice.concerns(),
        "secrecy": getattr(case.initiative, "secrecy", None),
    }
    return render(request, "followup/release.html", context)
