"""Each person, each kind: at once, once a day or never; the digest; a later choice holds for what is not yet sent."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from governance.acts import Act
from governance.attempts import latest_digest
from governance.mail import sending
from governance.models import Mail, MailChoice, Notice
from governance.notices import Delivery, NoticeKind
from governance.statuses import Status
from tests.cast import Cast
from tests.postoffice import give_address
from tests.walk import Walk
from v6portal.organizations.models import User
from v6portal.organizations.roles import Role

pytestmark = pytest.mark.django_db
MORNING = dt.time(7, 0)


def choose(person: User, kind: NoticeKind, delivery: Delivery) -> None:
    MailChoice.objects.update_or_create(user=person, kind=kind, defaults={"delivery": delivery})


def sent() -> list[str]:
    """The subjects of what goes in this round."""
    mail.outbox.clear()
    sending.go_round()
    return [message.subject.rsplit(" (DI-", 1)[0] for message in mail.outbox]


def the_next_morning(monkeypatch: pytest.MonkeyPatch, *, days: int = 1, at: str = "07:00") -> None:
    """The clock of the post is at that hour, so many days from now."""
    hour, minute = map(int, at.split(":"))
    day = timezone.localdate() + dt.timedelta(days=days)
    moment = timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))
    monkeypatch.setattr(sending.timezone, "now", lambda: moment)


@pytest.fixture
def walk(cast: Cast) -> Walk:
    give_address(cast.staff())
    return Walk(cast)


DOES: dict[NoticeKind, Any] = {
    NoticeKind.RECEIPT: (Status.DRAFT, Walk.submit),
    NoticeKind.SUPPLEMENT: (Status.QUALIFYING, Walk.request_supplement),
    NoticeKind.DECIDED: (Status.PRIORITISED, Walk.decide_local),
    NoticeKind.STARTED: (Status.AWAITING_START, Walk.decide_start),
    NoticeKind.CLOSED: (
        Status.SUBMITTED,
        lambda walk: walk.act(Act.WITHDRAW, walk.lead, motivation="Behövs inte."),
    ),
    NoticeKind.SAME: (Status.SUBMITTED, lambda walk: walk.act(Act.SAME_NEED, walk.cast.reader(), motivation="")),
}


@pytest.mark.parametrize("kind", DOES)
@pytest.mark.parametrize("delivery", [None, *Delivery])
def test_each_kind_as_it_is_chosen(
    walk: Walk, kind: NoticeKind, delivery: Delivery | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    status, act = DOES[kind]
    walk.to(status)
    sent()
    if delivery:
        choose(walk.author, kind, delivery)
    act(walk)
    at_once = sent()
    the_next_morning(monkeypatch)
    together = sent()
    assert (len(at_once), len(together)) == {
        None: (1, 0),
        Delivery.NOW: (1, 0),
        Delivery.DAILY: (0, 1),
        Delivery.NEVER: (0, 0),
    }[delivery]


@pytest.mark.parametrize("kind", DOES)
def test_a_choice_about_another_kind_changes_nothing(walk: Walk, kind: NoticeKind) -> None:
    status, act = DOES[kind]
    walk.to(status)
    sent()
    for other in set(NoticeKind) - {kind}:
        choose(walk.author, other, Delivery.NEVER)
    act(walk)
    assert len(sent()) == 1


class TestADifferentChoiceBeforeItIsSent:
    def test_never_after_all(self, walk: Walk) -> None:
        walk.submit()
        choose(walk.author, NoticeKind.RECEIPT, Delivery.NEVER)
        assert sent() == []
        choose(walk.author, NoticeKind.RECEIPT, Delivery.NOW)
        assert sent() == [], "what was said no to does not come back"

    def test_at_once_after_all(self, walk: Walk) -> None:
        choose(walk.author, NoticeKind.RECEIPT, Delivery.DAILY)
        walk.submit()
        assert sent() == []
        choose(walk.author, NoticeKind.RECEIPT, Delivery.NOW)
        assert sent() == ["Inskickat: Digitala nycklar i hemtjänsten"]

    def test_daily_while_it_waits_for_another_attempt(self, walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
        walk.submit()
        monkeypatch.setattr(sending, "hand_over", refuse)
        assert sent() == []
        monkeypatch.undo()
        choose(walk.author, NoticeKind.RECEIPT, Delivery.DAILY)
        Mail.objects.update(due_at=timezone.now())
        assert sent() == []
        assert Mail.objects.get().state == Mail.State.DROPPED
        the_next_morning(monkeypatch)
        assert len(sent()) == 1

    def test_never_while_it_waits_for_another_attempt(self, walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
        walk.submit()
        monkeypatch.setattr(sending, "hand_over", refuse)
        sent()
        monkeypatch.undo()
        choose(walk.author, NoticeKind.RECEIPT, Delivery.NEVER)
        Mail.objects.update(due_at=timezone.now())
        assert sent() == []
        assert Mail.objects.get().state == Mail.State.DROPPED


def refuse(_message: object) -> None:
    raise sending.NotSent("SMTPDataError 451")


class TestTheDigest:
    @pytest.fixture
    def daily(self, walk: Walk) -> Walk:
        for kind in NoticeKind:
            choose(walk.author, kind, Delivery.DAILY)
        return walk

    def test_one_mail_with_all_of_it_by_initiative(
        self, daily: Walk, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        daily.to(Status.SUPPLEMENT)
        Walk(cast, title="Sensorer i soptunnor").submit()
        the_next_morning(monkeypatch)
        (subject,) = sent()
        assert subject.endswith(": 3 händelser")
        (message,) = mail.outbox
        text, html = message.body, message.alternatives[0][0]
        for body in (text, html):
            assert body.count("Digitala nycklar i hemtjänsten") == 1, "once, above what happened to it"
            assert body.count("Sensorer i soptunnor") == 1
            assert "Hur många berörs?" in body
            assert body.index("Digitala nycklar") < body.index("Hur många berörs?") < body.index("Sensorer")
            assert "för att du har valt att få det samlat" in body

    def test_it_comes_at_its_hour_and_not_before(self, daily: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
        daily.submit()
        noon = timezone.localtime().replace(hour=12, minute=0)
        Notice.objects.update(written_at=noon)  # after the hour of today, whenever this is tried
        the_next_morning(monkeypatch, at="06:59")
        assert sent() == []
        the_next_morning(monkeypatch, at="07:00")
        assert len(sent()) == 1

    def test_the_hour_is_a_setting(self, daily: Walk, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        settings.MAIL_DIGEST_AT = dt.time(15, 30)
        daily.submit()
        Notice.objects.update(written_at=timezone.now() - dt.timedelta(days=1))
        the_next_morning(monkeypatch, at="15:29")
        before = len(sent())
        the_next_morning(monkeypatch, at="15:30")
        assert (before, len(sent())) in {(0, 1), (1, 0)}
        assert Mail.objects.count() == 1

    def test_only_if_there_is_something(self, daily: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
        the_next_morning(monkeypatch)
        assert sent() == []
        assert not Mail.objects.exists()

    def test_a_worker_that_was_away_at_the_hour_sends_it_when_it_is_back(
        self, daily: Walk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        daily.submit()
        the_next_morning(monkeypatch, days=3, at="16:40")
        assert len(sent()) == 1

    def test_never_the_same_thing_twice_and_what_comes_after_the_next_day(
        self, daily: Walk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        daily.submit()
        the_next_morning(monkeypatch)
        assert len(sent()) == 1
        assert sent() == []
        daily.act(Act.START_QUALIFICATION, daily.lead)
        the_next_morning(monkeypatch, at="09:00")
        event = daily.request_supplement()
        Notice.objects.filter(event=event).update(written_at=timezone.now())
        assert sent() == [], "it has had its mail for the day"
        the_next_morning(monkeypatch, days=2)
        (subject,) = sent()
        assert subject.endswith(": 1 händelse")

    def test_two_workers_make_one(self, daily: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
        daily.submit()
        the_next_morning(monkeypatch)
        sending.send_digests()
        Notice.objects.update(mail=None)
        sending.send_digests()
        assert Mail.objects.count() == 1
        with pytest.raises(IntegrityError):
            Mail.objects.create(**{name: getattr(Mail.objects.get(), name) for name in ONE_DIGEST})

    def test_what_failed_is_tried_again(self, daily: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
        daily.submit()
        the_next_morning(monkeypatch)
        original = sending.hand_over
        monkeypatch.setattr(sending, "hand_over", refuse)
        assert sent() == []
        monkeypatch.setattr(sending, "hand_over", original)
        the_next_morning(monkeypatch, at="07:01")
        assert len(sent()) == 1


ONE_DIGEST = ("recipient", "digest_on", "queued_at", "due_at")


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-03-10 06:59", "2026-03-09 07:00"),
        ("2026-03-10 07:00", "2026-03-10 07:00"),
        ("2026-03-10 23:59", "2026-03-10 07:00"),
        ("2026-03-29 07:00", "2026-03-29 07:00"),
        ("2026-03-29 03:30", "2026-03-28 07:00"),
    ],
)
def test_when_the_latest_digest_was_due(now: str, due: str) -> None:
    """Also on the days when the clocks change."""
    here = timezone.get_default_timezone()
    assert latest_digest(dt.datetime.fromisoformat(now).replace(tzinfo=here), MORNING) == dt.datetime.fromisoformat(
        due
    ).replace(tzinfo=here)


# --- The page


class TestThePage:
    ADDRESS = "/mina-mejl/"

    @pytest.fixture
    def person(self, cast: Cast, client: Client) -> User:
        client.force_login(cast.staff())
        return cast.staff()

    def test_it_shows_what_holds(self, person: User, client: Client) -> None:
        choose(person, NoticeKind.SAME, Delivery.DAILY)
        form = client.get(self.ADDRESS).context["form"]
        assert {name: form[name].value() for name in form.fields} == {
            "receipt": "now",
            "supplement": "now",
            "decided": "now",
            "started": "now",
            "closed": "now",
            "same": "daily",
            "arrived": "daily",
            "answered": "daily",
            "survey": "now",
            "reminder": "now",
        }

    @pytest.mark.parametrize(
        ("role", "kinds"),
        [
            ("director", {"inquiry", "to_decide", "participation", "recommended", "report"}),
            ("manager", {"to_decide"}),
            ("coordinator", {"all_answered", "participation", "recommended"}),
            ("lead", {"to_assess", "participation", "recommended"}),
            ("reader", set()),
        ],
    )
    def test_kinds_that_come_with_a_role_are_asked_of_those_who_have_it(
        self, cast: Cast, client: Client, role: str, kinds: set[str]
    ) -> None:
        client.force_login(cast.person(Role(role), "vara"))
        everybodys = {
            "receipt",
            "supplement",
            "decided",
            "started",
            "closed",
            "same",
            "arrived",
            "answered",
            "survey",
            "reminder",
        }
        assert set(client.get(self.ADDRESS).context["form"].fields) - everybodys == kinds

    def test_what_is_chosen_is_kept(self, person: User, client: Client) -> None:
        asked = list(client.get(self.ADDRESS).context["form"].fields)
        given = dict.fromkeys(asked, "daily") | {"receipt": "never", "decided": "now"}
        for _time in range(2):
            answer = client.post(self.ADDRESS, given, follow=True)
        assert "Dina val är sparade." in answer.content.decode()
        assert dict(MailChoice.objects.filter(user=person).values_list("kind", "delivery")) == given

    @pytest.mark.parametrize("wrong", [{"receipt": "hourly"}, {"receipt": ""}])
    def test_what_cannot_be_chosen_is_refused_and_nothing_kept(
        self, person: User, client: Client, wrong: dict[str, str]
    ) -> None:
        answer = client.post(self.ADDRESS, dict.fromkeys(NoticeKind.values, "daily") | wrong)
        assert answer.status_code == 200
        assert "receipt" in answer.context["form"].errors
        assert not MailChoice.objects.exists()

    def test_it_is_ones_own(self, person: User, cast: Cast, client: Client) -> None:
        choose(cast.lead(), NoticeKind.RECEIPT, Delivery.NEVER)
        client.post(self.ADDRESS, dict.fromkeys(NoticeKind.values, "daily"))
        assert MailChoice.objects.get(user=cast.lead()).delivery == "never"

    def test_it_says_where_the_mail_goes_or_that_it_goes_nowhere(self, person: User, client: Client) -> None:
        assert "Du har ingen e-postadress i portalen" in client.get(self.ADDRESS).content.decode()
        give_address(person)
        assert "staff.skara@example.se" in client.get(self.ADDRESS).content.decode()

    def test_it_is_found_from_the_panel_with_ones_name(self, person: User, client: Client) -> None:
        assert f'href="{self.ADDRESS}"' in client.get("/").content.decode()

    def test_the_database_knows_the_choices(self, person: User) -> None:
        with pytest.raises(IntegrityError):
            MailChoice.objects.create(user=person, kind=NoticeKind.SAME, delivery="hourly")

    def test_and_takes_one_for_each_kind(self, person: User) -> None:
        choose(person, NoticeKind.SAME, Delivery.NOW)
        with pytest.raises(IntegrityError):
            MailChoice.objects.create(user=person, kind=NoticeKind.SAME, delivery=Delivery.DAILY)

    def test_it_costs_five_statements(self, person: User, client: Client, django_assert_num_queries: Any) -> None:
        client.get(self.ADDRESS)
        with django_assert_num_queries(5):
            client.get(self.ADDRESS)
