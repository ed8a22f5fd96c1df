"""The gate questions: answered a few at a time by those whose step it is, read by the others."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from governance.acts import Act
from governance.models import Event
from governance.statuses import Status
from initiatives.actions.assessing import Reply
from initiatives.models import GateReply
from tests.cast import Cast
from tests.walk import Walk

pytestmark = pytest.mark.django_db


def address(walk: Walk, level: str = "kommun") -> str:
    return f"/initiativ/{walk.case.initiative.reference}/fragor/{level}/"


def answers(walk: Walk) -> dict[str, tuple[str, str, str]]:
    standing = walk.case.initiative.gate_answers.standing().select_related("question")
    return {a.question.code: (a.reply, a.motivation, a.override_reason) for a in standing}


@pytest.fixture
def walk(cast: Cast) -> Walk:
    return Walk(cast).to(Status.QUALIFYING)


def test_the_lead_answers_as_many_as_she_likes_and_goes_on_later(cast: Cast, client: Client, walk: Walk) -> None:
    client.force_login(walk.lead)
    client.post(address(walk), {"reply_K1": "yes", "motivation_K1": "Ja, automatisering.", "seen": "qualifying"})
    again = client.get(address(walk))
    form = again.context["form"]
    assert (form["reply_K1"].value(), form["motivation_K1"].value()) == ("yes", "Ja, automatisering.")
    sent = client.post(
        address(walk),
        {"reply_K1": "yes", "motivation_K1": "Ja, automatisering.", "reply_K3": "no", "override_K3": "Avtalet går ut.",
         "newest": form["newest"].value()},
    )  # fmt: skip
    assert sent["Location"] == walk.case.get_absolute_url()
    assert answers(walk) == {
        "K1": ("yes", "Ja, automatisering.", ""),
        "K3": ("no", "", "Avtalet går ut."),
    }
    assert Event.objects.filter(case=walk.case, kind=Act.ANSWER_GATE).count() == 2


def test_the_initiative_and_the_help_stand_beside(cast: Cast, client: Client, walk: Walk) -> None:
    client.force_login(walk.lead)
    page = client.get(address(walk)).content.decode()
    assert "Personalen hämtar och lämnar fysiska nycklar" in page
    assert "Definitionen lyder" in page
    assert page.count("Skäl att gå vidare trots nej") == 6


def test_words_need_an_answer_and_nothing_typed_is_lost(cast: Cast, client: Client, walk: Walk) -> None:
    client.force_login(walk.lead)
    page = client.post(address(walk), {"motivation_K2": "Vi har frågat alla.", "reply_K1": "yes"}).content.decode()
    assert "Välj ja, nej eller oklart." in page
    assert "Vi har frågat alla.</textarea>" in page
    assert answers(walk) == {}


def test_a_reason_to_go_on_belongs_to_a_no(cast: Cast, client: Client, walk: Walk) -> None:
    client.force_login(walk.lead)
    page = client.post(address(walk), {"reply_K1": "yes", "override_K1": "Ändå."}).content.decode()
    assert "Skälet hör bara till ett nej" in page
    assert answers(walk) == {}


def test_a_no_stops_until_there_is_a_reason(cast: Cast, client: Client, walk: Walk) -> None:
    walk.act(Act.ANSWER_GATE, walk.lead, replies={f"K{n}": Reply(GateReply.YES) for n in (1, 2, 4, 5, 6)})
    client.force_login(walk.lead)
    newest = client.get(address(walk)).context["form"]["newest"].value()
    client.post(address(walk), {"reply_K3": "no", "newest": newest})
    case_page = client.get(walk.case.get_absolute_url()).content.decode()
    assert "Fråga K3 är besvarad med nej." in case_page
    newest = client.get(address(walk)).context["form"]["newest"].value()
    client.post(address(walk), {"reply_K3": "no", "override_K3": "Avtalet går ut.", "newest": newest})
    assert "Fråga K3 är besvarad med nej." not in client.get(walk.case.get_absolute_url()).content.decode()


def test_a_colleagues_answer_meanwhile_is_shown_before_it_is_replaced(cast: Cast, client: Client, walk: Walk) -> None:
    client.force_login(walk.lead)
    newest = client.get(address(walk)).context["form"]["newest"].value()
    walk.act(Act.ANSWER_GATE, cast.lead("skara", 2), replies={"K1": Reply(GateReply.UNCLEAR, "Fråga Göliska IT.")})
    sent = client.post(address(walk), {"reply_K1": "yes", "motivation_K1": "Klart.", "newest": newest})
    page = sent.content.decode()
    assert sent.status_code == 409
    assert "Inget är sparat än." in page
    assert "Fråga Göliska IT." in page
    assert "Klart.</textarea>" in page
    newest = sent.context["form"]["newest"].value()
    client.post(address(walk), {"reply_K1": "yes", "motivation_K1": "Klart.", "newest": newest})
    assert answers(walk)["K1"] == ("yes", "Klart.", "")


def test_when_the_case_has_moved_on_the_answers_are_not_saved(cast: Cast, client: Client, walk: Walk) -> None:
    client.force_login(walk.lead)
    walk.request_supplement()
    sent = client.post(address(walk), {"reply_K1": "yes", "motivation_K1": "Klart.", "seen": "qualifying"})
    assert sent.status_code == 409
    assert "när läget är Komplettering begärd" in sent.content.decode()
    assert answers(walk) == {}


def test_everybody_else_reads_and_cannot_answer(cast: Cast, client: Client, walk: Walk) -> None:
    walk.act(Act.ANSWER_GATE, walk.lead, replies={"K2": Reply(GateReply.YES, "Tio enheter.")})
    for reader in (cast.reader(), cast.director(), walk.author):
        client.force_login(reader)
        page = client.get(address(walk)).content.decode()
        assert "Tio enheter." in page
        assert "<textarea" not in page
        assert client.post(address(walk), {"reply_K2": "no"}).status_code == 403
    assert answers(walk) == {"K2": ("yes", "Tio enheter.", "")}
    client.force_login(cast.lead("vara"))
    assert client.get(address(walk)).status_code == 404


def test_the_coordinator_answers_for_v6(cast: Cast, client: Client) -> None:
    walk = Walk(cast).to(Status.V6_QUALIFYING)
    client.force_login(cast.coordinator())
    page = client.get(address(walk, "v6")).content.decode()
    assert "S1 Vill minst två kommuner delta?" in page
    newest = client.get(address(walk, "v6")).context["form"]["newest"].value()
    client.post(address(walk, "v6"), {"reply_S1": "yes", "newest": newest})
    assert answers(walk)["S1"] == ("yes", "", "")
    assert "<textarea" not in client.get(address(walk)).content.decode()
    client.force_login(walk.lead)
    assert "<textarea" not in client.get(address(walk, "v6")).content.decode()


def test_there_are_two_levels(cast: Cast, client: Client, walk: Walk) -> None:
    client.force_login(walk.lead)
    assert client.get(address(walk, "landet")).status_code == 404


def test_the_page_asks_the_database_as_often_however_many_answers(
    cast: Cast, client: Client, walk: Walk, django_assert_num_queries: Any
) -> None:
    client.force_login(walk.lead)
    client.get(address(walk))
    for answered in (0, 6):
        if answered:
            walk.answer_k()
            client.get(address(walk))
        with django_assert_num_queries(10):
            client.get(address(walk))
