"""Until a person has handed in her own assessment, nothing anywhere depends on what the others have answered.

The proof is by worlds that differ in the others' answers alone, handed in or only begun. For everybody who has not
handed in, every address gives the same to the letter in all of them, headers included. A new page needs a line below;
that the worlds can be told apart at all is asked of somebody who has handed in.
"""

from __future__ import annotations

import datetime as dt
import difflib
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import Max, Min
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from followup.periods import HalfYear
from governance.actions.assessing import save_scores
from governance.acts import Act
from governance.mail import sending
from governance.models import Event, Notice
from governance.statuses import Status
from initiatives.actions.assessing import Mark
from initiatives.models import Assessment, Round, Watch
from tests.cast import Cast
from tests.postoffice import give_address
from tests.walk import CRITERIA, Walk
from v6portal.organizations.models import User

pytestmark = pytest.mark.django_db

T = TypeVar("T")
PERIOD = f"/uppfoljning/{HalfYear.of(timezone.localdate()).code}/"

# --- What is asked for. A page that shows initiatives or assessments belongs here

EVERYBODY = [
    "/",
    "/initiativ/",
    "/initiativ/?sort=score",
    "/initiativ/?sort=newest&status=v6_prioritising",
    "/initiativ/?q=bullens",
    "/initiativ/?view=watched",
    "/initiativ/lista.xlsx?sort=score",
]
WITH_A_ROLE = [
    "/bedomning/",
    "/prioritering/",
    "/prioritering/?level=v6",
    "/prioritering/?level=v6&scope=all",
    "/prioritering/?level=kommun&organisation=skara&scope=all",
    "/prioritering/?level=v6&scope=all&mark=discuss&sort=disagreement",
    "/prioritering/vikter/?level=v6&scope=all",
    "/prioritering/vikter/?level=kommun&organisation=skara&scope=all",
    "/bedomning/diskutera/?lista=v6",
    "/bedomning/diskutera/?lista=skara",
    "/bedomning/excel/",
    "/bedomning/formular.xlsx",
    "/uppfoljning/",
    "/uppfoljning/matt/",
    PERIOD,
    f"{PERIOD}B5/",
    f"{PERIOD}rapport.json",
]
SLOW = [f"{PERIOD}rapport.xlsx"]
"""Asked for by one person."""
OF_EACH = [
    "",
    "underlag/",
    "bedom/",
    "bedom/formular.xlsx",
    "jamfor/",
    "jamfor/N1/",
    "poang/",
    "nyttokalkyl/",
    "handelser/",
    "handelser/?kind=advice",
    "andringar/",
    "fragor/kommun/",
    "liknande/",
    *(
        f"steg/{act}/"
        for act in ("declare_conflict", "amend", "close_round", "agree", "prioritise", "v6_prioritise", "comment")
    ),
]
ADMINISTRATOR = [
    "/register/export/",
    *(f"/admin/initiatives/{name}/" for name in ("initiative", "round", "assessment")),
    *(f"/admin/governance/{name}/" for name in ("case", "event")),
    "/admin/initiatives/round/?q=DI",
    *(f"/admin/initiatives/round/?o={column}" for column in (6, -7)),
    *(
        f"/admin/initiatives/round/?{asked}"
        for asked in (
            "joint_score__gte=50",
            "needs_discussion__exact=1",
            "disagreement__gte=1",
            "joint_values__N1=5",
            "risk_flagged__exact=1",
            "benefit__gte=3",
            "assessments__scores__value=1",
            "assessments__isnull=1",
            "assessments__id__gt=1",
        )
    ),
    "/admin/initiatives/assessment/?scores__value=1",
    "/admin/initiatives/initiative/?rounds__joint_score__gte=50",
    "/admin/governance/case/?initiative__rounds__needs_discussion=1",
    "/admin/governance/event/?q=bullens",
]


@dataclass(frozen=True)
class World:
    """What the two others answer on each of the initiatives, None being *vet inte*. At home there is but one other, who
    answers the first."""

    answers: list[tuple[int | None, int | None]]
    is_begun_by_a_third: bool = False
    """Whether somebody more has begun to answer in V6, and not handed in."""


WORLDS = {
    "eniga, den första lågt": World([(1, 1), (5, 5), (1, 1)]),
    "oeniga, den första högst": World([(5, 5), (1, 5), (5, 5)]),
    "några vet inte, och en tredje har börjat": World(
        [(None, 3), (None, None), (None, None)], is_begun_by_a_third=True
    ),
}


@dataclass
class Rounds:
    """Two initiatives that V6 assesses and one that Skara does; some others hand in, differently in each world."""

    cast: Cast
    walks: list[Walk]

    @classmethod
    def opened(cls, cast: Cast) -> Rounds:
        begun = timezone.now() - dt.timedelta(days=90)
        statuses = [Status.V6_PRIORITISING] * 2 + [Status.QUALIFIED]
        names = ("Almens", "Bokens", "Cederns")
        for other in (cast.lead("skara", 2), cast.lead("vara"), cast.lead("lidkoping")):
            assert other  # there from the beginning, so that a world differs in answers alone
        walks = [Walk(cast, at=begun, title=f"{name} bokning").to(s) for name, s in zip(names, statuses, strict=True)]
        for walk in walks:
            walk.act(Act.DECLARE_CONFLICT, cast.lead("skara", 3), motivation="Min syster säljer.")
        made = cls(cast, walks)
        made.blind()
        return made

    def others_hand_in(self, world: World) -> None:
        for walk, (first, second) in zip(self.walks, world.answers, strict=True):
            at_home = walk.case.status == Status.QUALIFIED
            others = [self.cast.lead("skara", 2)] if at_home else [self.cast.lead(k) for k in ("vara", "lidkoping")]
            for other, value in zip(others, (first, second), strict=False):
                words = f"bullens {'kanel' if value == 1 else 'saffran'}"
                walk.act(Act.ASSESS, other, marks={code: Mark(value, words) for code in CRITERIA})
        for walk in self.walks[:2] if world.is_begun_by_a_third else ():
            save_scores(case=walk.case, by=self.cast.lead("skara", 2), marks={"N1": Mark(1, "bullens kanel")})

    def blind(self) -> dict[str, User]:
        """Everybody who has not handed in: those who are to, those with jäv, and those who are not asked."""
        cast = self.cast
        return {
            "ska bedöma": cast.lead("skara"),
            "har anmält jäv": cast.lead("skara", 3),
            "samordnare": cast.coordinator(),
            "kommundirektör": cast.director(),
            "läser i en annan kommun": cast.reader("essunga"),
            "inlämnare": cast.staff(),
            "administratör": cast.admin(),
        }

    def addresses_of(self, who: str) -> Iterator[str]:
        yield from EVERYBODY
        if who != "inlämnare":
            yield from WITH_A_ROLE
        if who == "samordnare":
            yield from SLOW
        for walk in self.walks[1:]:
            yield from (f"{walk.case.get_absolute_url()}{rest}" for rest in OF_EACH)
        if who == "administratör":
            yield from ADMINISTRATOR
            yield from (f"/admin/initiatives/round/{pk}/change/" for pk in Round.objects.values_list("pk", flat=True))
            sheets = Assessment.objects.handed_in().aggregate(first=Min("pk"), last=Max("pk"))
            beyond = sheets["last"] + len(self.walks)  # what is only begun has the numbers after the others'
            yield from (f"/admin/initiatives/assessment/{pk}/change/" for pk in range(sheets["first"], beyond))
            events = Event.objects.filter(kind=Act.ASSESS).values_list("pk", flat=True)
            yield from (f"/admin/governance/event/{pk}/change/" for pk in events)


@pytest.fixture
def rounds(cast: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Rounds:
    """The clock stands still: what a page says of the time is the same in all worlds."""
    settings.DEMO = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    made, now = Rounds.opened(cast), timezone.now()
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    return made


def in_each_world(rounds: Rounds, look: Callable[[], T]) -> list[T]:
    """What ``look`` gives in one world after the other, each built in the same place: what one leaves behind is
    undone, numbers drawn included."""
    drawn, seen = _sequences(), []
    for values in WORLDS.values():
        before = [(walk.case, walk.at) for walk in rounds.walks]
        cache.clear()
        mail.outbox.clear()
        with transaction.atomic():
            rounds.others_hand_in(values)
            seen.append(look())
            transaction.set_rollback(True)
        for walk, (case, at) in zip(rounds.walks, before, strict=True):
            walk.case, walk.at = case, at
        _put_back(drawn)
    return seen


def _sequences() -> dict[str, int | None]:
    with connection.cursor() as cursor:
        cursor.execute("select sequencename, last_value from pg_sequences where schemaname = 'public'")
        return dict(cursor.fetchall())


def _put_back(drawn: dict[str, int | None]) -> None:
    with connection.cursor() as cursor:
        for name, value in drawn.items():
            cursor.execute("select setval(%s::regclass, %s, %s)", [f'"{name}"', value or 1, value is not None])


RANDOM = [
    (re.compile(r'(name="(?:csrfmiddlewaretoken|token)"[^>]*value=")[^"]+'), r"\1"),
    (re.compile(r'(data-signed-in=")[^"]+'), r"\1"),
    (re.compile(r'(<div class="readonly">\d+ \w+ \d{4}) \d\d:\d\d'), r"\1"),
]
"""Drawn by lot, or by the clock of the database, by which the log notes when something was written."""
PASSING = {"Set-Cookie", "Content-Length", "X-Request-ID", "Expires"}
"""Headers that hold the signs of a session or of a request, their length, or what the clock says."""


def told(response: HttpResponse) -> tuple[int, dict[str, str], str]:
    """What an answer tells: its status, its headers, and everything in it that is not drawn by lot."""
    content = response.getvalue() if response.streaming else response.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            parts = [book.read(name).decode("utf-8", "replace") for name in book.namelist() if name != CLOCK]
        text = "\n".join(parts)
    else:
        text = content.decode()
    for pattern, kept in RANDOM:
        text = pattern.sub(kept, text)
    headers = {name: value for name, value in response.headers.items() if name not in PASSING}
    return response.status_code, headers, text


CLOCK = "docProps/core.xml"


def asked_by(person: User, addresses: Iterator[str]) -> dict[str, tuple[Any, int]]:
    """Address by address, what is told and in how many statements."""
    client, found = Client(), {}
    client.force_login(person)
    for address in addresses:
        with CaptureQueriesContext(connection) as asked:
            response = client.get(address)
        found[address] = (told(response), len(asked))
    return found


def differing(one: dict[str, tuple[Any, int]], other: dict[str, tuple[Any, int]]) -> Iterator[str]:
    """The addresses that tell two worlds apart, and by what."""
    for address in one:
        (status, headers, text), told_there = one[address][0], other[address][0]
        if (status, headers) != told_there[:2]:
            yield f"{address}: {status} {headers} – {told_there[:2]}"
        elif text != told_there[2]:
            lines = difflib.unified_diff(text.splitlines(), told_there[2].splitlines(), n=0, lineterm="")
            yield f"{address}: {list(lines)[:6]}"[:600]


BLIND = [
    "ska bedöma",
    "har anmält jäv",
    "samordnare",
    "kommundirektör",
    "läser i en annan kommun",
    "inlämnare",
    "administratör",
]


@pytest.mark.parametrize("who", BLIND)
def test_for_those_who_have_not_handed_in_all_worlds_are_the_same(rounds: Rounds, who: str) -> None:
    seen = in_each_world(rounds, lambda: asked_by(rounds.blind()[who], rounds.addresses_of(who)))
    first = seen[0]
    assert [line for other in seen[1:] for line in differing(first, other)] == []
    assert not [address for address, ((status, _h, _t), _n) in first.items() if status >= 500]
    for secret in ("bullens kanel", "bullens saffran"):
        assert [address for address, ((_s, _h, text), _n) in first.items() if secret in text] == []


def test_the_worlds_can_be_told_apart_by_those_who_have_handed_in(rounds: Rounds) -> None:
    """Otherwise the test above would prove nothing."""
    lead = rounds.cast.lead("vara")
    pages = [f"{walk.case.get_absolute_url()}{rest}" for walk in rounds.walks[:2] for rest in ("", "jamfor/")]
    seen = in_each_world(rounds, lambda: asked_by(lead, iter(pages)))
    for page in pages:
        assert len({answers[page][0][2] for answers in seen}) == len(WORLDS), page


def test_nothing_is_reckoned_in_another_way_for_a_blind_reader_when_others_have_handed_in(rounds: Rounds) -> None:
    """As many statements before anybody has as after: how long it takes tells nothing."""
    lead = rounds.cast.lead("skara")
    pages = [f"{walk.case.get_absolute_url()}{rest}" for walk in rounds.walks for rest in ("", "bedom/")]
    pages += ["/bedomning/", "/prioritering/?level=v6"]
    asked_by(lead, iter(pages))
    before = {page: statements for page, (_told, statements) in asked_by(lead, iter(pages)).items()}
    rounds.others_hand_in(WORLDS["oeniga, den första högst"])
    asked_by(lead, iter(pages))
    after = {page: statements for page, (_told, statements) in asked_by(lead, iter(pages)).items()}
    assert after == before


def test_what_is_saved_is_answered_alike_in_all_worlds(rounds: Rounds) -> None:
    """Saving half, and trying to hand in half, tells nothing of the others; nor does what one may not do."""
    address = f"{rounds.walks[0].case.get_absolute_url()}"
    half = {"value_N1": "4", "motivation_N1": "Mitt eget."}

    def send() -> list[Any]:
        client = Client()
        client.force_login(rounds.cast.lead("skara"))
        sent = [client.post(f"{address}bedom/", {**half, button: "1"}) for button in ("autosave", "hand_in")]
        client.force_login(rounds.cast.coordinator())
        sent.append(client.post(f"{address}bedom/", {**half, "save": "1"}))
        sent.append(client.post(f"{address}steg/v6_prioritise/", {"order": ""}))
        return [told(one) for one in sent]

    one, *others = in_each_world(rounds, send)
    assert [status for status, _headers, _text in one] == [200, 200, 403, 200]
    assert all(other == one for other in others)


def test_no_mail_tells(rounds: Rounds) -> None:
    """Everybody watches everything; what is written is the same in all worlds."""
    people = rounds.blind()
    give_address(*people.values())
    for walk in rounds.walks:
        for person in people.values():
            Watch.objects.create(initiative=walk.case.initiative, user=person, since=walk.at or timezone.now())

    def letters() -> list[tuple[str, str, str]]:
        Notice.objects.update(written_at=timezone.now() - dt.timedelta(days=2))
        sending.go_round()
        return sorted((letter.to[0], letter.subject, str(letter.body)) for letter in mail.outbox)

    one, *others = in_each_world(rounds, letters)
    assert all(other == one for other in others)
    assert not any("bullens" in body for _to, _subject, body in one)
