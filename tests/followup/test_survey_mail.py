"""The survey by mail: the invitation once, reminders at half time and on the last day, never a word of an answer."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from followup.actions import close_survey, hand_in_answers, open_survey, prepare_survey
from followup.models import Survey
from followup.periods import HalfYear
from governance.mail import sending
from governance.models import MailChoice, Notice, ReminderRound
from tests.cast import Cast
from tests.governance.test_reminders import Clock
from tests.postoffice import give_address
from v6portal.organizations.roles import Role

from .enquiring import all_the_same, terms

pytestmark = pytest.mark.django_db

HALF_YEAR = HalfYear(2043, 1)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def survey(cast: Cast, clock: Clock) -> Survey:
    """Opened on Monday 1 June 2043, to be answered by Monday 15 June: by two directors with addresses, one without."""
    give_address(cast.director("skara"), cast.director("vara"), cast.coordinator())
    cast.director("essunga")
    asked = terms(last_day=dt.date(2043, 6, 15), roles=(Role.DIRECTOR,))
    survey = prepare_survey(period=HALF_YEAR, terms=asked, by=cast.coordinator())
    open_survey(survey=survey, by=cast.coordinator())
    return survey


def sent() -> dict[str, list[str]]:
    """The subjects that go in this round, by address."""
    mail.outbox.clear()
    sending.go_round()
    found: dict[str, list[str]] = {}
    for message in mail.outbox:
        found.setdefault(message.to[0].removesuffix("@example.se"), []).append(message.subject)
    return found


INVITED = "Enkät att besvara: Samverkan i V6 (enkät 2043-1)"
REMINDED = "Påminnelse: enkät att besvara: Samverkan i V6 (enkät 2043-1)"


def test_the_invitation_goes_once_to_those_who_can_be_reached(survey: Survey, clock: Clock) -> None:
    assert sent() == {"director.skara": [INVITED], "director.vara": [INVITED]}
    body = str(mail.outbox[0].body)
    assert "Du är inbjuden att svara på enkäten om samverkan i V6, 1:a halvåret 2043." in body
    assert "Det tar omkring två minuter. Svara senast den 15 juni 2043. Enkäten är anonym." in body
    assert "/enkat/2043-1/" in body
    assert "för att du hade en av de inbjudna rollerna" in body
    assert sent() == {}


def test_reminded_at_half_time_and_on_the_last_day_and_never_after(cast: Cast, survey: Survey, clock: Clock) -> None:
    sent()
    told = {}
    for day in ("06-05", "06-08", "06-09", "06-14", "06-15", "06-16", "06-23"):
        clock.at(day)
        told[day] = sent()
        if day == "06-09":
            hand_in_answers(survey=survey, by=cast.director("vara"), sheet=all_the_same(4))
    assert told == {
        "06-05": {},
        "06-08": {"director.skara": [REMINDED], "director.vara": [REMINDED]},
        "06-09": {},
        "06-14": {},
        "06-15": {"director.skara": [REMINDED]},
        "06-16": {},
        "06-23": {},
    }


def test_the_last_reminder_says_that_it_is_today(survey: Survey, clock: Clock) -> None:
    clock.at("06-15")
    sent()
    reminders = [message for message in mail.outbox if message.subject == REMINDED]
    assert {"Sista dag att svara är i dag, den 15 juni 2043." in str(one.body) for one in reminders} == {True}
    assert len({message.extra_headers["Message-ID"] for message in mail.outbox}) == len(mail.outbox) == 4


def test_the_same_day_never_twice_and_a_stranger_to_mail_gets_none(cast: Cast, survey: Survey, clock: Clock) -> None:
    MailChoice.objects.create(user=cast.director("vara"), kind="reminder", delivery="never")
    sent()
    clock.at("06-08")
    assert sent() == {"director.skara": [REMINDED]}
    ReminderRound.objects.all().delete()  # as if the pass were made again
    assert sent() == {}
    assert Notice.objects.filter(event__kind="open_survey", remind_on=dt.date(2043, 6, 8)).count() == 2


def test_what_is_done_or_closed_meanwhile_is_not_told(cast: Cast, survey: Survey, clock: Clock) -> None:
    hand_in_answers(survey=survey, by=cast.director("vara"), sheet=all_the_same(4))
    assert sent() == {"director.skara": [INVITED]}
    clock.at("06-08", hour=6)
    close_survey(survey=survey, by=cast.coordinator())
    clock.at("06-08")
    assert sent() == {}


def test_who_wants_no_invitations_gets_none_and_the_demo_keeps_them_to_read(
    cast: Cast, clock: Clock, client: Client, settings
) -> None:
    settings.DEMO = True
    MailChoice.objects.create(user=cast.director("vara"), kind="survey", delivery="never")
    give_address(cast.director("skara"), cast.director("vara"))
    asked = terms(last_day=dt.date(2043, 6, 15), roles=(Role.DIRECTOR,))
    survey = prepare_survey(period=HALF_YEAR, terms=asked, by=cast.coordinator())
    open_survey(survey=survey, by=cast.coordinator())
    assert sent() == {"director.skara": [INVITED]}
    client.force_login(cast.director("skara"))
    assert "Enkät att besvara" in client.get("/demo/mejl/").content.decode()
    assert timezone.localdate() == dt.date(2043, 6, 1)
