"""Answering the survey: saved as one goes, and handed in once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.actions.log import write_event_without_role
from governance.acts import Act
from v6portal.organizations.errors import Refused, refuse_if
from v6portal.organizations.models import User

from ..models import Invitation, Survey, SurveyAnswer, SurveyDraft, SurveyResponse, SurveyText
from ..survey_reading import reader_of
from ..surveying import Doing, why_not
from .surveys import locked

Values = Mapping[str, int | None]


class SavedElsewhere(Refused):
    """Another page of hers has saved since this one was opened; nothing was changed."""


@dataclass(frozen=True)
class Sheet:
    """The answers so far by the question's code, 1 to 5 or None for the one outside the scale; and the words."""

    values: Values
    free_text: str = ""


@dataclass(frozen=True)
class Sending:
    """The opened page that saves, and what it goes by."""

    version: int
    """Of the draft that it shows."""
    form: str = ""
    sequence: int = 0


@transaction.atomic
def save_answers(*, survey: Survey, by: User, sheet: Sheet, sending: Sending | None = None) -> SurveyDraft:
    """Keeps what she has answered so far, for nobody but her. Raises Refused, or SavedElsewhere."""
    survey = locked(survey)
    invitation = _locked_invitation(survey, by)
    draft = SurveyDraft.objects.filter(invitation=invitation).first() or SurveyDraft(invitation=invitation)
    if sending:
        _refuse_what_she_has_not_seen(draft, sheet, sending)
        draft.last_form, draft.last_sequence = sending.form, sending.sequence
    draft.values, draft.free_text = dict(sheet.values), sheet.free_text
    draft.version += 1
    draft.save()
    return draft


def _locked_invitation(survey: Survey, by: User) -> Invitation:
    """Her invitation, hers alone until the transaction ends. Raises Refused where she may not answer."""
    mine = Invitation.objects.select_for_update(of=("self",), no_key=True).filter(survey=survey, user=by)
    invitation = mine.select_related("organisation").first()
    refuse_if(why_not(Doing.ANSWER, survey.facts(timezone.localdate()), reader_of(survey, by)))
    assert invitation is not None  # noqa: S101 - the rules have said that she is invited
    return invitation


def _refuse_what_she_has_not_seen(draft: SurveyDraft, sheet: Sheet, sending: Sending) -> None:
    own = bool(sending.form) and draft.last_form == sending.form and draft.last_sequence <= sending.sequence
    same = draft.values == dict(sheet.values) and draft.free_text == sheet.free_text
    if not (own or same or draft.version == sending.version):
        raise SavedElsewhere(_("Du har sparat andra svar någon annanstans, kanske i en annan flik."))


@transaction.atomic
def hand_in_answers(*, survey: Survey, by: User, sheet: Sheet, sending: Sending | None = None) -> None:
    """Hands them in, once and for good; the draft is taken away. Raises Refused, or SavedElsewhere.

    In an anonymous survey nothing that is written leads back to her; that she has answered stands on her invitation.
    """
    survey = locked(survey)
    invitation = _locked_invitation(survey, by)
    questions = {question.code: question for question in survey.questionnaire.questions.all()}
    if set(questions) - set(sheet.values):
        raise Refused(_("Svara på alla påståenden. Den som inte vet väljer det sista svaret."))
    draft = SurveyDraft.objects.filter(invitation=invitation).first()
    if sending:
        _refuse_what_she_has_not_seen(draft or SurveyDraft(), sheet, sending)
    invitation.has_answered = True
    invitation.save(update_fields=["has_answered"])
    response = SurveyResponse.objects.create(
        survey=survey,
        organisation=invitation.organisation,
        invitation=None if survey.is_anonymous else invitation,
    )
    SurveyAnswer.objects.bulk_create(
        SurveyAnswer(response=response, question=question, value=sheet.values[code])
        for code, question in questions.items()
    )
    if words := sheet.free_text.strip():
        name = "" if survey.is_anonymous else str(by)
        SurveyText.objects.create(survey=survey, organisation=invitation.organisation, author_name=name, text=words)
    if draft:
        draft.delete()
    write_event_without_role(
        Act.ANSWER_SURVEY,
        by=by,
        organisation=invitation.organisation,
        at=timezone.now(),
        reference=survey.reference,
        given={"survey": survey.period.code},
    )
