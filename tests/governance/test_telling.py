"""The log in plain words."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from governance.acts import Act
from governance.models import Event
from governance.presenting.telling import tell
from v6portal.organizations.models import Organisation

NOW = dt.datetime(2026, 11, 23, 23, 30, tzinfo=dt.UTC)


def told(kind: Act, *, data: Any = None, **more: Any) -> str:
    return tell(Event(kind=kind, occurred_at=NOW, actor_name="Ada", data=data or {}, **more)).text


def who(**more: Any) -> str:
    return tell(Event(**{"kind": Act.REJECT, "occurred_at": NOW, "actor_name": "Ada", "data": {}, **more})).who


@pytest.mark.parametrize(
    ("kind", "data", "words"),
    [
        (Act.ANSWER_INTEREST, {"answer": "join", "offers_to_lead": True}, "Svar på intresseförfrågan: Delta, kan leda"),
        (Act.ANSWER_INTEREST, {"answer": "wait", "offers_to_lead": False}, "Svar på intresseförfrågan: Avvakta"),
        (Act.RECOMMEND, {"stance": "refer_back"}, "Rekommendation: återremitterar"),
        (Act.V6_QUALIFY, {"deadline": "2026-12-14"}, "Intresseförfrågan utskickad: svar senast 14 december 2026"),
        (
            Act.RECORD_COST,
            {"kind": "operation", "value": "actual", "amount": "84500.50"},
            "Kostnad registrerad: drift, utfall, 84\xa0500,5 kr",
        ),
        (Act.CONFIRM_BENEFIT, {"kind": "useful", "holds": False}, "3N bekräftat: nyttigt, stämmer inte"),
        (Act.ATTACH, {"attachment": "avtal.pdf"}, "Bilaga tillagd: avtal.pdf"),
        (Act.REMOVE_ATTACHMENT, {"attachment": "avtal.pdf"}, "Bilaga borttagen: avtal.pdf"),
        (Act.PRIORITISE, {"order": 3}, "Prioriterat: plats 3"),
        (Act.CHANGE_LEADER, {"leader": "Vara"}, "Byte av ledande kommun: Vara leder"),
        (
            Act.AGREE,
            {"agreed": {"N1 Nytta för invånare": 4, "G3 Risk": None}},
            "Gemensam bedömning: N1 Nytta för invånare 4, G3 Risk medianen gäller igen",
        ),
        (
            Act.ANSWER_GATE,
            {"overridden": {"Finns tid?": "I mars.", "Mål?": "I april."}},
            "Kvalificeringsfrågor besvarade: går vidare trots nej på ”Finns tid?” (I mars.) och ”Mål?” (I april.)",
        ),
        (
            Act.ANSWER_GATE,
            {"flagged": ["Nytt IT-stöd?", "Flera enheter?"]},
            "Kvalificeringsfrågor besvarade: beredning krävs, ja på ”Nytt IT-stöd?” och ”Flera enheter?”",
        ),
        (Act.ANSWER_GATE, {"overridden": "?", "flagged": "?"}, "Kvalificeringsfrågor besvarade"),
        (Act.SUBMIT, {}, "Inskickat"),
    ],
)
def test_what_an_act_was_given_is_told_beside_its_word(kind: Act, data: dict[str, Any], words: str) -> None:
    assert told(kind, data=data) == words


def test_another_initiative_is_told_by_its_reference_alone() -> None:
    """Its title may be for fewer readers than the one that is marked."""
    assert told(Act.MARK_DUPLICATE, data={"original": "DI-2026-001 Hemligt"}) == "Markerat som dubblett: DI-2026-001"


def test_what_cannot_be_read_is_told_as_it_stands() -> None:
    data = {"deadline": "snart", "amount": "mycket", "motive": "nyfikenhet"}
    assert told(Act.V6_QUALIFY, data=data) == "Intresseförfrågan utskickad: nyfikenhet, svar senast snart, mycket"
    assert told(Act.SUBMIT, data=["inte", "en", "tabell"]) == "Inskickat"


def test_what_was_brought_in_keeps_its_own_word() -> None:
    assert told(Act.IMPORTED, word="Styrgruppsmöte", data={"answer": "join"}) == "Styrgruppsmöte"


def test_who_did_it_in_which_capacity() -> None:
    skara = Organisation(short_name="Skara")
    assert who() == "Ada"
    assert who(organisation=skara, role="director") == "Ada (Kommundirektör, Skara)"
    assert who(organisation=skara, decider_name="Ada") == "Ada (Skara)"
    assert who(organisation=skara, decider_name="Bo") == "beslutat av Bo, inskrivet av Ada (Skara)"


def test_a_role_is_never_given_to_one_who_only_wrote_down_what_another_decided() -> None:
    """A register tells in which role it was decided; an act in the portal in which role it was taken."""
    skara = Organisation(short_name="Skara")
    brought_in = {"organisation": skara, "role": "director", "decider_name": "Bo"}
    assert who(**brought_in) == "beslutat av Bo, inskrivet av Ada (Skara)"
    assert who(**brought_in | {"decider_name": "Ada"}) == "Ada (Kommundirektör, Skara)"
    here = brought_in | {"role": "manager", "data": {"decider_name": "Bo"}}
    assert who(**here) == "beslutat av Bo, inskrivet av Ada (Förvaltningschef, Skara)"


def test_the_time_is_local() -> None:
    assert tell(Event(kind=Act.SUBMIT, occurred_at=NOW, actor_name="Ada", data={})).date.day == 24
