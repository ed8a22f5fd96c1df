"""How it has gone, in plain words: a sentence for every act, typed here a second time."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from governance.acts import Act
from governance.models import Event
from governance.presenting.plainly import SENTENCES, plainly
from governance.presenting.telling import Told, clocked
from governance.statuses import Status
from tests.cast import Cast
from tests.walk import Walk
from v6portal.organizations.models import Organisation
from v6portal.organizations.roles import Kind, Role

A = Act
NOW = dt.datetime(2026, 11, 23, 23, 30, tzinfo=dt.UTC)
SKARA = Organisation(short_name="Skara", kind=Kind.KOMMUN)
GOLISKA = Organisation(short_name="Göliska IT", kind=Kind.FEDERATION)
V6 = Organisation(short_name="V6", kind=Kind.COLLABORATION)

LENA = ("Lena Larsson", Role.LEAD, SKARA)
ADA = ("Ada Sjö", "", SKARA)
CARL = ("Carl Ek", Role.DIRECTOR, SKARA)
MIA = ("Mia Berg", Role.MANAGER, SKARA)
VIVEKA = ("Viveka Lager", Role.COORDINATOR, V6)
NILS = ("Nils Öst", Role.IT_OFFICER, GOLISKA)
YVONNE = ("Yvonne Tall", Role.IT_DIRECTOR, GOLISKA)
RUT = ("Rut Ny", Role.REGISTRAR, SKARA)
Person = tuple[str, str, Organisation]

TOLD: list[tuple[Act, Person, dict[str, Any], str]] = [
    (A.CREATE, ADA, {}, "Ada Sjö började skriva."),
    (A.SUBMIT, ADA, {}, "Ada Sjö skickade in initiativet."),
    (A.WITHDRAW, ADA, {}, "Ada Sjö återtog initiativet."),
    (A.START_QUALIFICATION, LENA, {}, "Utvecklingsledaren Lena Larsson i Skara började läsa."),
    (A.REQUEST_SUPPLEMENT, LENA, {}, "Utvecklingsledaren Lena Larsson i Skara bad om mer underlag."),
    (A.SUPPLEMENT, ADA, {}, "Ada Sjö svarade på frågan."),
    (A.QUALIFY, LENA, {}, "Utvecklingsledaren Lena Larsson i Skara läste färdigt: initiativet går vidare."),
    (
        A.REFER,
        LENA,
        {"referred_to": "it_order"},
        "Utvecklingsledaren Lena Larsson i Skara hänvisade initiativet vidare till IT-beställning.",
    ),
    (
        A.MARK_DUPLICATE,
        LENA,
        {"original": "DI-2026-001"},
        "Utvecklingsledaren Lena Larsson i Skara såg att ett annat initiativ redan handlar om samma sak.",
    ),
    (
        A.PRIORITISE,
        LENA,
        {"order": 3},
        "Utvecklingsledaren Lena Larsson i Skara ställde initiativet i ordning med de andra.",
    ),
    (
        A.DECIDE_LOCAL,
        MIA,
        {},
        "Förvaltningschefen Mia Berg i Skara beslutade att Skara genomför initiativet på egen hand.",
    ),
    (
        A.SEND_TO_V6,
        CARL,
        {},
        "Kommundirektören Carl Ek i Skara beslutade att ta upp initiativet med de andra kommunerna i V6.",
    ),
    (A.REJECT, MIA, {}, "Förvaltningschefen Mia Berg i Skara beslutade att avslå initiativet."),
    (
        A.PAUSE,
        LENA,
        {"review_on": "2027-02-01"},
        "Utvecklingsledaren Lena Larsson i Skara lät initiativet vila till 1 februari 2027.",
    ),
    (A.RESUME, LENA, {}, "Utvecklingsledaren Lena Larsson i Skara tog upp initiativet igen."),
    (A.V6_START, VIVEKA, {}, "V6-samordnaren Viveka Lager började läsa för V6."),
    (
        A.V6_QUALIFY,
        VIVEKA,
        {"deadline": "2026-12-14"},
        "V6-samordnaren Viveka Lager frågade alla kommuner om de vill vara med, med svar senast 14 december 2026.",
    ),
    (
        A.CLOSE_ROUND,
        LENA,
        {},
        "Utvecklingsledaren Lena Larsson i Skara stängde bedömningen: nu är svaren på plats.",
    ),
    (
        A.AGREE,
        VIVEKA,
        {"agreed": {"N1 Nytta för invånare": 4}},
        "V6-samordnaren Viveka Lager skrev in vad bedömarna har enats om.",
    ),
    (A.CLOSE_INTEREST, VIVEKA, {}, "V6-samordnaren Viveka Lager samlade in kommunernas svar och gick vidare."),
    (
        A.ASK_GOLISKA,
        VIVEKA,
        {},
        "V6-samordnaren Viveka Lager samlade in kommunernas svar och bad Göliska IT om en bedömning.",
    ),
    (A.IT_ASSESS, NILS, {}, "Handläggaren Nils Öst på Göliska IT lämnade Göliska IT:s bedömning."),
    (
        A.V6_PRIORITISE,
        VIVEKA,
        {"order": 1},
        "V6-samordnaren Viveka Lager ställde initiativet i ordning med de andra i V6.",
    ),
    (A.DECIDE_START, CARL, {}, "Kommundirektören Carl Ek i Skara beslutade att arbetet ska starta."),
    (
        A.RETURN_TO_KOMMUN,
        VIVEKA,
        {},
        "V6-samordnaren Viveka Lager lämnade tillbaka initiativet från V6 till dem som skickade det.",
    ),
    (
        A.END_UNREALISED,
        CARL,
        {},
        "Kommundirektören Carl Ek i Skara beslutade att avsluta initiativet utan att genomföra det.",
    ),
    (
        A.HAND_OVER,
        LENA,
        {},
        "Utvecklingsledaren Lena Larsson i Skara lämnade över den färdiga lösningen till dem som sköter den.",
    ),
    (A.CLOSE, LENA, {}, "Utvecklingsledaren Lena Larsson i Skara avslutade initiativet."),
    (A.DELETE_DRAFT, ADA, {}, "Ada Sjö tog bort utkastet."),
    (
        A.ANSWER_GATE,
        LENA,
        {},
        "Utvecklingsledaren Lena Larsson i Skara svarade på frågorna om initiativet är redo att gå vidare.",
    ),
    (A.ASSESS, LENA, {}, "Utvecklingsledaren Lena Larsson i Skara bedömde initiativet."),
    (
        A.DECLARE_CONFLICT,
        LENA,
        {},
        (
            "Utvecklingsledaren Lena Larsson i Skara lät bli att bedöma initiativet, för att ingen ska kunna "
            "ifrågasätta bedömningen."
        ),
    ),
    (
        A.RECOMMEND,
        ("Nina Holm", Role.NETWORK, V6),
        {"stance": "approve"},
        "V6 Chefsnätverk genom Nina Holm rekommenderade att gå vidare.",
    ),
    (
        A.RECOMMEND,
        ("Roy Ås", Role.COUNCIL, SKARA),
        {"stance": "disapprove"},
        "Digitaliseringsrådet genom Roy Ås i Skara avrådde från att gå vidare.",
    ),
    (
        A.RECOMMEND,
        ("Bo By", Role.ORDER_GROUP, GOLISKA),
        {"stance": "refer_back"},
        "Den strategiska beställargruppen genom Bo By ville att initiativet arbetas om.",
    ),
    (A.ANSWER_INTEREST, CARL, {"answer": "join"}, "Kommundirektören Carl Ek i Skara svarade att Skara vill vara med."),
    (A.ANSWER_INTEREST, CARL, {"answer": "wait"}, "Kommundirektören Carl Ek i Skara svarade att Skara avvaktar."),
    (A.ANSWER_INTEREST, CARL, {"answer": "decline"}, "Kommundirektören Carl Ek i Skara svarade att Skara avstår."),
    (A.DRAFT_IT_ASSESSMENT, NILS, {}, "Handläggaren Nils Öst på Göliska IT skrev på Göliska IT:s bedömning."),
    (
        A.DECIDE_COMMITMENT,
        YVONNE,
        {"commitment": "yes"},
        "Förbundsdirektören Yvonne Tall beslutade att Göliska IT åtar sig sin del.",
    ),
    (
        A.DECIDE_COMMITMENT,
        YVONNE,
        {"commitment": "no"},
        "Förbundsdirektören Yvonne Tall beslutade att Göliska IT inte åtar sig någon del.",
    ),
    (A.JOIN, CARL, {}, "Kommundirektören Carl Ek i Skara beslutade att Skara går med."),
    (A.FOLLOW, LENA, {}, "Utvecklingsledaren Lena Larsson i Skara följer hur det går, för Skara."),
    (A.UNFOLLOW, LENA, {}, "Utvecklingsledaren Lena Larsson i Skara slutade följa hur det går, för Skara."),
    (A.LEAVE, CARL, {}, "Kommundirektören Carl Ek i Skara beslutade att Skara lämnar samarbetet."),
    (
        A.CHANGE_LEADER,
        CARL,
        {"leader": "Vara"},
        "Kommundirektören Carl Ek i Skara beslutade att Vara tar över och leder.",
    ),
    (A.START_STAGE, LENA, {"stage_type": "project"}, "Utvecklingsledaren Lena Larsson i Skara startade ett projekt."),
    (
        A.END_STAGE,
        LENA,
        {"outcome": "aborted"},
        "Utvecklingsledaren Lena Larsson i Skara avslutade en etapp, som avbröts.",
    ),
    (
        A.RECORD_COST,
        LENA,
        {"amount": "84500", "kind": "operation"},
        "Utvecklingsledaren Lena Larsson i Skara skrev in en kostnad på 84\xa0500 kr.",
    ),
    (
        A.RECORD_ADOPTION,
        LENA,
        {"organisation": "Vara", "in_use_on": "2026-11-01"},
        "Utvecklingsledaren Lena Larsson i Skara skrev in att lösningen används i Vara, 1 november 2026.",
    ),
    (
        A.CONFIRM_BENEFIT,
        LENA,
        {"kind": "new", "holds": True},
        "Utvecklingsledaren Lena Larsson i Skara bekräftade att lösningen är ny.",
    ),
    (
        A.CONFIRM_BENEFIT,
        LENA,
        {"kind": "useful", "holds": False},
        "Utvecklingsledaren Lena Larsson i Skara bekräftade att lösningen inte är till nytta.",
    ),
    (
        A.NAME_OBJECT,
        LENA,
        {"managed_object": "Välfärdsteknik"},
        "Utvecklingsledaren Lena Larsson i Skara skrev in var lösningen ska skötas: Välfärdsteknik.",
    ),
    (
        A.SET_REGISTRY_NUMBER,
        RUT,
        {"registry_number": "VON 2026/318"},
        "Registratorn Rut Ny i Skara gav ärendet diarienumret VON 2026/318.",
    ),
    (A.MARK_SECRET, RUT, {}, "Registratorn Rut Ny i Skara sekretessmarkerade initiativet, så att färre kan läsa det."),
    (A.LIFT_SECRECY, RUT, {}, "Registratorn Rut Ny i Skara hävde sekretessmarkeringen."),
    (A.AMEND, ADA, {}, "Ada Sjö ändrade texten."),
    (A.CALCULATE, ADA, {}, "Ada Sjö räknade på vad initiativet ger och kostar."),
    (A.ATTACH, ADA, {"attachment": "nycklar.pdf"}, "Ada Sjö bifogade nycklar.pdf."),
    (A.REMOVE_ATTACHMENT, ADA, {"attachment": "nycklar.pdf"}, "Ada Sjö tog bort bilagan nycklar.pdf."),
    (A.SAME_NEED, LENA, {}, "Utvecklingsledaren Lena Larsson i Skara sade att Skara har samma behov."),
    (A.COMMENT, LENA, {}, "Utvecklingsledaren Lena Larsson i Skara skrev en anteckning som bara Skara ser."),
    (A.HAND_TASK, LENA, {}, "Utvecklingsledaren Lena Larsson i Skara lämnade över en uppgift till en kollega."),
    (A.SHARE_COSTS, LENA, {}, "Utvecklingsledaren Lena Larsson i Skara skrev in hur kostnaderna delas."),
    (A.REPLAN, LENA, {}, "Utvecklingsledaren Lena Larsson i Skara ändrade planen för arbetet."),
    (A.CORRECT, CARL, {}, "Kommundirektören Carl Ek i Skara rättade ett tidigare beslut."),
    (A.RELEASE, RUT, {}, "Registratorn Rut Ny i Skara lämnade ut handlingarna i ärendet."),
    (A.PURGE, RUT, {}, "Registratorn Rut Ny i Skara gallrade uppgifter som inte ska sparas längre."),
    (A.REPORT, RUT, {}, "Registratorn Rut Ny i Skara skrev in att beslut är anmälda."),
    (A.CALL_MEETING, VIVEKA, {}, "V6-samordnaren Viveka Lager lade in ett möte."),
    (A.CHANGE_MEETING, VIVEKA, {}, "V6-samordnaren Viveka Lager ändrade ett möte."),
    (A.OPEN_MEETING, VIVEKA, {}, "V6-samordnaren Viveka Lager öppnade ett möte."),
    (
        A.TAKE_UP,
        ("Lena Larsson", Role.COUNCIL, SKARA),
        {"meeting": "DR-SKARA-2026-1", "paragraph": "§ 3/2026"},
        "Digitaliseringsrådet genom Lena Larsson i Skara tog upp initiativet på ett möte.",
    ),
    (A.CLOSE_MEETING, VIVEKA, {}, "V6-samordnaren Viveka Lager avslutade ett möte."),
    (A.ADJUST_PROTOCOL, VIVEKA, {}, "V6-samordnaren Viveka Lager justerade ett protokoll."),
    (A.REVIEW_REPORT, VIVEKA, {}, "V6-samordnaren Viveka Lager granskade en halvårsrapport."),
    (A.RETURN_REPORT, VIVEKA, {}, "V6-samordnaren Viveka Lager tog tillbaka en halvårsrapport till utkast."),
    (A.APPROVE_REPORT, VIVEKA, {}, "V6-samordnaren Viveka Lager fastställde en halvårsrapport."),
    (A.READ_REPORT, CARL, {}, "Kommundirektören Carl Ek i Skara tog del av en halvårsrapport."),
    (A.PREPARE_SURVEY, VIVEKA, {}, "V6-samordnaren Viveka Lager förberedde en enkät."),
    (A.OPEN_SURVEY, VIVEKA, {}, "V6-samordnaren Viveka Lager öppnade en enkät."),
    (A.ANSWER_SURVEY, CARL, {}, "Kommundirektören Carl Ek i Skara besvarade en enkät."),
    (A.CLOSE_SURVEY, VIVEKA, {}, "V6-samordnaren Viveka Lager stängde en enkät."),
]


def told(act: Act, who: Person, data: Any, **more: Any) -> str:
    name, role, organisation = who
    event = Event(kind=act, occurred_at=NOW, actor_name=name, role=role, organisation=organisation, data=data, **more)
    return plainly(event).text


@pytest.mark.parametrize(("act", "who", "data", "sentence"), TOLD)
def test_what_was_done_is_said_in_a_sentence(act: Act, who: Person, data: dict[str, Any], sentence: str) -> None:
    assert told(act, who, data) == sentence


def test_every_act_has_a_sentence_and_every_sentence_is_tried() -> None:
    assert set(SENTENCES) == set(Act) - {Act.IMPORTED} == {act for act, *_rest in TOLD}


@pytest.mark.parametrize("act", sorted(set(Act) - {Act.IMPORTED}))
@pytest.mark.parametrize("data", [{}, {"review_on": "snart", "holds": None, "amount": None}, ["inte", "en", "tabell"]])
def test_an_event_that_lacks_its_answers_is_told_all_the_same(act: Act, data: Any) -> None:
    sentence = told(act, LENA, data)
    assert sentence.endswith(".")
    assert "%" not in sentence
    assert "None" not in sentence


def test_what_was_brought_in_keeps_its_own_words() -> None:
    event = Event(kind=A.IMPORTED, word="Styrgruppsmöte", occurred_at=NOW, actor_name="Ada", text="Vi ses igen.")
    found = plainly(event)
    assert (found.text, found.who, found.quote) == ("Styrgruppsmöte", "Ada", "Vi ses igen.")


def test_a_decision_is_its_deciders_whoever_wrote_it_down() -> None:
    assert told(A.REJECT, RUT, {}, decider_name="Mia Berg") == "Mia Berg beslutade att avslå initiativet."


def test_an_organisation_that_is_not_known_is_not_missed() -> None:
    event = Event(kind=A.JOIN, occurred_at=NOW, actor_name="Ada", data={})
    assert plainly(event).text == "Ada beslutade att organisationen går med."


@pytest.mark.django_db
class TestOnThePage:
    def card(self, client: Client, walk: Walk) -> str:
        html = " ".join(client.get(walk.case.get_absolute_url()).content.decode().split())
        assert 'id="sa-har-det-gatt"' in html
        start = html.index('id="sa-har-det-gatt"')
        return html[start : html.index("</section>", start)]

    def test_the_authors_read_it_the_newest_first(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast).to(Status.SUPPLEMENT)
        friend = cast.staff("skara", 2)
        walk.case.initiative.co_authors.add(friend)
        for author in (walk.author, friend):
            client.force_login(author)
            card = self.card(client, walk)
            asked = card.index("Utvecklingsledaren Utvecklingsledare Skara i Skara bad om mer underlag.")
            assert card.index("<blockquote>Hur många berörs?</blockquote>") > asked
            assert asked < card.index("började läsa.") < card.index("Medarbetare Skara skickade in initiativet.")

    def test_others_have_the_log(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast).to(Status.SUBMITTED)
        client.force_login(cast.reader())
        assert "sa-har-det-gatt" not in client.get(walk.case.get_absolute_url()).content.decode()

    def test_working_notes_of_other_organisations_are_not_there(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast).to(Status.INTEREST)
        walk.act(Act.COMMENT, cast.lead("vara"), motivation="Vi är tveksamma.")
        walk.act(Act.COMMENT, walk.lead, motivation="Ring leverantören.")
        client.force_login(walk.author)
        html = client.get(walk.case.get_absolute_url()).content.decode()
        assert "Vi är tveksamma." not in html
        assert "som bara Vara ser" not in html
        assert "som bara Skara ser" in html

    def test_all_but_the_latest_are_folded(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast).to(Status.INTEREST)
        client.force_login(walk.author)
        card = self.card(client, walk)
        latest, earlier = card.split("<details")
        assert (latest.count("<time"), earlier.count("<time")) == (5, 6)

    def test_what_happened_today_or_on_one_day_has_its_time(self, cast: Cast, client: Client) -> None:
        walk = Walk(cast).to(Status.SUBMITTED)
        client.force_login(walk.author)
        now = date_format(timezone.localtime(walk.case.status_since), "j F Y, H.i")
        assert f">{now}</time>" in self.card(client, walk)


class TestTheTimeOfDay:
    def shown(self, *times: str) -> list[bool]:
        found = (Told(dt.datetime.fromisoformat(time).astimezone(), "", "", "") for time in times)
        return [told.has_clock for told in clocked(found)]

    def test_only_where_the_date_does_not_tell_the_order(self) -> None:
        assert self.shown("2025-03-02T09:00", "2025-03-01T10:00", "2025-03-01T08:00") == [False, True, True]

    def test_what_was_brought_in_without_a_time_has_none(self) -> None:
        assert self.shown("2025-03-01T10:00", "2025-03-01T00:00") == [True, False]
