"""Who hears what of which act, typed by hand from docs/process.md, *Mejl*; and what an act costs for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from governance.acts import Act
from governance.mail import sending
from governance.models import MailChoice, Notice
from governance.notices import LEADS_LINES, LINES, Hears, Line, NoticeKind
from governance.statuses import Status
from initiatives.models import Watch
from tests.cast import Cast
from tests.postoffice import give_address
from tests.walk import Walk, decision
from v6portal.organizations.errors import Refused
from v6portal.organizations.models import User

pytestmark = pytest.mark.django_db


class Office:
    """An initiative of Skara's with a co-author and two who watch it, one of them in another kommun."""

    def __init__(self, cast: Cast, status: Status, *, shared_watch: bool = True) -> None:
        self.cast = cast
        self.walk = Walk(cast).to(status)
        self.people = {
            "author": cast.staff(),
            "co-author": cast.staff(number=2),
            "watcher": cast.reader("skara"),
            "watcher in Vara": cast.reader("vara"),
            "lead": cast.lead(),
            "director": cast.director(),
            "coordinator": cast.coordinator(),
        }
        give_address(*self.people.values())
        initiative = self.walk.case.initiative
        initiative.co_authors.add(self.people["co-author"])
        for name in ("watcher", "watcher in Vara"):
            Watch.objects.create(initiative=initiative, user=self.people[name], since=timezone.now())

    def heard(self) -> dict[str, str]:
        """Sends what waits, and gives the beginning of each subject by person."""
        names = {person.email: name for name, person in self.people.items()}
        mail.outbox.clear()
        sending.go_round()
        assert len(mail.outbox) == len({message.to[0] for message in mail.outbox}), "two mails to one person"
        return {names[message.to[0]]: message.subject.rsplit(": ", 1)[0] for message in mail.outbox}


def reject(walk: Walk) -> None:
    walk.act(Act.REJECT, walk.decider, **decision(walk.decider))


def close(walk: Walk) -> None:
    walk.end_stage()
    walk.act(Act.CLOSE, walk.lead, motivation="Klart.")


def end(walk: Walk) -> None:
    walk.act(Act.END_UNREALISED, walk.decider, **decision(walk.decider))


def duplicate(walk: Walk) -> None:
    original = Walk(walk.cast, title="Nyckelfri hemtjänst").to(Status.SUBMITTED)
    Notice.objects.filter(event__case=original.case).delete()
    walk.act(Act.MARK_DUPLICATE, walk.lead, original=original.case.initiative)


def withdrawn_by(person: Callable[[Walk], User]) -> Callable[[Walk], None]:
    return lambda walk: walk.act(Act.WITHDRAW, person(walk), motivation="Behövs inte.") and None


def hand_to_the_director(walk: Walk) -> None:
    walk.act(Act.HAND_TASK, walk.cast.manager(), colleague=walk.cast.director(), motivation="Jag är borta.")


AT_HOME = {"author", "co-author", "watcher"}
ALL = {*AT_HOME, "watcher in Vara"}
"""Whoever is in Vara sees nothing of what has not been sent to V6, and hears nothing of it."""

# Where it stands, what is done, the subject, and who hears it. The one who does it hears nothing but the receipt.
TABLE: list[tuple[str, Status, Any, str, set[str]]] = [
    ("submit", Status.DRAFT, Walk.submit, "Inskickat", {"author", "co-author"}),
    ("start_qualification", Status.SUBMITTED, Walk.start_qualification, "", set()),
    ("request_supplement", Status.QUALIFYING, Walk.request_supplement, "Komplettering behövs", {"author", "co-author"}),
    ("qualify", Status.QUALIFYING, Walk.qualify, "", set()),
    (
        "refer",
        Status.SUBMITTED,
        lambda walk: walk.act(Act.REFER, walk.lead, referred_to="it_order", motivation="En beställning."),
        "Hänvisat",
        AT_HOME,
    ),
    ("mark_duplicate", Status.SUBMITTED, duplicate, "Dubblett", AT_HOME),
    ("prioritise", Status.QUALIFIED, Walk.prioritise, "Beslut som väntar", {"director"}),
    ("decide_local", Status.PRIORITISED, Walk.decide_local, "Genomförs lokalt", AT_HOME),
    ("send_to_v6", Status.PRIORITISED, Walk.send_to_v6, "Skickas till V6", ALL),
    ("reject", Status.PRIORITISED, reject, "Avslaget", AT_HOME),
    ("v6_start", Status.V6_RECEIVED, Walk.v6_start, "", set()),
    ("v6_qualify", Status.V6_QUALIFYING, Walk.v6_qualify, "", set()),
    ("close_interest", Status.INTEREST, Walk.close_interest, "", set()),
    ("decide_start", Status.AWAITING_START, Walk.decide_start, "Arbetet ska starta", ALL),
    ("local start", Status.LOCAL, Walk.start_stage, "Arbetet har börjat", AT_HOME),
    ("a stage in V6", Status.IN_PROGRESS, Walk.start_stage, "", set()),
    ("close", Status.IN_PROGRESS, close, "Avslutat", ALL),
    ("end_unrealised", Status.V6_RECEIVED, end, "Avslutat utan genomförande", ALL),
    ("withdraw, by the lead", Status.SUBMITTED, withdrawn_by(lambda walk: walk.lead), "Återtaget", AT_HOME),
    (
        "withdraw, by the author",
        Status.SUBMITTED,
        withdrawn_by(lambda walk: walk.author),
        "Återtaget",
        {"co-author", "watcher"},
    ),
    ("pause", Status.QUALIFIED, Walk.pause, "", set()),
    (
        "same_need",
        Status.V6_RECEIVED,
        lambda walk: walk.act(Act.SAME_NEED, walk.cast.staff(number=2), motivation="Vi med."),
        "Någon har samma behov",
        {"author"},
    ),
    (
        "same_need, from Götene",
        Status.V6_RECEIVED,
        lambda walk: walk.act(Act.SAME_NEED, walk.cast.reader("gotene"), motivation="Vi med."),
        "Någon har samma behov",
        {"author", "co-author"},
    ),
    ("hand_task", Status.PRIORITISED, hand_to_the_director, "En kollega ber dig ta över", {"director"}),
    (
        "comment",
        Status.SUBMITTED,
        lambda walk: walk.act(Act.COMMENT, walk.lead, motivation="Ring."),
        "",
        set(),
    ),
]


@pytest.mark.parametrize(("name", "status", "act", "subject", "hear"), TABLE, ids=[row[0] for row in TABLE])
def test_who_hears_of_it(
    cast: Cast, name: str, status: Status, act: Callable[[Walk], Any], subject: str, hear: set[str]
) -> None:
    office = Office(cast, status)
    act(office.walk)
    assert office.heard() == dict.fromkeys(hear, subject)


def test_every_act_that_is_told_is_in_the_table_above() -> None:
    tried = {
        *("submit", "request_supplement", "refer", "mark_duplicate", "decide_local", "send_to_v6", "reject"),
        *("decide_start", "start_stage", "close", "end_unrealised", "withdraw", "same_need", "hand_task"),
    }
    assert set(LINES) == tried


def test_every_kind_can_be_chosen_and_has_its_words() -> None:
    assert set(NoticeKind.values) == {
        *("receipt", "supplement", "decided", "started", "closed", "same"),
        *("arrived", "answered"),
        *("inquiry", "all_answered", "it_asked", "to_assess", "to_decide", "participation", "recommended", "reminder"),
        *("survey", "report"),
    }


def test_one_line_more_is_all_that_another_act_needs(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """As for *Det är samma sak*: its authors hear, with what was written to them."""
    line = Line(
        Act.COMMENT,
        NoticeKind.SAME,
        frozenset({Hears.AUTHORS}),
        subject="Någon har samma behov",
        told="%(who)s i %(organisation)s har samma behov.",
        quote="Hälsning",
    )
    monkeypatch.setitem(LINES, "comment", line)
    office = Office(cast, Status.V6_RECEIVED)
    office.heard()
    office.walk.act(Act.COMMENT, cast.lead("vara"), motivation="Vi hjälper gärna till.")
    assert office.heard() == dict.fromkeys(("author", "co-author"), "Någon har samma behov")
    assert "Utvecklingsledare Vara i Vara har samma behov." in mail.outbox[0].body
    assert "Hälsning:\nVi hjälper gärna till." in mail.outbox[0].body


class TestTheLeads:
    """They hear of what comes to their desk: together once a day, unless they have chosen otherwise."""

    @pytest.fixture
    def leads(self, cast: Cast) -> list[User]:
        leads = [cast.lead(), cast.lead(number=2)]
        give_address(*leads, cast.lead("vara"), cast.director(), cast.coordinator())
        return leads

    def heard(self) -> dict[User, str]:
        return {notice.recipient: notice.kind for notice in Notice.objects.select_related("recipient")}

    def test_of_a_new_initiative(self, cast: Cast, leads: list[User]) -> None:
        Walk(cast).submit()
        assert self.heard() == dict.fromkeys(leads, "arrived")

    def test_and_of_an_answer_to_a_question(self, cast: Cast, leads: list[User]) -> None:
        walk = Walk(cast).to(Status.SUPPLEMENT)
        Notice.objects.all().delete()
        walk.act(Act.SUPPLEMENT, walk.author, motivation="Tjugo nycklar.")
        assert self.heard() == dict.fromkeys(leads, "answered")

    def test_who_answers_herself_hears_nothing_but_her_colleague_does(self, cast: Cast, leads: list[User]) -> None:
        walk = Walk(cast).to(Status.SUPPLEMENT)
        Notice.objects.all().delete()
        walk.act(Act.SUPPLEMENT, leads[0], motivation="Tjugo nycklar.")
        assert self.heard() == {leads[1]: "answered"}

    def test_a_lead_who_wrote_it_gets_her_receipt_and_no_more(self, cast: Cast, leads: list[User]) -> None:
        walk = Walk(cast)
        walk.case.initiative.co_authors.add(leads[1])
        walk.submit()
        assert self.heard() == {leads[0]: "arrived", leads[1]: "receipt"}

    def test_it_comes_the_next_morning_and_at_once_if_she_wants(self, cast: Cast, leads: list[User]) -> None:
        MailChoice.objects.create(user=leads[1], kind=NoticeKind.ARRIVED, delivery="now")
        walk = Walk(cast)
        walk.submit()
        mail.outbox.clear()
        sending.go_round()
        (message,) = mail.outbox
        assert message.to == [leads[1].email]
        assert message.subject.startswith("Nytt initiativ: Digitala nycklar i hemtjänsten")
        assert "Medarbetare Skara har skickat in ett initiativ i Skara." in message.body
        assert "Påbörja kvalificeringen senast den " in message.body
        assert "Du får mejlet för att du är utvecklingsledare i Skara." in message.body
        (waiting,) = Notice.objects.waiting()
        assert waiting.recipient == leads[0]

    def test_nothing_of_what_she_may_not_read_any_more(self, cast: Cast, leads: list[User]) -> None:
        MailChoice.objects.create(user=leads[0], kind=NoticeKind.ARRIVED, delivery="now")
        Walk(cast).submit()
        leads[0].memberships.update(valid_to=timezone.localdate() - dt.timedelta(days=1))
        mail.outbox.clear()
        sending.go_round()
        assert mail.outbox == []

    def test_every_line_is_tried(self) -> None:
        assert set(LEADS_LINES) == {"submit", "supplement"}


class TestNobodyElse:
    def test_only_the_first_stage_is_a_start(self, cast: Cast) -> None:
        office = Office(cast, Status.LOCAL)
        office.walk.start_stage()
        assert office.heard()
        office.walk.end_stage()
        office.walk.start_stage()
        assert office.heard() == {}

    def test_without_an_address_there_is_no_mail(self, cast: Cast) -> None:
        office = Office(cast, Status.DRAFT)
        User.objects.filter(pk=office.people["author"].pk).update(email="")
        office.walk.submit()
        assert set(office.heard()) == {"co-author"}

    def test_nor_with_a_closed_account(self, cast: Cast) -> None:
        office = Office(cast, Status.DRAFT)
        User.objects.filter(pk=office.people["co-author"].pk).update(is_active=False)
        office.walk.submit()
        assert set(office.heard()) == {"author"}

    def test_nor_to_a_demo_account_outside_demo_mode(self, cast: Cast, settings: Any) -> None:
        office = Office(cast, Status.DRAFT)
        User.objects.filter(pk=office.people["co-author"].pk).update(is_demo=True)
        office.walk.submit()
        assert set(office.heard()) == {"author"}

    @pytest.mark.parametrize("change", [{"is_active": False}, {"email": ""}, {"is_demo": True}])
    def test_nor_if_it_is_so_when_the_mail_is_to_go(self, cast: Cast, change: dict[str, Any]) -> None:
        office = Office(cast, Status.DRAFT)
        office.walk.submit()
        User.objects.filter(pk=office.people["author"].pk).update(**change)
        assert set(office.heard()) == {"co-author"}

    def test_who_no_longer_watches_is_left_alone(self, cast: Cast) -> None:
        office = Office(cast, Status.PRIORITISED)
        office.walk.decide_local()
        Watch.objects.filter(user=office.people["watcher"]).delete()
        assert set(office.heard()) == {"author", "co-author"}

    def test_an_author_who_watches_too_hears_once(self, cast: Cast) -> None:
        office = Office(cast, Status.PRIORITISED)
        Watch.objects.create(initiative=office.walk.case.initiative, user=office.people["author"], since=timezone.now())
        office.walk.decide_local()
        assert set(office.heard()) == AT_HOME


class TestTheTransaction:
    def test_what_is_refused_tells_nobody(self, cast: Cast) -> None:
        office = Office(cast, Status.DRAFT)
        with pytest.raises(Refused):
            office.walk.start_qualification()
        assert not Notice.objects.exists()

    def test_what_is_rolled_back_leaves_neither_notice_nor_job(self, cast: Cast) -> None:
        office = Office(cast, Status.DRAFT)
        with transaction.atomic():
            office.walk.submit()
            assert (Notice.objects.count(), jobs()) == (3, 1)
            transaction.set_rollback(True)
        assert (Notice.objects.count(), jobs()) == (0, 0)

    def test_the_job_knows_the_number_of_the_event_and_nothing_more(self, cast: Cast) -> None:
        office = Office(cast, Status.DRAFT)
        event = office.walk.submit()
        with connection.cursor() as cursor:
            cursor.execute("select task_name, args from procrastinate_jobs")
            assert [(name, text) for name, text in cursor.fetchall()] == [
                ("governance.deliver", f'{{"event": {event.pk}}}')
            ]


def jobs() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from procrastinate_jobs")
        (number,) = cursor.fetchone()
    return int(number)


class TestWhatItCosts:
    """Statements of ``perform``, by literal number, with one who hears and with fifty."""

    @pytest.mark.parametrize("watchers", [0, 50])
    def test_three_statements_whatever_the_number(self, cast: Cast, watchers: int) -> None:
        silent, told = self._cost(cast, 0, address=False), self._cost(cast, watchers, address=True)
        assert (silent, told) == (10, 12)

    def _cost(self, cast: Cast, watchers: int, *, address: bool) -> int:
        walk = Walk(cast).to(Status.PRIORITISED)
        User.objects.filter(pk=walk.author.pk).update(email="a@example.se" if address else "")
        people = User.objects.bulk_create(
            User(username=f"w{n}", email=f"w{n}@example.se") for n in range(watchers if address else 0)
        )
        Watch.objects.bulk_create(
            Watch(initiative=walk.case.initiative, user=person, since=timezone.now()) for person in people
        )
        director = walk.decider
        director.current_memberships  # noqa: B018 - read before it is counted, as a request has
        with CaptureQueriesContext(connection) as asked:
            walk.decide_local()
        return len([q for q in asked if "SAVEPOINT" not in q["sql"]])


def test_one_who_has_said_no_is_not_written_to(cast: Cast) -> None:
    office = Office(cast, Status.DRAFT)
    MailChoice.objects.create(user=office.people["author"], kind=NoticeKind.RECEIPT, delivery="never")
    office.walk.submit()
    assert [notice.recipient for notice in Notice.objects.filter(kind="receipt")] == [office.people["co-author"]]
