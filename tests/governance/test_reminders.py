"""Reminders as they are delivered: on their day, once, to those it waits for, and not when it is done meanwhile."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from governance.acts import Act
from governance.mail import sending
from governance.models import MailChoice, Notice, ProcessSettings, ReminderRound
from governance.statuses import Status
from initiatives.actions.assessing import Reply
from initiatives.models import GateReply
from tests.cast import Cast
from tests.postoffice import give_address
from tests.walk import S_CODES, Walk
from v6portal.organizations.models import User
from v6portal.organizations.roles import Role

pytestmark = pytest.mark.django_db

MONDAY = dt.datetime(2043, 6, 1, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=2)))


class Clock:
    """The portal's clock, moved by hand from Monday 2043-06-01: the database notes today when it writes."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = MONDAY
        monkeypatch.setattr("django.utils.timezone.now", lambda: self.now)

    def at(self, day: str, hour: int = 9) -> None:
        self.now = MONDAY.replace(month=int(day[:2]), day=int(day[3:]), hour=hour)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def sent() -> dict[str, list[str]]:
    """What goes in this round, the beginning of each subject by address."""
    mail.outbox.clear()
    sending.go_round()
    found: dict[str, list[str]] = {}
    for message in mail.outbox:
        found.setdefault(message.to[0].removesuffix("@example.se"), []).append(message.subject.rsplit(": ", 1)[0])
    return found


@pytest.fixture
def inquiry(cast: Cast, clock: Clock) -> Walk:
    """Asked on Monday 1 June, to be answered by Monday 22 June; two directors and the coordinator have an address."""
    walk = Walk(cast).to(Status.V6_QUALIFYING)
    for kommun in ("essunga", "gotene", "grastorp"):
        cast.director(kommun)
    coordinator = cast.coordinator()
    walk.act(Act.ANSWER_GATE, coordinator, replies={code: Reply(GateReply.YES) for code in S_CODES})
    walk.act(Act.V6_QUALIFY, coordinator, deadline=dt.date(2043, 6, 22))
    give_address(cast.director("vara"), cast.director("lidkoping"), cast.coordinator())
    Notice.objects.all().delete()
    return walk


ASKED = "Påminnelse: Vill kommunen vara med?"


def test_an_inquiry_at_half_time_on_the_last_day_and_after(inquiry: Walk, clock: Clock) -> None:
    both = {"director.lidkoping": [ASKED], "director.vara": [ASKED]}
    told: dict[str, Any] = {}
    for day in ("06-10", "06-11", "06-12", "06-21", "06-22"):
        clock.at(day)
        told[day] = sent()
    assert told == {"06-10": {}, "06-11": both, "06-12": {}, "06-21": {}, "06-22": both}
    body = str(mail.outbox[0].body)
    assert "Sista dag är i dag, den 22 juni 2043." in body
    assert f"{inquiry.case.get_absolute_url()}steg/answer_interest/" in body
    inquiry.answer("lidkoping", "decline")
    clock.at("06-23")
    late = {"director.vara": [ASKED], "coordinator.v6": ["Påminnelse: Alla har svarat, eller tiden är ute"]}
    assert sent() == late
    assert "Det skulle ha varit gjort den 22 juni 2043, för en dag sedan." in str(mail.outbox[0].body)
    clock.at("06-29")
    assert sent() == {}
    clock.at("06-30")
    assert sent() == late


def test_the_same_day_never_twice_and_the_database_keeps_it(inquiry: Walk, clock: Clock) -> None:
    clock.at("06-11")
    assert len(sent()) == 2
    ReminderRound.objects.all().delete()  # as if the pass were made again
    assert sent() == {}
    first = Notice.objects.filter(remind_on__isnull=False).first()
    assert first is not None
    first.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        first.save(force_insert=True)


def test_a_worker_that_was_away_says_the_latest_that_was_due(inquiry: Walk, clock: Clock) -> None:
    clock.at("06-15")
    assert set(sent()) == {"director.lidkoping", "director.vara"}
    assert "Sista dag är den 22 juni 2043, om sju dagar." in str(mail.outbox[0].body)
    clock.at("06-16")
    assert sent() == {}


def test_not_before_its_hour(inquiry: Walk, clock: Clock) -> None:
    clock.at("06-11", hour=6)
    assert sent() == {}
    clock.at("06-11", hour=7)
    assert set(sent()) == {"director.lidkoping", "director.vara"}


def test_what_is_done_between_the_writing_and_the_sending_is_not_told(inquiry: Walk, clock: Clock, cast: Cast) -> None:
    """Who has it with the day's other mail, and answers before that goes."""
    for kommun in ("vara", "lidkoping"):
        MailChoice.objects.create(user=cast.director(kommun), kind="reminder", delivery="daily")
    clock.now = MONDAY.replace(day=11, hour=6, minute=45)
    assert sent() == {}
    inquiry.answer("vara", "decline")
    clock.at("06-11", hour=7)
    sent()
    (message,) = mail.outbox
    assert message.to == ["director.lidkoping@example.se"]
    assert "Dina initiativ den 11 juni: 1 händelse" in message.subject


def test_a_day_that_has_been_moved_is_reminded_of_anew(cast: Cast, clock: Clock) -> None:
    walk = Walk(cast)
    give_address(cast.lead())
    walk.submit()
    Notice.objects.all().delete()
    clock.at("06-08")  # ten days to begin: Thursday 11 June
    assert sent() == {"lead.skara": ["Påminnelse: Nytt initiativ att kvalificera"]}
    ProcessSettings.objects.create(valid_from=dt.date(2043, 6, 9), qualification_days=15)  # Tuesday 16 June
    clock.at("06-11")
    assert sent() == {}
    clock.at("06-12")  # three days before is Saturday 13 June
    assert sent() == {"lead.skara": ["Påminnelse: Nytt initiativ att kvalificera"]}


def test_several_roles_one_person_one_mail_and_not_for_who_has_said_never(
    inquiry: Walk, clock: Clock, cast: Cast
) -> None:
    director = cast.director("vara")
    cast.membership(director, Role.COORDINATOR, "v6")
    MailChoice.objects.create(user=cast.director("lidkoping"), kind="reminder", delivery="never")
    clock.at("06-23")
    told = sent()
    assert set(told) == {"director.vara", "coordinator.v6"}
    assert len(told["director.vara"]) == 1


def test_never_to_one_who_may_not_see_it_and_of_what_is_secret_not_a_word(
    inquiry: Walk, clock: Clock, cast: Cast
) -> None:
    inquiry.act(
        Act.MARK_SECRET,
        cast.registrar("skara"),
        legal_basis="OSL 18 kap. 8 §",
        marked_on=timezone.localdate(),
        readers=[(cast.orgs["skara"], Role.REGISTRAR), (cast.orgs["vara"], Role.DIRECTOR)],
    )
    clock.at("06-11")
    assert set(sent()) == {"director.vara"}
    (message,) = mail.outbox
    assert inquiry.case.initiative.title not in f"{message.subject} {message.body}"
    assert inquiry.case.initiative.reference not in f"{message.subject} {message.body}"


def test_the_author_is_reminded_of_her_answer(cast: Cast, clock: Clock) -> None:
    author: User = cast.staff()
    walk = Walk(cast).to(Status.SUPPLEMENT)
    give_address(author)
    Notice.objects.all().delete()
    clock.at("06-12")  # fourteen days: Monday 15 June
    assert sent() == {"staff.skara": ["Påminnelse: Något saknas i din text"]}
    assert f"{walk.case.get_absolute_url()}steg/supplement/" in str(mail.outbox[0].body)


def test_what_was_brought_in_from_before_the_portal_reminds_nobody(cast: Cast, clock: Clock) -> None:
    clock.now = MONDAY.replace(year=2026)
    Walk(cast).submit()
    give_address(cast.lead())
    Notice.objects.all().delete()
    clock.at("06-08")
    assert sent() == {}
