"""The draft that saves by itself while one writes: small answers that the page puts in where they belong.

What cannot be kept is told and stays in the browser. Every answer carries ``data-outcome``, which is all that the
page's script needs to know.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from governance.forms.differences import differences
from governance.forms.drafts import DraftForm, text_of, version_of
from governance.forms.hints import hints
from governance.presenting.attachments import attachments_of
from governance.presenting.similar import similar_for
from v6portal.organizations.models import Organisation, User

from .saving import Saving, keep_new, save

NOT_HER = 401
"""Nobody, or another person, is signed in now: the page asks to sign in again, in place."""


def new(request: HttpRequest, form: DraftForm, organisation: Organisation) -> HttpResponse:
    """The first save makes the draft; from then on the page writes to its own address."""
    user: User = request.user  # type: ignore[assignment]
    if not form.is_written_by(user):
        return HttpResponse(status=NOT_HER)
    if "title" in form.errors:
        return _without_title(request)
    return _answer(request, form, keep_new(user, form, organisation), is_new=True)


def edit(request: HttpRequest, form: DraftForm, reference: str) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]
    if not form.is_written_by(user):
        return HttpResponse(status=NOT_HER)
    if "title" in form.errors:
        return _without_title(request)
    return _answer(request, form, save(user, reference, form), is_new=False)


def _without_title(request: HttpRequest) -> HttpResponse:
    return render(request, "governance/_draft_unsaved.html", {"outcome": "untitled"})


def _answer(request: HttpRequest, form: DraftForm, saving: Saving, *, is_new: bool) -> HttpResponse:
    initiative = saving.case.initiative
    if saving.outcome is not Saving.Outcome.SAVED:
        return _unsaved(request, saving)
    similar = similar_for(saving.case, request.user, out_of_band=True)  # type: ignore[arg-type]
    context: dict[str, Any] = {
        "form": form,
        "initiative": initiative,
        "organisation": initiative.organisation,
        "version": version_of(text_of(initiative)),
        "now": timezone.localtime(),
        "hints": hints(text_of(initiative), DraftForm.base_fields),
        "unkept": [field for field in form if field.errors],
        "is_new": is_new,
        "shows_other_title": is_new or saving.stored["title"] != initiative.title,
        "similar": similar,
        "shows_other_similar": is_new or request.POST.get("similar_shown", "") != similar.shown,
        "attachments": attachments_of(saving.case, request.user) if is_new else None,  # type: ignore[arg-type]
    }
    response = render(request, "governance/_draft_saved.html", context)
    if is_new:
        response["HX-Replace-Url"] = reverse("initiative_edit", args=[initiative.reference])
    return response


def _unsaved(request: HttpRequest, saving: Saving) -> HttpResponse:
    """Somebody else has written meanwhile, or it is sent in: what stands there now, and what was typed."""
    context = {
        "outcome": "collided" if saving.outcome is Saving.Outcome.COLLIDED else "too-late",
        "initiative": saving.case.initiative,
        "differences": list(differences(saving.stored, saving.typed)),
        "against": version_of(saving.stored),
    }
    return render(request, "governance/_draft_unsaved.html", context)
