"""The survey by mail: the invitation, and the reminders at half time and on the last day. Never a word of an answer.

Written and sent by the same machinery as all mail (``governance.mail``).
"""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from governance.actions.notifying import reachable
from governance.acts import Act
from governance.mail.items import TELLERS, Item
from governance.mail.letters import address_of
from governance.mail.reminders import DUE_BESIDES
from governance.models import Event, Notice
from governance.notices import NoticeKind
from governance.reminding import days_to_remind

from ..models import Invitation, Survey


def register() -> None:
    """Lets the mail know of surveys."""
    TELLERS[Act.OPEN_SURVEY] = tell
    if remind not in DUE_BESIDES:
        DUE_BESIDES.append(remind)


def days_of(survey: Survey, today: dt.date) -> list[dt.date]:
    """The days up to today on which those who have not answered are reminded; none after the last day."""
    assert survey.opened_at is not None  # noqa: S101 - asked of opened surveys only
    opened = timezone.localdate(survey.opened_at)
    days = days_to_remind(opened, survey.last_day, min(today, survey.last_day), is_inquiry=True)
    return [day for day in days if day <= survey.last_day]


def remind(day: dt.date) -> list[Notice]:
    """A reminder to each who has not answered a survey that can be answered on the day, where one is due."""
    found, now = [], timezone.now()
    for survey in Survey.objects.running(day):
        if not (due := days_of(survey, day)):
            continue
        event = _opening(survey)
        waiting = survey.invitations.filter(has_answered=False, user__in=reachable()).order_by("pk")
        found += [
            Notice(event=event, recipient_id=person, kind=NoticeKind.REMINDER, remind_on=due[-1], written_at=now)
            for person in waiting.values_list("user_id", flat=True)
        ]
    return found


def _opening(survey: Survey) -> Event:
    return Event.objects.get(kind=Act.OPEN_SURVEY, reference=survey.reference)


def tell(notice: Notice) -> Item | None:
    """The invitation, or a reminder of it; None when she has answered, or when it cannot be answered any more."""
    today = timezone.localdate()
    running = Survey.objects.running(today)
    waiting = Invitation.objects.of(notice.recipient).filter(has_answered=False, survey__in=running)
    invitation = next((one for one in waiting.select_related("survey") if _is_about(notice, one.survey)), None)
    if invitation is None:
        return None
    survey = invitation.survey
    if notice.remind_on is not None and notice.remind_on not in days_of(survey, today):
        return None
    words = {"day": date_format(survey.last_day, "j F Y"), "period": survey.period.label}
    asked = _("Du är inbjuden att svara på enkäten om samverkan i V6, %(period)s.") % words
    return Item(
        subject=_("Enkät att besvara") if notice.remind_on is None else _("Påminnelse: enkät att besvara"),
        told=asked if notice.remind_on is None else _last_day(survey, today),
        url=address_of(reverse("survey", args=[survey.period.code])),
        why=_("Du får mejlet för att du hade en av de inbjudna rollerna när enkäten öppnades."),
        title=_("Samverkan i V6"),
        reference=str(survey).lower(),
        then=_then(survey, words),
    )


def _is_about(notice: Notice, survey: Survey) -> bool:
    return notice.event is not None and notice.event.reference == survey.reference


def _last_day(survey: Survey, today: dt.date) -> str:
    day = date_format(survey.last_day, "j F Y")
    if survey.last_day == today:
        return _("Sista dag att svara är i dag, den %s.") % day
    return _("Sista dag att svara är den %s.") % day


def _then(survey: Survey, words: dict[str, str]) -> str:
    told = _("Det tar omkring två minuter. Svara senast den %(day)s.") % words
    return f"{told} {_('Enkäten är anonym.')}" if survey.is_anonymous else told
