"""*Underlaget*: one page, of what the reader may see, and the same bytes every time."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from governance.acts import Act
from governance.models import CostKind, ProcessSettings
from governance.presenting.passages import cut
from governance.statuses import Status
from initiatives.actions.assessing import Mark
from tests.cast import Cast
from tests.walk import CRITERIA, Walk, decision
from v6portal.organizations.printing import pdf_available

pytestmark = pytest.mark.django_db

needs_pdf = pytest.mark.skipif(not pdf_available(), reason="the machine cannot draw PDF")
LONG = "Personalen hämtar och lämnar fysiska nycklar flera gånger per pass, och ingen vet var de är. " * 60
WORD = "Nyckelhanteringssamordningsunderlag" * 60


def read(client: Client, walk: Walk) -> str:
    return client.get(f"{walk.case.get_absolute_url()}underlag/").content.decode()


def pages(client: Client, walk: Walk) -> tuple[bytes, list[str]]:
    content = client.get(f"{walk.case.get_absolute_url()}underlag.pdf").content
    return content, [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]


def one_of_everything(cast: Cast, **text: Any) -> Walk:
    """Assessed at home and in V6, with Göliska IT's assessment, an offer to lead, a stage and costs."""
    ProcessSettings.objects.update(answers_shown="at_once")
    walk = Walk(cast, **text).to(Status.INTEREST)
    director = cast.director("vara")
    walk.act(Act.ANSWER_INTEREST, director, answer="join", offers_to_lead=True, **decision(director))
    for kommun in ("lidkoping", "essunga", "gotene", "grastorp"):
        walk.answer(kommun, "join" if kommun == "lidkoping" else "wait")
    walk.hand_to_goliska()
    parts = dict.fromkeys(("impact", "capacity", "cost", "security"), text.get("need", "Liten."))
    walk.act(Act.DRAFT_IT_ASSESSMENT, cast.it_officer(), commitment_needed=False, **parts)
    walk.act(Act.IT_ASSESS, cast.it_officer())
    for kommun, value in (("skara", 2), ("vara", 5)):
        marks = {code: Mark(value if code == "N1" else 3) for code in CRITERIA}
        walk.act(Act.ASSESS, cast.lead(kommun), marks=marks)
    walk.act(Act.V6_PRIORITISE, cast.coordinator(), order=1)
    walk.decide_start()
    walk.record_cost(25_000)
    walk.record_cost(12_000, CostKind.OPERATION)
    return walk


def test_it_says_everything_a_director_needs(cast: Cast, client: Client) -> None:
    walk = one_of_everything(cast)
    client.force_login(cast.director("essunga"))
    page = " ".join(read(client, walk).split()).replace("\xa0", " ").replace("&nbsp;", " ")
    for said in (
        "Personalen hämtar och lämnar fysiska nycklar",
        "Tryggare för den som har hjälp hemma.",
        "av 100 i V6.",
        "2–5 <span",
        "2 har bedömt.",
        "Skara leder. Vara kan leda.",
        "Liten.",
        "Inget åtagande av Göliska IT behöver beslutas.",
        "100 000 kr",
        "25 000 kr",
        "Drift och förvaltning: 12 000 kr per år.",
        "Sista dag att svara: ",
        "Avvaktar",
    ):
        assert said in page, said


def test_nothing_of_a_round_that_is_blind_to_the_reader(cast: Cast, client: Client) -> None:
    walk = Walk(cast).to(Status.QUALIFIED)
    walk.act(Act.ASSESS, cast.lead(number=2), marks={code: Mark(5) for code in CRITERIA})
    client.force_login(cast.lead())
    assert "En bedömning pågår. Svaren visas när den är stängd." in read(client, walk)
    assert "av 100" not in read(client, walk)
    walk.assess_at_home(1)
    assert "av 100 i Skara." in read(client, walk)


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.LOCAL, Status.V6_RECEIVED, Status.PAUSED])
def test_it_is_there_for_the_kommuns_own_too(cast: Cast, client: Client, status: Status) -> None:
    walk = Walk(cast).to(status)
    client.force_login(cast.director())
    page = read(client, walk)
    assert "Personalen hämtar" in page
    assert ("Kommunernas besked" in page) == (status == Status.V6_RECEIVED)


@needs_pdf
@pytest.mark.parametrize("text", ["Kort.", LONG, WORD], ids=["short", "long", "one long word"])
def test_on_paper_it_is_one_page_and_says_when_it_is_cut(cast: Cast, client: Client, text: str) -> None:
    walk = one_of_everything(cast, title="Nycklar " * 20, need=text, benefit=text, idea=text)
    client.force_login(cast.director("essunga"))
    content, (page,) = pages(client, walk)
    told = " ".join(page.replace("-\n", "").split())
    assert ("Texten är kortad" in told) == (text != "Kort.")
    for said in ("Kostnad", "Kommunernas besked", "Uppgifter", walk.case.initiative.reference):
        assert said in told, said
    assert content == pages(client, walk)[0]
    client.force_login(cast.reader("lidkoping"))
    assert content == pages(client, walk)[0]


def test_a_passage_is_cut_between_words() -> None:
    assert cut("ett två\n\ntre", 20) == "ett två tre"
    assert cut("ett två tre fyra", 10) == "ett två …"
    assert cut("enenaordetutanslut", 10) == "enenaorde …"


def test_what_is_longer_than_any_word_may_be_broken() -> None:
    """Without it such a word takes minutes to lay out."""
    assert cut("a" * 100, 200) == "\u200b".join(["a" * 40, "a" * 40, "a" * 20])
