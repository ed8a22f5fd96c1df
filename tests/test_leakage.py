"""What one may not see stands nowhere: neither title nor reference, in no list, search, count, file or error page."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.http import HttpResponse
from django.utils import timezone
from pypdf import PdfReader

from followup.periods import HalfYear
from governance.actions import create_draft, perform
from governance.acts import Act
from governance.mail import sending
from governance.models import Mail
from governance.presenting.firstpage import writing_home
from governance.statuses import Status
from initiatives.models import Watch
from tests.cast import Cast
from tests.postoffice import give_address
from tests.walk import Walk, decision
from tests.world import ADMINISTRATORS, INSIGHT, SEES, SIGNED_IN, TITLES, World
from v6portal.organizations.roles import Role

pytestmark = pytest.mark.django_db

PERIOD = f"/uppfoljning/{HalfYear.of(timezone.localdate()).code}/"
EVERYWHERE = [
    "/",
    "/goliska/",
    "/initiativ/",
    "/initiativ/?view=mine",
    "/initiativ/?view=drafts",
    "/initiativ/?view=watched",
    "/initiativ/lista.xlsx",
    "/deltagande/",
    "/deltagande/?kommun=skara",
    "/bedomning/",
    "/prioritering/",
    "/prioritering/?level=v6",
    "/prioritering/vikter/?scope=all",
    "/prioritering/vikter/?level=v6&scope=all",
    "/prioritering/vikter/?level=kommun&organisation=skara&scope=all",
    "/prioritering/?level=v6&scope=all&q=blankett&sort=disagreement",
    "/prioritering/?level=kommun&organisation=skara&scope=all",
    "/prioritering/?level=kommun&organisation=skara",
    "/bedomning/diskutera/?lista=skara",
    "/bedomning/diskutera/?lista=v6",
    "/beslut/?state=all&organisation=skara&first=2020-01-01",
    "/beslut/lista.xlsx?state=all&organisation=skara&first=2020-01-01",
    "/moten/",
    "/initiativ/?managed_object=fågel",
    "/uppfoljning/matt/",
    "/uppfoljning/matt/nytt/?q=uggleblicken",
]
REPORTS = [
    "/uppfoljning/",
    PERIOD,
    f"{PERIOD}?kommun=alla",
    f"{PERIOD}?kommun=skara",
    f"{PERIOD}?kommun=vara",
    *(f"{PERIOD}{key}/?kommun=skara" for key in ("A1-skara", "B5", "B5c", "B5e-vantande")),
    f"{PERIOD}rapport.csv",
    *(f"{PERIOD}{key}/" for key in ("A1-summa", "B1-summa", "B5", "B5c", "B5e-vantande", "B5e-startade-inskickat")),
    f"{PERIOD}rapport.json",
    f"{PERIOD}som-det-var/{timezone.localdate()}/{timezone.localdate()}/B5/",
    "/initiativ/som-det-var/",
]
FILES = [f"{PERIOD}rapport.xlsx?vanta=1", f"{PERIOD}rapport.pdf?vanta=1", "/register/export/"]
ASKING_FOR_REPORTS = {
    "staff.vara",
    "lead.vara",
    "reader.skara",
    "it_officer.goliska",
    "coordinator.v6",
    "superuser.admin",
}
ADMIN_LISTS = [
    *(f"/admin/initiatives/{name}/" for name in ("initiative", "round", "assessment")),
    *(f"/admin/governance/{name}/" for name in ("case", "event", "decision", "participation", "stage", "cost", "mail")),
    *(f"/admin/followup/{name}/" for name in ("adoption", "confirmation")),
]
WORDS = {"draft": "kanariefågeln", "submitted": "papegojan", "in_v6": "strutsen", "secret": "uggleblicken"}
"""Each in exactly one of the titles."""


@pytest.fixture
def world(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr("v6portal.context.waiting_count", lambda user: 0)
    return World(cast)


def text_of(response: HttpResponse) -> str:
    """Everything that can be read in an answer, also inside a workbook or a PDF."""
    content = response.getvalue() if response.streaming else response.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return "\n".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())
    if content.startswith(b"%PDF"):
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return content.decode()


class Leaks:
    def __init__(self, world: World) -> None:
        self.world, self.found = world, list[str]()

    def look(self, name: str, address: str, *, status: int = 200) -> None:
        response = self.world.client(name).get(address)
        text = text_of(response)
        assert response.status_code == status, (name, address, response.status_code)
        for situation in self.world.unseen_by(name):
            for secret in (TITLES[situation], self.world.references[situation]):
                if secret in text:
                    self.found.append(f"{name} läser ”{secret}” ({situation}) på {address}")


def test_what_is_looked_for_is_found_by_those_who_may_see_it(world: World) -> None:
    """Otherwise the tests below would prove nothing."""
    for situation, seeing in SEES.items():
        for name in sorted(seeing)[:2]:
            view = "drafts" if situation == "draft" else ""
            page = world.client(name).get("/initiativ/", {"q": WORDS[situation], "view": view})
            assert TITLES[situation] in page.content.decode(), (situation, name)
    assert TITLES["in_v6"] in text_of(world.client("reader.vara").get("/initiativ/lista.xlsx"))
    assert TITLES["in_v6"] in text_of(world.client("reader.vara").get(f"{PERIOD}rapport.pdf?vanta=1"))
    assert TITLES["in_v6"] in text_of(world.client("reader.vara").get(f"{PERIOD}rapport.xlsx?vanta=1"))


def test_not_on_the_first_page_nor_in_the_register_nor_in_the_ranking(world: World) -> None:
    leaks = Leaks(world)
    for name in sorted(SIGNED_IN):
        for address in EVERYWHERE:
            closed = any(word in address for word in ("prioritering", "bedomning", "goliska", "moten", "beslut"))
            if closed and name in ("outsider", "superuser"):
                continue
            leaks.look(name, address, status=403 if "/matt/" in address and name not in INSIGHT else 200)
    assert leaks.found == []


def test_another_kommuns_ranking_does_not_show_what_is_not_in_v6(world: World) -> None:
    """Also when the address asks for it; scored or not yet scored."""
    scored = Walk(world.cast, title="Lärkan sjunger i kalendern").to(Status.QUALIFIED)
    scored.assess_at_home()
    waiting = Walk(world.cast, title="Gåsen flyttar arkivet").to(Status.QUALIFIED)
    address = "/prioritering/?level=kommun&organisation=skara"
    shown = {
        name: [
            walk.case.initiative.title in world.client(name).get(address).content.decode() for walk in (scored, waiting)
        ]
        for name in ("reader.skara", "lead.vara", "reader.vara", "staff.vara", "coordinator.v6", "superuser.admin")
    }
    assert shown.pop("reader.skara") == [True, True]
    assert set(map(tuple, shown.values())) == {(False, False)}


def test_no_search_finds_it_nor_tells_that_there_is_something_to_find(world: World) -> None:
    for name in sorted(SIGNED_IN):
        for situation in world.unseen_by(name):
            reference = world.references[situation]
            for words in (WORDS[situation], reference):
                page = world.client(name).get("/initiativ/", {"q": words})
                assert page.context["page_obj"].paginator.count == 0, (name, situation, words)
                assert TITLES[situation] not in page.content.decode()


def test_not_in_the_reports_nor_in_the_lists_behind_their_figures(world: World) -> None:
    leaks = Leaks(world)
    for name in sorted(ASKING_FOR_REPORTS):
        for address in REPORTS:
            leaks.look(name, address)
    assert leaks.found == []


@pytest.mark.parametrize("address", FILES)
def test_not_in_a_file(world: World, address: str) -> None:
    leaks = Leaks(world)
    for name in ["superuser.admin"] if address.startswith("/register/") else ["reader.skara", "coordinator.v6"]:
        leaks.look(name, address)
    assert leaks.found == []


def test_the_report_counts_it_all_the_same(world: World) -> None:
    """Figures are about everybody; only the list behind one leaves out, and says how many."""
    page = world.client("reader.vara").get(f"{PERIOD}A1-summa/").content.decode()
    assert "2 initiativ visas inte" in page


def test_not_in_django_admin_for_administrators_and_superusers(world: World) -> None:
    leaks = Leaks(world)
    for name in ADMINISTRATORS:
        for address in ADMIN_LISTS:
            leaks.look(name, address)
        for situation in world.unseen_by(name):
            case = world.cases[situation]
            for model in ("initiatives/initiative", "governance/case"):
                response = world.client(name).get(f"/admin/{model}/{case.pk}/change/", follow=True)
                assert TITLES[situation] not in response.content.decode()
    assert leaks.found == []


def test_not_in_the_forms_of_assessment_of_those_who_once_were_to_assess_it(world: World) -> None:
    walk = Walk(world.cast, title="Lärkan sjunger i kalendern").to(Status.V6_PRIORITISING)
    reference, lead = walk.case.initiative.reference, world.client("lead.vara")
    pages = ("/bedomning/excel/", "/bedomning/formular.xlsx")
    assert all(reference in text_of(lead.get(address)) for address in pages)
    skara = world.cast.orgs["skara"]
    walk.act(
        Act.MARK_SECRET,
        world.cast.registrar("skara"),
        legal_basis="OSL 18 kap. 8 §",
        marked_on=timezone.localdate(),
        readers=[(skara, Role.REGISTRAR), (skara, Role.LEAD)],
    )
    for address in pages:
        text = text_of(lead.get(address, follow=True))
        assert reference not in text
        assert "Lärkan" not in text
    assert lead.get(f"/initiativ/{reference}/bedom/formular.xlsx").status_code == 404
    assert reference in text_of(world.client("lead.skara").get("/bedomning/formular.xlsx"))


def test_not_in_a_mail_nor_in_the_mailbox_of_the_demo(cast: Cast, settings: Any) -> None:
    """Everybody watches everything from the beginning; what is told is what each may see when it is told."""
    settings.DEMO = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    world = World(cast)
    people = {name: world.person(name) for name in SIGNED_IN}
    give_address(*people.values())
    for situation in ("submitted", "in_v6", "secret"):
        Watch.objects.bulk_create(
            Watch(initiative=world.cases[situation].initiative, user=person, since=timezone.now())
            for person in people.values()
        )
    perform(Act.WITHDRAW, case=world.cases["submitted"], by=cast.lead(), given={"motivation": "Behövs inte."})
    for situation in ("in_v6", "secret"):
        perform(Act.END_UNREALISED, case=world.cases[situation], by=cast.director(), given=decision(cast.director()))
    sending.go_round()
    by_address = {person.email: name for name, person in people.items()}
    told = [(by_address[message.to[0]], message.message().as_string() + message.body) for message in mail.outbox]
    assert told
    leaked = [
        (name, situation)
        for name, text in told
        for situation in (*world.unseen_by(name), "secret")
        for secret in (TITLES[situation], world.references[situation])
        if secret in text
    ]
    assert leaked == []
    leaks = Leaks(world)
    for name in sorted(SIGNED_IN):
        leaks.look(name, "/demo/mejl/")
        for one in Mail.objects.filter(recipient=people[name]).sent():
            leaks.look(name, f"/demo/mejl/{one.pk}/")
            leaks.look(name, f"/demo/mejl/{one.pk}/html/")
    assert leaks.found == []


def test_the_page_that_is_missing_is_the_same_as_one_that_never_was(world: World) -> None:
    def told(name: str, reference: str) -> Iterator[str]:
        for rest in (
            "",
            "handelser/",
            "underlag/",
            "underlag.pdf",
            "andringar/",
            "andringar/?fran=1&till=2",
            "redigera/",
            "steg/withdraw/",
            "bedom/",
            "bedom/formular.xlsx",
            "nyttokalkyl/",
            "fragor/v6/",
            "inforande/",
            "bilagor/",
            "liknande/",
            "bevaka/",
        ):
            response = world.client(name).get(f"/initiativ/{reference}/{rest}")
            assert response.status_code == 404
            page = response.content.decode().replace(reference, "")
            yield re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)

    for name in ("staff.vara", "reader.vara", "coordinator.v6", "superuser.admin"):
        for situation in world.unseen_by(name):
            assert list(told(name, world.references[situation])) == list(told(name, "DI-1999-999"))


def test_not_beside_a_draft_with_the_very_same_title(world: World) -> None:
    """Neither shown nor told of by a heading: beside a draft there is nothing, or what the writer may see."""
    for name in sorted(SIGNED_IN):
        user = world.person(name)
        if (home := writing_home(user)) is None:
            continue
        for situation, title in TITLES.items():
            draft = create_draft(by=user, organisation=home, title=title).initiative
            page = world.client(name).get(f"/initiativ/{draft.reference}/redigera/").content.decode()
            sees = situation != "draft" and name in SEES[situation]
            assert (world.references[situation] in page) is sees, (name, situation)
            assert ("Finns det redan?" in page) is sees, (name, situation)


def test_not_among_what_is_watched_when_it_may_no_longer_be_seen(world: World) -> None:
    """Everybody once watched everything; each sees again what she may see, and no more is counted."""
    for name in sorted(SIGNED_IN):
        for case in world.cases.values():
            Watch.objects.create(initiative=case.initiative, user=world.person(name), since=timezone.now())
    leaks = Leaks(world)
    for name in sorted(SIGNED_IN):
        for address in ("/", "/initiativ/?view=watched"):
            leaks.look(name, address)
        page = world.client(name).get("/initiativ/?view=watched")
        seen = {s for s, seeing in SEES.items() if s != "draft" and name in seeing}
        assert page.context["page_obj"].paginator.count == len(seen), name
    assert leaks.found == []


def test_not_among_what_is_alike_nor_as_an_original(world: World) -> None:
    """Who marks a duplicate is helped to the original, and told the same of one she may not see as of none at all."""
    lead = world.client("lead.vara")

    def marking(situation: str) -> str:
        mine = Walk(world.cast, "vara", title=TITLES[situation]).to(Status.SUBMITTED).case
        return f"{mine.get_absolute_url()}steg/mark_duplicate/"

    page = lead.get(marking("in_v6")).content.decode()
    assert world.references["in_v6"] in page[page.index("Liknande initiativ") :]
    for situation in ("draft", "submitted"):
        address = marking(situation)
        page = lead.get(address).content.decode()
        assert world.references[situation] not in page
        assert "Liknande initiativ" not in page
        answers = [
            lead.post(address, {"original": reference}).context["form"].errors["original"]
            for reference in (world.references[situation], "DI-1999-999")
        ]
        assert answers[0] == answers[1]
