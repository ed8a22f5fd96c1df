"""Answering the survey: saved as one goes, handed in once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from followup.actions import hand_in_answers, save_answers
from followup.actions.survey_answers import SavedElsewhere, Sheet
from followup.forms.surveys import AnswerForm
from followup.models import Survey, SurveyDraft
from followup.presenting.survey_pages import differences, progress_of
from followup.survey_reading import invitation_of, reader_of
from followup.surveying import Doing, why_not
from v6portal.organizations.access import SIGN_IN_AGAIN
from v6portal.organizations.errors import Refused
from v6portal.organizations.models import User

from .surveys import survey_or_404


@require_http_methods(["GET", "POST"])
def survey(request: HttpRequest, period: str) -> HttpResponse:
    """The statements, for those who are to answer; for all others how it stands.

    Everybody who signs in has the page: who was invited may have left her role since.
    """
    found, user = survey_or_404(period), _person(request)
    invitation = invitation_of(found, user)
    refused = why_not(Doing.ANSWER, found.facts(timezone.localdate()), reader_of(found, user))
    if refused or invitation is None:
        return _closed(request, found, refused)
    draft = SurveyDraft.objects.filter(invitation=invitation).first() or SurveyDraft(invitation=invitation)
    if request.method != "POST":
        return _page(request, found, AnswerForm(survey=found, draft=draft, user=user))
    form = AnswerForm(request.POST, survey=found, draft=draft, user=user)
    return _saved(request, form) if "autosave" in request.POST else _sent(request, form)


def _person(request: HttpRequest) -> User:
    return request.user  # type: ignore[return-value]


def kept_as(survey: Survey) -> str:
    """Under which name the browser keeps what is answered."""
    return f"enkat/{survey.period.code}"


def _page(request: HttpRequest, survey: Survey, form: AnswerForm, **more: Any) -> HttpResponse:
    sheet = form.sheet() if form.is_bound else Sheet(form.draft.values)
    context = {"survey": survey, "form": form, "keep": kept_as(survey), "progress": progress_of(survey, sheet)}
    return render(request, "followup/survey.html", {**context, "differences": [], **more})


def _closed(request: HttpRequest, survey: Survey, refused: list[str]) -> HttpResponse:
    """Not hers to answer, or not now. What a page tried to save is told in words."""
    told = " ".join(refused)
    if "autosave" in request.POST:
        return render(request, "followup/_survey_unsaved.html", {"outcome": "too-late", "told": told, "survey": survey})
    invitation = invitation_of(survey, _person(request))
    context = {
        "survey": survey,
        "standing": survey.standing(timezone.localdate()).value,
        "is_answered": invitation is not None and invitation.has_answered,
        "is_invited": invitation is not None,
        "told": told,
    }
    return render(request, "followup/survey_closed.html", context, status=409 if request.method == "POST" else 200)


def _sent(request: HttpRequest, form: AnswerForm) -> HttpResponse:
    """A form that was sent: saved, or handed in, as its button said. A refusal is shown in it."""
    survey, user = form.survey, _person(request)
    is_valid = form.is_valid()
    if not form.is_hers:
        form.add_error(None, _("Du är inloggad som någon annan nu än när sidan öppnades."))
        return _page(request, survey, form)
    if not is_valid:
        return _page(request, survey, form)
    act = hand_in_answers if form.hands_in else save_answers
    try:
        act(survey=survey, by=user, sheet=form.sheet(), sending=form.sending())
    except SavedElsewhere:
        return _collided(request, form)
    except Refused as refused:
        return _closed(request, survey_or_404(survey.period.code), refused.sentences)
    told = _("Tack! Ditt svar är lämnat.") if form.hands_in else _("Sparat. Bara du ser svaren tills du lämnar dem.")
    messages.success(request, told, extra_tags=form.cleaned_data["token"] or kept_as(survey))
    return redirect(survey)


def _collided(request: HttpRequest, form: AnswerForm) -> HttpResponse:
    draft = _newest(form)
    return _page(request, form.survey, form, differences=differences(form.survey, draft, form.sheet()), against=draft)


def _newest(form: AnswerForm) -> SurveyDraft:
    return SurveyDraft.objects.get(invitation=form.draft.invitation)


def _saved(request: HttpRequest, form: AnswerForm) -> HttpResponse:
    """The answer to a page that saves by itself: one word of how it went, and the pieces that have changed."""
    survey, user = form.survey, _person(request)
    form.is_valid()
    if not form.is_hers:
        return HttpResponse(status=SIGN_IN_AGAIN)
    sheet = form.sheet()
    try:
        draft = save_answers(survey=survey, by=user, sheet=sheet, sending=form.sending())
    except SavedElsewhere as refused:
        newest = _newest(form)
        context = {"outcome": "collided", "told": str(refused), "against": newest, "survey": survey}
        context["differences"] = differences(survey, newest, sheet)
        return render(request, "followup/_survey_unsaved.html", context)
    except Refused as refused:
        return _closed(request, survey, refused.sentences)
    context = {"form": form, "draft": draft, "now": timezone.localtime(), "progress": progress_of(survey, sheet)}
    return render(request, "followup/_survey_saved.html", context)
