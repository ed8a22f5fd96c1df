"""A mail says nothing that its recipient may not read, nor anything at all of what is marked secret.

It is asked when the mail is to go, not only when the act was done.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from governance.acts import Act
from governance.mail import sending
from governance.models import Mail, MailChoice, Notice
from governance.notices import Delivery, NoticeKind
from governance.statuses import Status
from initiatives.models import Watch
from tests.cast import Cast
from tests.postoffice import give_address
from tests.walk import Walk, decision
from tests.world import SEES, SIGNED_IN, TITLES, World
from v6portal.organizations.models import Membership, User
from v6portal.organizations.roles import Role

pytestmark = pytest.mark.django_db

TITLE, QUESTION = "Uggleblicken över larmen", "Hur många larm är det?"


def all_of(message: Any) -> str:
    """Everything in the mail as it travels: headers, text, HTML."""
    return message.message().as_string() + message.subject + message.body + message.alternatives[0][0]


def sent_to() -> dict[str, str]:
    mail.outbox.clear()
    sending.go_round()
    return {message.to[0]: all_of(message) for message in mail.outbox}


def watch(walk: Walk, *people: User) -> None:
    give_address(*people)
    for person in people:
        Watch.objects.create(initiative=walk.case.initiative, user=person, since=timezone.now())


def mark_secret(walk: Walk, *readers: tuple[str, Role]) -> None:
    """For Skara's registrator, and these."""
    orgs = walk.cast.orgs
    walk.act(
        Act.MARK_SECRET,
        walk.cast.registrar("skara"),
        legal_basis="OSL 18 kap. 8 §",
        marked_on=timezone.localdate(),
        readers=[(orgs["skara"], Role.REGISTRAR), *((orgs[key], role) for key, role in readers)],
    )


def says_nothing_of(walk: Walk, text: str) -> bool:
    told = [TITLE, QUESTION, walk.case.initiative.reference, "Uggleblicken", "Larm"]
    return not any(word in text for word in told)


@pytest.fixture
def walk(cast: Cast) -> Walk:
    return Walk(cast, title=TITLE)


class TestMarkedSecretBetweenTheActAndTheSending:
    def test_who_may_no_longer_read_it_hears_nothing(self, walk: Walk) -> None:
        give_address(walk.author)
        walk.to(Status.SUPPLEMENT)
        mark_secret(walk, ("skara", Role.LEAD))
        assert sent_to() == {}
        assert {mail.state for mail in Mail.objects.all()} == {Mail.State.DROPPED}

    def test_who_may_still_read_it_hears_that_something_has_happened(self, walk: Walk, cast: Cast) -> None:
        walk.to(Status.PRIORITISED)
        watch(walk, cast.manager(), cast.reader())
        walk.decide_local()
        mark_secret(walk, ("skara", Role.MANAGER))
        told = sent_to()
        assert set(told) == {"manager.skara@example.se"}
        text = told["manager.skara@example.se"]
        assert "Något har hänt i ett ärende du är med i" in text
        assert "Ärendet har sekretess" in text
        assert says_nothing_of(walk, text)
        assert "beslutat" not in text
        assert "genomförs lokalt" not in text

    def test_also_when_the_act_itself_is_done_under_the_marking(self, walk: Walk, cast: Cast) -> None:
        walk.to(Status.QUALIFYING)
        give_address(cast.staff())
        cast.membership(cast.staff(), Role.REGISTRAR, "skara")
        mark_secret(walk, ("skara", Role.LEAD))
        walk.act(Act.REQUEST_SUPPLEMENT, cast.lead(), motivation="Se nedan.", questions={"need": QUESTION})
        (text,) = sent_to().values()
        assert says_nothing_of(walk, text)

    def test_also_in_the_digest(self, walk: Walk, cast: Cast) -> None:
        watch(walk, cast.manager(), cast.reader())
        for person in (cast.manager(), cast.reader()):
            MailChoice.objects.create(user=person, kind=NoticeKind.DECIDED, delivery=Delivery.DAILY)
        walk.to(Status.PRIORITISED)
        walk.decide_local()
        mark_secret(walk, ("skara", Role.MANAGER))
        Notice.objects.update(written_at=timezone.now() - dt.timedelta(days=2))
        (address, text), *others = sent_to().items()
        assert (address, others) == ("manager.skara@example.se", [])
        assert "Något har hänt i ett ärende du är med i" in text
        assert says_nothing_of(walk, text)

    def test_also_at_a_later_attempt(self, walk: Walk, monkeypatch: pytest.MonkeyPatch) -> None:
        give_address(walk.author)
        walk.submit()

        def refuse(_message: object) -> None:
            raise sending.NotSent("SMTPDataError 451")

        monkeypatch.setattr(sending, "hand_over", refuse)
        sending.go_round()
        monkeypatch.undo()
        mark_secret(walk)
        Mail.objects.update(due_at=timezone.now())
        assert sent_to() == {}

    def test_when_the_marking_is_lifted_in_time_the_mail_is_an_ordinary_one(self, walk: Walk, cast: Cast) -> None:
        give_address(walk.author)
        walk.submit()
        mark_secret(walk)
        walk.act(Act.LIFT_SECRECY, cast.registrar(), motivation="Inte längre.")
        (text,) = sent_to().values()
        assert TITLE in text


class TestWhoHasLostTheSightOfIt:
    def test_a_watcher_whose_role_has_ended(self, walk: Walk, cast: Cast) -> None:
        walk.to(Status.PRIORITISED)
        watch(walk, cast.reader(), cast.council())
        walk.decide_local()
        yesterday = timezone.localdate() - dt.timedelta(days=1)
        Membership.objects.filter(user=cast.reader()).update(valid_to=yesterday)
        assert set(sent_to()) == {"council.skara@example.se"}

    def test_a_watcher_in_another_kommun_hears_nothing_before_it_is_sent_to_v6(self, walk: Walk, cast: Cast) -> None:
        walk.to(Status.PRIORITISED)
        watch(walk, cast.reader("vara"))
        walk.decide_local()
        assert sent_to() == {}

    def test_staff_of_a_kommun_that_no_longer_lets_them_read(self, walk: Walk, cast: Cast) -> None:
        skara = cast.orgs["skara"]
        skara.all_staff_read = True
        skara.save()
        walk.to(Status.PRIORITISED)
        watch(walk, cast.staff(number=3))
        walk.decide_local()
        skara.all_staff_read = False
        skara.save()
        assert sent_to() == {}

    def test_a_superuser_is_no_exception(self, walk: Walk) -> None:
        walk.to(Status.PRIORITISED)
        watch(walk, User.objects.create_superuser("superuser"))
        walk.decide_local()
        assert sent_to() == {}


@pytest.mark.parametrize("situation", ["submitted", "in_v6", "secret"])
def test_whoever_watches_gets_the_title_only_if_she_sees_it(cast: Cast, situation: str) -> None:
    """Everybody of the access tests, watching the same case, whether or not the portal would have let them begin."""
    world = World(cast)
    case = world.cases[situation]
    people = {name: world.person(name) for name in SIGNED_IN}
    give_address(*people.values())
    for person in people.values():
        Watch.objects.create(initiative=case.initiative, user=person, since=timezone.now())
    walk = Walk.__new__(Walk)
    walk.cast, walk.case, walk.at, walk.home = cast, case, None, "skara"
    if situation == "submitted":
        walk.act(Act.WITHDRAW, cast.lead(), motivation="Behövs inte.")
        actor = "lead.skara"
    else:
        walk.act(Act.END_UNREALISED, cast.director(), **decision(cast.director()))
        actor = "director.skara"
    by_address = {person.email: name for name, person in people.items()}
    told = {by_address[address]: text for address, text in sent_to().items()}
    assert set(told) == SEES[situation] - {actor}
    named = {name for name, text in told.items() if TITLES[situation] in text or case.initiative.reference in text}
    assert named == (set() if situation == "secret" else set(told))


def test_the_administrators_list_says_to_whom_and_never_about_what(walk: Walk, cast: Cast, client: Any) -> None:
    give_address(walk.author)
    walk.to(Status.SUPPLEMENT)
    sending.go_round()
    Mail.objects.update(state=Mail.State.FAILED, error="SMTPRecipientsRefused 550")
    mark_secret(walk)
    client.force_login(cast.admin())
    page = client.get("/admin/governance/mail/").content.decode()
    one = client.get(f"/admin/governance/mail/{Mail.objects.first().pk}/change/").content.decode()
    for text in (page, one):
        assert str(walk.author) in text
        assert "SMTPRecipientsRefused 550" in text
        assert says_nothing_of(walk, text)
    assert "Komplettering behövs" in page


def test_and_shows_only_what_has_gone_wrong(walk: Walk, cast: Cast, client: Any) -> None:
    give_address(walk.author)
    walk.submit()
    sending.go_round()
    client.force_login(cast.admin())
    assert list(client.get("/admin/governance/mail/").context["cl"].result_list) == []
    for state in (Mail.State.FAILED, Mail.State.UNCERTAIN):
        Mail.objects.update(state=state)
        assert len(client.get("/admin/governance/mail/").context["cl"].result_list) == 1


@pytest.mark.parametrize("method", ["add", "change", "delete"])
def test_and_changes_nothing(walk: Walk, cast: Cast, client: Any, method: str) -> None:
    give_address(walk.author)
    walk.submit()
    sending.go_round()
    Mail.objects.update(state=Mail.State.FAILED)
    client.force_login(cast.admin())
    address = (
        "/admin/governance/mail/add/"
        if method == "add"
        else f"/admin/governance/mail/{Mail.objects.get().pk}/{method}/"
    )
    assert client.post(address, {"post": "yes"}).status_code == 403
