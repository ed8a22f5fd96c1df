"""The gate questions: answered a few at a time by those whose step it is, read by the others."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags

from governance.acts import Act
from governance.models import Event
from governance.statuses import Status
from governance.views import gate as views
from initiatives.actions import versions
from initiatives.actions.assessing import Reply
from initiatives.models import AssessmentModel, GateQuestion, GateReply
from tests.cast import Cast
from tests.walk import B_CODES, K_CODES, Walk
from v6portal.organizations.errors import Refused

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
    assert page.count('<div class="override">') == 6


def test_words_need_an_answer_and_nothing_typed_is_lost(cast: Cast, client: Client, walk: Walk) -> None:
    client.force_login(walk.lead)
    page = client.post(address(walk), {"motivation_K2": "Vi har frågat alla.", "reply_K1": "yes"}).content.decode()
    assert "Välj ja, nej eller oklart." in page
    assert "Vi har frågat alla.</textarea>" in page
    assert answers(walk) == {}


def test_a_reason_to_go_on_belongs_to_a_no(cast: Cast, client: Client, walk: Walk) -> None:
    client.force_login(walk.lead)
    page = client.post(address(walk), {"reply_K1": "yes", "override_K1": "Ändå."}).content.decode()
    assert "Svaret på ”Är det digitalisering enligt V6:s definition?” är inte nej." in page
    assert "Ändå.</textarea>" in page
    assert answers(walk) == {}


def test_a_no_stops_until_there_is_a_reason(cast: Cast, client: Client, walk: Walk) -> None:
    walk.act(Act.ANSWER_GATE, walk.lead, replies={f"K{n}": Reply(GateReply.YES) for n in (1, 2, 4, 5, 6)})
    client.force_login(walk.lead)
    newest = client.get(address(walk)).context["form"]["newest"].value()
    client.post(address(walk), {"reply_K3": "no", "newest": newest})
    case_page = client.get(walk.case.get_absolute_url()).content.decode()
    stops = "Frågan ”Saknas en befintlig lösning som kan återanvändas?” är besvarad med nej."
    assert stops in case_page
    newest = client.get(address(walk)).context["form"]["newest"].value()
    client.post(address(walk), {"reply_K3": "no", "override_K3": "Avtalet går ut.", "newest": newest})
    assert stops not in client.get(walk.case.get_absolute_url()).content.decode()


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


def test_an_answer_that_comes_while_hers_is_on_its_way_is_not_overrun(
    cast: Cast, client: Client, walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the reading of the page and the lock a colleague answers."""
    real = views.perform

    def after_a_colleague(act: Act, **given: Any) -> Event:
        monkeypatch.setattr(views, "perform", real)
        walk.act(Act.ANSWER_GATE, cast.lead("skara", 2), replies={"K1": Reply(GateReply.UNCLEAR, "Fråga Göliska IT.")})
        return real(act, **given)

    monkeypatch.setattr(views, "perform", after_a_colleague)
    client.force_login(walk.lead)
    sent = client.post(address(walk), {"reply_K1": "yes", "motivation_K1": "Klart.", "newest": "0"})
    page = sent.content.decode()
    assert sent.status_code == 409
    assert "Inget är sparat än." in page
    assert "Fråga Göliska IT." in page
    assert "Klart.</textarea>" in page
    assert answers(walk) == {"K1": ("unclear", "Fråga Göliska IT.", "")}
    newest = sent.context["form"]["newest"].value()
    assert client.post(address(walk), {"reply_K1": "yes", "newest": newest}).status_code == 302
    assert answers(walk)["K1"] == ("yes", "", "")


@pytest.mark.parametrize("code", ["K1", "K6"], ids=["other words under the code", "no such code any more"])
def test_a_version_that_comes_while_hers_is_on_its_way_answers_nothing(
    code: str, cast: Cast, client: Client, walk: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = views.perform

    def after_a_new_version(act: Act, **given: Any) -> Event:
        draft = versions.copy(model=AssessmentModel.objects.current(), by=cast.admin())
        draft.gate_questions.filter(code="K1").update(text="Är det något annat?")
        draft.gate_questions.filter(code="K6").update(code="K7")
        versions.publish(model=draft, by=cast.admin())
        return real(act, **given)

    monkeypatch.setattr(views, "perform", after_a_new_version)
    client.force_login(walk.lead)
    sent = client.post(address(walk), {f"reply_{code}": "yes", f"motivation_{code}": "Klart.", "newest": "0"})
    page = sent.content.decode()
    assert sent.status_code == 409
    assert "Frågorna har kommit i en ny version medan du hade sidan öppen, och inget är sparat än." in page
    assert "Är det något annat?" in page
    assert answers(walk) == {}


@pytest.mark.parametrize("newest", ["5.0", "²", "-1", "9" * 30, "fem", "1\x00"])
def test_what_nobody_has_seen_is_told_and_answers_nothing(newest: str, client: Client, walk: Walk) -> None:
    """The hidden field says which answer was the newest on the page; nobody can have seen these."""
    walk.act(Act.ANSWER_GATE, walk.lead, replies={"K1": Reply(GateReply.UNCLEAR)})
    client.force_login(walk.lead)
    assert client.post(address(walk), {"reply_K1": "yes", "newest": newest}).status_code in (200, 409)
    assert answers(walk) == {"K1": ("unclear", "", "")}


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
    assert "Vill minst två kommuner delta?" in page
    assert "Behöver det beredas?" not in page
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
        with django_assert_num_queries(11):
            client.get(address(walk))
    walk.answer_k(GateReply.UNCLEAR, flags=B_CODES)
    walk.answer_k(GateReply.NO)
    with django_assert_num_queries(11):
        client.get(address(walk))


# --- in words, and what was answered before ----------------------------------------------------


def test_no_code_stands_on_the_page_nor_in_what_remains(cast: Cast, client: Client, walk: Walk) -> None:
    client.force_login(walk.lead)
    for page in (client.get(address(walk)), client.get(walk.case.get_absolute_url())):
        words = strip_tags(page.content.decode())
        assert not re.search(r"\b[KSB][1-7]\b", words)


def test_how_far_it_has_come_and_what_is_left(cast: Cast, client: Client, walk: Walk) -> None:
    client.force_login(walk.lead)
    assert "<b>0 av 13</b> frågor är besvarade." in client.get(address(walk)).content.decode()
    sent = client.post(address(walk), {"reply_K2": "yes", "reply_B1": "no"}, follow=True)
    assert "Svaren är sparade. 11 frågor är kvar." in sent.content.decode()
    page = client.get(address(walk)).content.decode()
    assert "<b>2 av 13</b> frågor är besvarade." in page
    left = page.split("Det här är kvar")[1].split("</ul>")[0]
    assert "Är behovet verifierat" not in left
    assert '<a href="#id_reply_B2_0">Behövs mer än 500 timmar sammanlagt?</a>' in left


def test_a_supplement_about_a_question_is_a_link_with_its_beginning_written(
    cast: Cast, client: Client, walk: Walk
) -> None:
    client.force_login(walk.lead)
    page = client.get(address(walk)).content.decode()
    link = unescape(re.search(r'href="([^"]*steg/request_supplement/[^"]*)"', page).group(1))  # type: ignore[union-attr]
    asked = client.get(link).content.decode()
    assert "svara på frågan ”Är det digitalisering enligt V6:s definition?”. </textarea>" in asked


def test_in_v6_no_supplement_is_offered(cast: Cast, client: Client) -> None:
    walk = Walk(cast).to(Status.V6_QUALIFYING)
    client.force_login(cast.coordinator())
    page = client.get(address(walk, "v6")).content.decode()
    assert "request_supplement" not in page
    assert "Föreslå gärna en förstudie i motiveringen." in page


def test_an_override_is_seen_for_ever(cast: Cast, client: Client, walk: Walk) -> None:
    """On the page of the initiative, beside a decision, in the log, and when it is superseded under its question."""
    question, reason = "Saknas en befintlig lösning som kan återanvändas?", "Avtalet går ut i mars."
    walk.act(Act.ANSWER_GATE, walk.lead, replies={"K3": Reply(GateReply.NO, "Vara har en.", reason)})
    client.force_login(cast.director())
    case = client.get(walk.case.get_absolute_url()).content.decode()
    assert f"<b>Går vidare trots nej</b> på ”{question}”: {reason}" in case
    log = client.get(f"{walk.case.get_absolute_url()}handelser/").content.decode()
    assert f"Kvalificeringsfrågor besvarade: går vidare trots nej på ”{question}” ({reason})" in log
    beside = client.get(f"{walk.case.get_absolute_url()}steg/reject/").content.decode()
    assert reason in beside.split("Vad det gäller")[1]

    walk.act(Act.ANSWER_GATE, walk.lead, replies={"K3": Reply(GateReply.YES, "Den passar inte.")})
    assert reason not in client.get(walk.case.get_absolute_url()).content.decode().split("Händelser</h2>")[0]
    for reader in (walk.lead, cast.director()):
        client.force_login(reader)
        page = client.get(address(walk)).content.decode()
        earlier = page.split("Tidigare svar")[1].split("</details>")[0]
        assert "(1)" in earlier
        assert "<b>Nej</b>" in earlier
        assert str(walk.lead) in earlier
        assert "Vara har en." in earlier
        assert f"Gick vidare ändå: {reason}" in earlier
    assert reason in client.get(f"{walk.case.get_absolute_url()}handelser/").content.decode()


def test_the_log_says_only_what_is_new(cast: Cast, client: Client, walk: Walk) -> None:
    override = Reply(GateReply.NO, "", "Avtalet går ut.")
    walk.act(Act.ANSWER_GATE, walk.lead, replies={"K3": override, "B1": Reply(GateReply.YES)})
    again = walk.act(
        Act.ANSWER_GATE, walk.lead, replies={"K3": override, "B1": Reply(GateReply.YES), "B2": Reply(GateReply.NO)}
    )
    assert again.data == {}


def test_begun_under_one_version_it_is_changed_under_it(cast: Cast, client: Client, walk: Walk) -> None:
    walk.act(Act.ANSWER_GATE, walk.lead, replies={"K3": Reply(GateReply.NO, "", "Ändå."), "B1": Reply(GateReply.YES)})
    shipped = AssessmentModel.objects.current()
    versions.publish(model=versions.copy(model=shipped, by=cast.admin()), by=cast.admin())
    client.force_login(walk.lead)
    page = client.get(address(walk)).content.decode()
    assert "<b>2 av 13</b> frågor är besvarade." in page
    newest = client.get(address(walk)).context["form"]["newest"].value()
    client.post(address(walk), {"reply_K3": "yes", "reply_B1": "no", "newest": newest})
    assert answers(walk) == {"K3": ("yes", "", ""), "B1": ("no", "", "")}
    assert {answer.question.model for answer in walk.case.initiative.gate_answers.all()} == {shipped}
    assert "Gick vidare ändå: Ändå." in client.get(address(walk)).content.decode()


# --- does it have to be prepared ---------------------------------------------------------------


def is_flagged(client: Client, walk: Walk) -> bool:
    return "Beredning krävs" in client.get(walk.case.get_absolute_url()).content.decode()


@pytest.mark.parametrize("code", B_CODES)
def test_any_yes_asks_for_preparation(cast: Cast, client: Client, walk: Walk, code: str) -> None:
    client.force_login(cast.reader())
    walk.answer_k()
    assert not is_flagged(client, walk)
    walk.answer_k(flags=[code])
    page = client.get(walk.case.get_absolute_url()).content.decode()
    question = GateQuestion.objects.get(code=code).text
    assert question in page.split("Svaret är ja på:")[1].split("</ul>")[0]


def test_it_names_those_with_a_yes_alone_and_goes_away_with_the_last(cast: Cast, client: Client, walk: Walk) -> None:
    client.force_login(cast.reader())
    walk.answer_k(flags=["B1", "B4"])
    listed = client.get(walk.case.get_absolute_url()).content.decode().split("Svaret är ja på:")[1].split("</ul>")[0]
    assert "40 timmar" in listed
    assert "nytt IT-stöd" in listed
    assert "500 timmar" not in listed
    walk.answer_k()
    assert not is_flagged(client, walk)


@pytest.mark.parametrize("reply", [GateReply.NO, GateReply.UNCLEAR])
def test_neither_no_nor_do_not_know_asks_for_anything_or_stops(
    cast: Cast, client: Client, walk: Walk, reply: GateReply
) -> None:
    walk.answer_k()
    walk.act(Act.ANSWER_GATE, walk.lead, replies={code: Reply(reply) for code in B_CODES})
    client.force_login(cast.reader())
    assert not is_flagged(client, walk)
    walk.act(Act.QUALIFY, walk.lead)
    assert walk.case.status == Status.QUALIFIED


def test_a_yes_does_not_stop_it(cast: Cast, walk: Walk) -> None:
    walk.qualify(flags=B_CODES)
    assert walk.case.status == Status.QUALIFIED


def test_they_must_be_answered_before_it_is_approved(cast: Cast, walk: Walk) -> None:
    walk.act(Act.ANSWER_GATE, walk.lead, replies={code: Reply(GateReply.YES) for code in K_CODES})
    with pytest.raises(Refused, match=r"Besvara 7 frågor\. Den första är ”Behövs mer än 40 timmar"):
        walk.act(Act.QUALIFY, walk.lead)
    rest = {code: Reply(GateReply.NO) for code in B_CODES[:-1]}
    walk.act(Act.ANSWER_GATE, walk.lead, replies=rest)
    with pytest.raises(Refused, match=r"Besvara frågan ”Berörs flera enheter\?”\."):
        walk.act(Act.QUALIFY, walk.lead)


def test_a_version_without_them_asks_none(cast: Cast, client: Client, walk: Walk) -> None:
    draft = versions.copy(model=AssessmentModel.objects.current(), by=cast.admin())
    draft.gate_questions.filter(kind=GateQuestion.Kind.ROUTING).delete()
    versions.publish(model=draft, by=cast.admin())
    client.force_login(walk.lead)
    page = client.get(address(walk)).content.decode()
    assert "Behöver det beredas?" not in page
    assert "<b>0 av 6</b>" in page
    walk.act(Act.ANSWER_GATE, walk.lead, replies={code: Reply(GateReply.YES) for code in K_CODES})
    walk.act(Act.QUALIFY, walk.lead)
    assert walk.case.status == Status.QUALIFIED


def test_they_are_answered_on_the_same_page_in_one_step(cast: Cast, client: Client, walk: Walk) -> None:
    client.force_login(walk.lead)
    page = client.get(address(walk)).content.decode()
    assert "override_B1" not in page
    client.post(
        address(walk),
        {"reply_K1": "yes", "reply_B1": "yes", "motivation_B1": "Minst 60.", "reply_B2": "unclear", "override_B1": "x"},
    )
    assert answers(walk) == {"K1": ("yes", "", ""), "B1": ("yes", "Minst 60.", ""), "B2": ("unclear", "", "")}
    event = Event.objects.get(case=walk.case, kind=Act.ANSWER_GATE)
    assert event.data == {"flagged": ["Behövs mer än 40 timmar från gemensamma resurser?"]}
    client.force_login(cast.reader())
    read = client.get(address(walk)).content.decode()
    assert "Vet inte</span>" in read
    assert "Oklart</span>" not in read


def test_a_note_without_an_answer_is_asked_for_one(cast: Cast, client: Client, walk: Walk) -> None:
    client.force_login(walk.lead)
    page = client.post(address(walk), {"motivation_B3": "Ekonomen svarar."}).content.decode()
    assert "Välj ja, nej eller vet inte." in page
    assert "Ekonomen svarar.</textarea>" in page


def test_a_colleagues_yes_meanwhile_is_shown_in_words(cast: Cast, client: Client, walk: Walk) -> None:
    client.force_login(walk.lead)
    walk.act(Act.ANSWER_GATE, cast.lead("skara", 2), replies={"B6": Reply(GateReply.UNCLEAR, "Fråga ombudet.")})
    sent = client.post(address(walk), {"reply_B6": "no", "newest": 0})
    page = sent.content.decode()
    assert sent.status_code == 409
    assert "hantera uppgifterna? <b>Vet inte</b>" in page
    assert "Fråga ombudet." in page
