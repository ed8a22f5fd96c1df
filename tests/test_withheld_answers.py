"""While an inquiry is open, what one kommun has answered is told to another only as the setting says.

The proof is by worlds that differ in one kommun's answer alone, or in whether it has answered at all. For everybody who
may not see it yet every address gives the same to the letter in all of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.utils import timezone

from followup.periods import HalfYear
from governance.acts import Act
from governance.cost_sharing import Rule
from governance.mail import sending
from governance.models import AnswersShown, CostKind, Decision, Event, Notice, Participation, ProcessSettings
from governance.statuses import Status
from initiatives.models import Watch
from tests.cast import Cast
from tests.postoffice import give_address
from tests.test_blindness import _put_back, _sequences, asked_by, differing, told
from tests.walk import Walk, decision
from v6portal.organizations.models import User

pytestmark = pytest.mark.django_db

PERIOD = f"/uppfoljning/{HalfYear.of(timezone.localdate()).code}/"
T = TypeVar("T")
SECRET = "bullens saffran"

EVERYBODY = [
    "/",
    "/initiativ/",
    "/initiativ/?status=interest",
    "/initiativ/?participant=vara",
    "/initiativ/?q=bullens",
    "/initiativ/lista.xlsx",
    "/initiativ/lista.xlsx?participant=vara",
    "/deltagande/",
    "/deltagande/?kommun=vara",
]
WITH_A_ROLE = [
    "/prioritering/?level=v6&scope=all",
    "/uppfoljning/",
    PERIOD,
    f"{PERIOD}B5/",
    f"{PERIOD}B5a/",
    f"{PERIOD}rapport.json",
]
OF_THE_CASE = [
    "",
    "underlag/",
    "handelser/",
    "handelser/?kind=participation",
    "handelser/?kind=decisions",
    "andringar/",
    "nyttokalkyl/",
    "jamfor/",
    "poang/",
    "deltagande/",
    "process/",
    "kostnadsdelning/",
    "kostnadsdelning/?andra=ja",
    "tidslinje/",
    *(f"steg/{act}/" for act in ("answer_interest", "close_interest", "change_leader", "leave", "follow", "recommend")),
]
ADMINISTRATOR = [
    "/vakanser/",
    "/register/export/",
    *(f"/admin/governance/{name}/" for name in ("case", "event", "decision", "participation")),
    "/admin/governance/event/?q=bullens",
    "/admin/governance/event/?kind__exact=answer_interest",
    "/admin/governance/decision/?interest_answer__answer=join",
    "/admin/governance/case/?participations__role=takes_part",
    "/admin/governance/case/?interest_answers__answer=join",
    "/admin/initiatives/initiative/?case__participations__organisation__key=vara",
]

Answering = Callable[[Walk], object]


def answering(answer: str, **more: Any) -> Answering:
    def answers(walk: Walk) -> None:
        director = walk.cast.director("vara")
        given = {**decision(director, motivation=SECRET), **more}
        walk.act(Act.ANSWER_INTEREST, director, answer=answer, **given)

    return answers


def changing_and_leaving(walk: Walk) -> None:
    answering("wait")(walk)
    answering("join", offers_to_lead=True)(walk)
    walk.leave("vara")


WORLDS: dict[str, Answering] = {
    "inget svar": lambda walk: None,
    "deltar och kan leda": answering("join", offers_to_lead=True),
    "ändrar sig och lämnar": changing_and_leaving,
}


@pytest.fixture
def made(cast: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Walk]:
    """An inquiry under the setting, which Lidköping has answered, of what Skara began by itself and pays for; what is
    shared is shared equally. Vara's director leaves soon. The clock stands still."""

    def make(shown: str) -> Walk:
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        ProcessSettings.objects.update(answers_shown=shown, cost_rule=Rule.EQUAL)
        assert cast.lead("vara")
        cast.director("vara").memberships.update(valid_to=timezone.localdate() + dt.timedelta(days=9))
        walk = Walk(cast, at=timezone.now() - dt.timedelta(days=40), title="Almens bokning").to(Status.LOCAL)
        walk.start_stage()
        for step in (walk.send_to_v6, walk.v6_start, walk.v6_qualify, walk.record_cost):
            step()
        walk.record_cost(300, CostKind.OPERATION)
        walk.answer("lidkoping", "decline")
        now = timezone.now()
        monkeypatch.setattr("django.utils.timezone.now", lambda: now)
        return walk

    return make


def in_each_world(walk: Walk, look: Callable[[], T]) -> dict[str, T]:
    drawn, seen = _sequences(), {}
    for name, answers in WORLDS.items():
        case, at = walk.case, walk.at
        cache.clear()
        mail.outbox.clear()
        with transaction.atomic():
            answers(walk)
            seen[name] = look()
            transaction.set_rollback(True)
        walk.case, walk.at = case, at
        _put_back(drawn)
    return seen


def addresses(walk: Walk, who: str) -> Iterator[str]:
    yield from EVERYBODY
    if who in ("admin", "director who leads"):
        yield from WITH_A_ROLE
    yield from (f"{walk.case.get_absolute_url()}{rest}" for rest in OF_THE_CASE)
    if who == "admin":
        yield from ADMINISTRATOR
        beyond = Event.objects.latest("id").pk + 4
        yield from (f"/admin/governance/event/{pk}/change/" for pk in range(beyond - 4, beyond))
        for model in (Decision, Participation):
            last = model.objects.latest("pk").pk
            yield from (f"/admin/governance/{model._meta.model_name}/{pk}/change/" for pk in range(last, last + 4))


def person(cast: Cast, who: str) -> User:
    people: dict[str, Callable[[], User]] = {
        "director who has not answered": lambda: cast.director("essunga"),
        "director who has answered": lambda: cast.director("lidkoping"),
        "director who leads": lambda: cast.director("skara"),
        "lead who leads": lambda: cast.lead("skara"),
        "director who takes part": lambda: cast.director("gotene"),
        "author": lambda: cast.staff("skara"),
        "Göliska IT": cast.it_officer,
        "admin": cast.admin,
        "own kommun": lambda: cast.lead("vara"),
        "coordinator": cast.coordinator,
    }
    return people[who]()


OWN, CLOSED, AT_ONCE = AnswersShown.OWN_GIVEN, AnswersShown.CLOSED, AnswersShown.AT_ONCE
BLIND = [
    (OWN, "director who has not answered"),
    (OWN, "Göliska IT"),
    (OWN, "admin"),
    (CLOSED, "director who leads"),
    (CLOSED, "author"),
    (CLOSED, "lead who leads"),
    (CLOSED, "director who takes part"),
]
SEEING = [
    (AT_ONCE, "director who has not answered"),
    (OWN, "director who has answered"),
    (CLOSED, "own kommun"),
    (CLOSED, "coordinator"),
]


@pytest.mark.parametrize(("shown", "who"), BLIND)
def test_for_those_who_may_not_see_it_yet_all_worlds_are_the_same(
    made: Callable[[str], Walk], shown: AnswersShown, who: str
) -> None:
    walk = made(shown)
    user = person(walk.cast, who)
    if who == "director who takes part":
        walk.answer("gotene")
    pages = list(addresses(walk, who))
    seen = in_each_world(walk, lambda: asked_by(user, iter(pages)))
    first, *others = seen.values()
    assert [line for other in others for line in differing(first, other)] == []
    assert not [address for address, ((status, _h, _t), _n) in first.items() if status >= 500]
    assert [
        address for found in seen.values() for address, ((_s, _h, text), _n) in found.items() if SECRET in text
    ] == []


@pytest.mark.parametrize(("shown", "who"), SEEING)
def test_those_who_may_see_it_tell_the_worlds_apart(made: Callable[[str], Walk], shown: AnswersShown, who: str) -> None:
    """Otherwise the test above would prove nothing."""
    walk = made(shown)
    user = person(walk.cast, who)
    page = walk.case.get_absolute_url()
    pages = [page, *(f"{page}{rest}" for rest in ("underlag/", "handelser/", "deltagande/"))]
    partly = [f"{page}{rest}" for rest in ("process/", "kostnadsdelning/", "tidslinje/") if who != "own kommun"]
    seen = in_each_world(walk, lambda: asked_by(user, iter([*pages, *partly])))
    for address in (*pages, *partly):
        apart = len({told_there[address][0][2] for told_there in seen.values()})
        assert apart == len(WORLDS) or (apart > 1 and address in partly), address


def test_when_the_inquiry_is_closed_everybody_sees_what_was_answered(made: Callable[[str], Walk]) -> None:
    walk = made(CLOSED)
    for kommun in ("vara", "gotene"):
        walk.answer(kommun)
    for kommun in ("essunga", "grastorp"):
        walk.answer(kommun, "decline")
    client = Client()
    client.force_login(walk.cast.director("essunga"))
    address = walk.case.get_absolute_url()
    before = client.get(address).content.decode()
    walk.act(Act.CLOSE_INTEREST, walk.cast.coordinator())
    after = client.get(address).content.decode()
    assert "De andra kommunernas svar visas när förfrågan är stängd." in before
    assert "Kommunernas svar på intresseförfrågan" in after
    assert "Deltar" in after


def test_another_setting_changes_nothing_for_what_has_been_asked(made: Callable[[str], Walk]) -> None:
    """What the directors were told when they were asked holds."""
    walk = made(CLOSED)
    ProcessSettings.objects.update(answers_shown=AT_ONCE)
    assert walk.case.answers_shown == CLOSED
    walk.answer("vara", "decline")
    client = Client()
    client.force_login(walk.cast.director("essunga"))
    assert "Vara" not in client.get(f"{walk.case.get_absolute_url()}handelser/").content.decode()


def test_what_is_sent_is_answered_alike(made: Callable[[str], Walk]) -> None:
    walk = made(CLOSED)

    def send() -> list[Any]:
        client = Client()
        client.force_login(walk.cast.director("skara"))
        page = walk.case.get_absolute_url()
        vara = walk.cast.orgs["vara"].pk
        given = {"leader": str(vara), "motivation": "Ni kan.", "decider_name": "Karin", "decided_on": "2026-01-01"}
        return [
            told(client.post(f"{page}steg/change_leader/", given)),
            told(client.post(f"{page}steg/close_interest/")),
        ]

    one, *others = in_each_world(walk, send).values()
    assert [status for status, _headers, _text in one] == [200, 403]
    assert all(other == one for other in others)


def test_no_mail_tells(made: Callable[[str], Walk]) -> None:
    walk = made(CLOSED)
    people = [person(walk.cast, who) for shown, who in BLIND]
    give_address(*people)
    for one in people:
        Watch.objects.get_or_create(initiative=walk.case.initiative, user=one, defaults={"since": timezone.now()})

    def letters() -> list[tuple[str, str, str]]:
        Notice.objects.update(written_at=timezone.now() - dt.timedelta(days=2))
        sending.go_round()
        return sorted((letter.to[0], letter.subject, str(letter.body)) for letter in mail.outbox)

    one, *others = in_each_world(walk, letters).values()
    assert all(other == one for other in others)
    assert not any(SECRET in body for _to, _subject, body in one)
