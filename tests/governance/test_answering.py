"""A director answers the inquiry from one page: what stands there, and what becomes of it."""

from __future__ import annotations

import pytest
from django.test import Client

from governance.acts import Act
from governance.models import InterestAnswer
from governance.statuses import Status
from tests.cast import Cast
from tests.walk import Walk, decision

pytestmark = pytest.mark.django_db


def page_of(walk: Walk) -> str:
    return f"{walk.case.get_absolute_url()}steg/answer_interest/"


def given(walk: Walk, answer: str, **more: str) -> dict[str, str]:
    director = walk.cast.director("vara")
    return {
        "answer": answer,
        "motivation": "Vi behöver det.",
        "decider_name": str(director),
        "decided_on": str(walk.today),
        **more,
    }


@pytest.fixture
def walk(cast: Cast) -> Walk:
    return Walk(cast).to(Status.INTEREST)


def test_what_is_known_is_filled_in(walk: Walk, cast: Cast, client: Client) -> None:
    """The name always; the delegation as it was in her own latest answer, and nobody else's."""
    client.force_login(cast.director("vara"))
    form = client.get(page_of(walk)).context["form"]
    assert form["decider_name"].value() == "Kommundirektör Vara"
    assert form["delegation_reference"].value() is None
    other = Walk(cast, title="Ett annat").to(Status.INTEREST)
    for kommun, reference in (("vara", "KS 7.2"), ("lidkoping", "KS 9.9")):
        director = cast.director(kommun)
        more = decision(director, delegation_reference=reference, to_be_reported=True)
        other.act(Act.ANSWER_INTEREST, director, answer="wait", **more)
    form = client.get(page_of(walk)).context["form"]
    assert form["delegation_reference"].value() == "KS 7.2"
    assert form["to_be_reported"].value() is True


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("join", ["Svaret är lämnat: Vara deltar.", "bedömer utvecklingsledarna"]),
        ("wait", ["Svaret är lämnat: Vara avvaktar.", "Kommunen kan gå med senare."]),
        ("decline", ["Svaret är lämnat: Vara avstår.", "Du kan ändra svaret tills dess."]),
    ],
)
def test_the_receipt_says_what_happens_next(
    walk: Walk, cast: Cast, client: Client, answer: str, told: list[str]
) -> None:
    client.force_login(cast.director("vara"))
    page = client.post(page_of(walk), given(walk, answer), follow=True).content.decode()
    for words in (*told, "Samordnaren stänger förfrågan när alla har svarat, eller efter "):
        assert words in page


def test_a_changed_answer_supersedes_and_both_stay(walk: Walk, cast: Cast, client: Client) -> None:
    walk.answer("vara", "wait")
    client.force_login(cast.director("vara"))
    assert "Kommunen har svarat <b>avvakta</b>" in client.get(page_of(walk)).content.decode()
    client.post(page_of(walk), given(walk, "join", offers_to_lead="on"))
    answers = InterestAnswer.objects.filter(case=walk.case).order_by("pk").values_list("answer", "superseded")
    assert list(answers) == [("wait", True), ("join", False)]


def test_one_who_takes_part_is_led_to_leaving(walk: Walk, cast: Cast, client: Client) -> None:
    walk.answer("vara")
    client.force_login(cast.director("vara"))
    response = client.get(page_of(walk))
    assert f'href="{walk.case.get_absolute_url()}steg/leave/"' in response.content.decode()
    assert [value for value, _label in response.context["form"].fields["answer"].choices] == ["join"]
    refused = client.post(page_of(walk), given(walk, "decline"))
    assert "answer" in refused.context["form"].errors
    assert "Vi behöver det." in refused.content.decode()


def test_an_offer_to_lead_belongs_to_taking_part(walk: Walk, cast: Cast, client: Client) -> None:
    client.force_login(cast.director("vara"))
    client.post(page_of(walk), given(walk, "wait", offers_to_lead="on"))
    assert InterestAnswer.objects.get(case=walk.case).offers_to_lead is False


def test_who_closes_sees_who_can_lead_and_whose_decision_that_is(walk: Walk, cast: Cast, client: Client) -> None:
    client.force_login(cast.coordinator())
    address = f"{walk.case.get_absolute_url()}steg/close_interest/"
    cast.director("skara")
    assert "Ingen annan kommun har sagt att den kan leda." in client.get(address).content.decode()
    director = cast.director("vara")
    walk.act(Act.ANSWER_INTEREST, director, answer="join", offers_to_lead=True, **decision(director))
    page = " ".join(client.get(address).content.decode().split())
    assert "<b>Skara leder.</b> Vara har svarat: kan leda." in page
    assert "Kommundirektören Kommundirektör Skara i Skara beslutar om ledningen ska lämnas över" in page


@pytest.mark.parametrize(("who", "status"), [("lead", 403), ("coordinator", 403), ("director", 200)])
def test_the_director_alone_answers(walk: Walk, cast: Cast, client: Client, who: str, status: int) -> None:
    person = cast.coordinator() if who == "coordinator" else getattr(cast, who)("vara")
    client.force_login(person)
    assert client.get(page_of(walk)).status_code == status
