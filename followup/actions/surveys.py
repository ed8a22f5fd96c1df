"""The survey prepared, opened and closed: one function for each, one event for each."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.actions.log import write_event_of, write_event_without_role
from governance.actions.notifying import notify_people
from governance.acts import Act
from governance.models import Event
from governance.notices import NoticeKind
from v6portal.organizations.errors import Refused, refuse_if
from v6portal.organizations.models import Membership, Organisation, User
from v6portal.organizations.roles import Kind, Role

from ..models import Invitation, Questionnaire, Survey, SurveyAnswer, SurveyDraft, SurveyResponse, SurveyText
from ..periods import HalfYear
from ..survey_reading import answers_by_organisation, reader_of, to_invite
from ..surveying import Doing, Reader, SurveyFacts, shown_groups, why_not


@dataclass(frozen=True)
class Terms:
    """What the coordinator decides before a survey is opened."""

    questionnaire: Questionnaire
    last_day: dt.date
    roles: tuple[Role, ...]
    is_anonymous: bool = True


@transaction.atomic
def prepare_survey(*, period: HalfYear, terms: Terms, by: User, seen: str | None = None) -> Survey:
    """A new survey of the half-year, or other terms for the one that is not opened yet. Raises Refused.

    ``seen`` is the mark of the one that the page was opened with, empty for a new one; where it is another by now she
    is told.
    """
    survey = Survey.objects.select_for_update(no_key=True).of(period).first()
    today = timezone.localdate()
    if survey is None:
        refuse_if(_why_not_new(terms, today, by))
        survey = Survey(year=period.year, half=period.half)
    else:
        refuse_if(why_not(Doing.PREPARE, survey.facts(today), reader_of(survey, by)))
    if seen is not None and seen != (survey.mark if survey.pk else ""):
        raise Refused(
            _("Någon annan har förberett enkäten sedan du öppnade sidan. Spara igen om det som står här ska gälla.")
        )
    refuse_if(_what_is_missing(terms))
    survey.questionnaire, survey.last_day = terms.questionnaire, terms.last_day
    survey.is_anonymous, survey.roles = terms.is_anonymous, list(terms.roles)
    survey.prepared_by_name = str(by)
    try:
        with transaction.atomic():
            survey.save()
    except IntegrityError as error:
        raise Refused(_("Någon hann före: halvåret har redan en enkät. Ladda om sidan.")) from error
    _noted(Act.PREPARE_SURVEY, survey, by)
    return survey


def _why_not_new(terms: Terms, today: dt.date, by: User) -> list[str]:
    coordinator = Reader(coordinates=coordinator_capacity(by) is not None)
    return why_not(Doing.PREPARE, SurveyFacts(False, False, terms.last_day, today), coordinator)


def _what_is_missing(terms: Terms) -> list[str]:
    found = []
    if not terms.roles:
        found.append(_("Välj minst en roll som ska bjudas in."))
    if not terms.questionnaire.questions.exists():
        found.append(_("Frågorna saknar påståenden. Lägg till dem i administrationen."))
    return found


@transaction.atomic
def open_survey(*, survey: Survey, by: User, seen: int | None = None) -> Event:
    """Opens it: invites those who have one of the roles today, and tells them by mail. Raises Refused.

    ``seen`` is how many the page said would be invited; where they are others now she is told instead.
    """
    survey = locked(survey)
    refuse_if(why_not(Doing.OPEN, survey.facts(timezone.localdate()), reader_of(survey, by)))
    people = to_invite(survey.roles)
    if not people:
        raise Refused(_("Ingen har någon av rollerna i dag. Välj andra roller."))
    if seen is not None and seen != len(people):
        raise Refused(_("Det är andra som bjuds in nu än när du öppnade sidan. Se efter och tryck igen."))
    Questionnaire.objects.select_for_update().get(pk=survey.questionnaire_id)  # nobody edits it just now
    survey.opened_at = timezone.now()
    survey.save(update_fields=["opened_at"])
    Invitation.objects.bulk_create(
        Invitation(survey=survey, user_id=user, organisation_id=organisation) for user, organisation in people.items()
    )
    event = _noted(Act.OPEN_SURVEY, survey, by, invited=len(people))
    notify_people(event, User.objects.filter(pk__in=people), NoticeKind.SURVEY)
    return event


@transaction.atomic
def close_survey(*, survey: Survey, by: User) -> Event:
    """Closes it before its last day is over. Raises Refused."""
    survey = locked(survey)
    refuse_if(why_not(Doing.CLOSE, survey.facts(timezone.localdate()), reader_of(survey, by)))
    _close(survey, early=True)
    return _noted(Act.CLOSE_SURVEY, survey, by, answers=survey.responses.count())


def close_overdue(today: dt.date | None = None) -> int:
    """Notes the closing of those whose last day is over; returns how many. They have been closed to answers since."""
    today = today or timezone.localdate()
    overdue = list(Survey.objects.overdue(today).order_by("pk"))
    return sum(_note_closing(survey, today) for survey in overdue)


@transaction.atomic
def _note_closing(survey: Survey, today: dt.date) -> bool:
    survey = locked(survey)
    if survey.closed_at is not None:
        return False
    _close(survey, early=False)
    write_event_without_role(
        Act.CLOSE_SURVEY,
        organisation=Organisation.objects.get(kind=Kind.COLLABORATION),
        by=None,
        at=timezone.now(),
        reference=survey.reference,
        given={"survey": survey.period.code, "answers": survey.responses.count()},
    )
    return True


def locked(survey: Survey) -> Survey:
    """The survey as it stands now, locked until the transaction ends."""
    return Survey.objects.select_for_update(no_key=True).get(pk=survey.pk)


def coordinator_capacity(user: User) -> Membership | None:
    """The membership by which the person acts as V6-samordnare."""
    return next((m for m in user.capacities if m.role == Role.COORDINATOR), None)


def _noted(act: Act, survey: Survey, by: User, **given: int) -> Event:
    capacity = coordinator_capacity(by)
    assert capacity is not None  # noqa: S101 - the rules have said that she coordinates
    return write_event_of(
        act,
        capacity=capacity,
        by=by,
        at=timezone.now(),
        reference=survey.reference,
        given={"survey": survey.period.code, "anonymous": survey.is_anonymous, **given},
    )


def _close(survey: Survey, *, early: bool) -> None:
    """What was answered is written anew in another order, and what was not handed in is taken away."""
    _write_anew(survey)
    answers = answers_by_organisation(survey)
    survey.texts.exclude(organisation__in=shown_groups(answers)).update(organisation=None)
    SurveyDraft.objects.filter(invitation__survey=survey).delete()
    survey.closed_at, survey.closed_early = timezone.now(), early
    survey.save(update_fields=["closed_at", "closed_early"])


def _write_anew(survey: Survey) -> None:
    """Gives every response and text another key and place, all in this transaction.

    Before, the order in the table and the number of the transaction would have told which response came with which
    event in the log.
    """
    responses = list(survey.responses.prefetch_related("answers"))
    texts = list(survey.texts.all())
    answers: list[SurveyAnswer] = [answer for response in responses for answer in response.answers.all()]
    survey.responses.all().delete()
    survey.texts.all().delete()
    rows: list[SurveyResponse | SurveyAnswer | SurveyText] = [*responses, *answers, *texts]
    for row in rows:
        row.pk = uuid.uuid4()
    for kind in (responses, answers, texts):
        random.SystemRandom().shuffle(kind)
    for response in responses:
        for answer in response.answers.all():
            answer.response = response
    SurveyResponse.objects.bulk_create(responses)
    SurveyAnswer.objects.bulk_create(answers)
    SurveyText.objects.bulk_create(texts)
