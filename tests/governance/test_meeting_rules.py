"""The rules of meetings, typed by hand: who leads, what is on when, and the words of a recommendation."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from governance.acts import Act
from governance.facts import Actor, Capacity, CaseFacts
from governance.meetings import (
    Body,
    MeetingFacts,
    MeetingStatus,
    Seat,
    cannot_adjust,
    could_give,
    filled_in,
    leads,
    listed,
    may_take_up,
    seats_led_by,
    speaking_kinds,
    unknown_placeholders,
    waits_for,
    why_not,
)
from governance.statuses import Status
from v6portal.organizations.roles import RECOMMENDING_ROLES, Kind, Role

TODAY = dt.date(2026, 11, 26)
SKARA, GOLISKA, V6 = 1, 7, 8
COUNCIL, NETWORK = Seat(Body.COUNCIL, SKARA), Seat(Body.NETWORK, V6)
DELIVERY, ORDERING = Seat(Body.DELIVERY, V6), Seat(Body.ORDER_GROUP, GOLISKA)
LEAD = Actor((Capacity(SKARA, Role.LEAD, Kind.KOMMUN),))
MEETING = MeetingFacts(COUNCIL, MeetingStatus.PLANNED, TODAY, TODAY, secretary=1, items=1)


def test_a_group_is_one_whose_role_recommends() -> None:
    assert {Role(body.value) for body in Body} == RECOMMENDING_ROLES
    assert [str(body.label) for body in Body] == [str(Role(body.value).label) for body in Body]


def test_which_groups_one_leads() -> None:
    at_goliska = Actor(
        (Capacity(GOLISKA, Role.LEAD, Kind.FEDERATION), Capacity(GOLISKA, Role.IT_OFFICER, Kind.FEDERATION))
    )
    coordinator = Actor((Capacity(V6, Role.COORDINATOR, Kind.COLLABORATION),))
    assert seats_led_by(LEAD) == [COUNCIL]
    assert seats_led_by(at_goliska) == [ORDERING]
    assert seats_led_by(coordinator) == [NETWORK, DELIVERY]
    assert seats_led_by(Actor((Capacity(SKARA, Role.COUNCIL, Kind.KOMMUN),))) == []
    assert not leads(COUNCIL, Actor((Capacity(2, Role.LEAD, Kind.KOMMUN),)))


def test_what_a_group_may_take_up() -> None:
    assert may_take_up(COUNCIL, own=SKARA, is_shared=False)
    assert not may_take_up(COUNCIL, own=2, is_shared=False)
    assert may_take_up(COUNCIL, own=2, is_shared=True)
    assert not may_take_up(NETWORK, own=V6, is_shared=False)


def test_a_commitment_waits_for_the_strategic_order_group_until_it_is_decided() -> None:
    case = CaseFacts(Status.AWAITING_START, own=SKARA, commitment_needed=True)
    assert waits_for(ORDERING, case)
    assert not waits_for(ORDERING, replace(case, commitment_decided=True))
    assert not waits_for(ORDERING, replace(case, commitment_needed=False))
    assert waits_for(DELIVERY, case)
    assert not waits_for(COUNCIL, case)
    assert not waits_for(COUNCIL, CaseFacts(Status.QUALIFIED, own=2))


def test_whose_stance_is_written_one_by_one() -> None:
    assert speaking_kinds(Body.NETWORK) == {Kind.KOMMUN}
    assert speaking_kinds(Body.DELIVERY) == {Kind.KOMMUN, Kind.FEDERATION}
    assert speaking_kinds(Body.COUNCIL) == frozenset()


PLANNED, ONGOING, CLOSED, SIGNED, CANCELLED = (
    MeetingStatus.PLANNED,
    MeetingStatus.ONGOING,
    MeetingStatus.CLOSED,
    MeetingStatus.SIGNED,
    MeetingStatus.CANCELLED,
)


@pytest.mark.parametrize(
    ("act", "on_in"),
    [
        (Act.CHANGE_MEETING, {PLANNED, ONGOING}),
        (Act.OPEN_MEETING, {PLANNED}),
        (Act.TAKE_UP, {ONGOING, CLOSED}),
        (Act.CLOSE_MEETING, {ONGOING}),
        (Act.ADJUST_PROTOCOL, {CLOSED}),
    ],
)
def test_when_each_act_is_on(act: Act, on_in: set[MeetingStatus]) -> None:
    ready = replace(MEETING, present=frozenset({2}), adjusters=frozenset({2}))
    assert {s for s in MeetingStatus if not why_not(act, replace(ready, status=s), LEAD, 2)} == on_in
    assert why_not(act, replace(ready, status=CANCELLED), LEAD, 2) == ["Det går inte när mötet har läget ”inställt”."]


@pytest.mark.parametrize(
    ("act", "change", "sentences"),
    [
        (Act.OPEN_MEETING, {"items": 0}, ["Lägg till minst en punkt på dagordningen."]),
        (
            Act.OPEN_MEETING,
            {"held_on": dt.date(2026, 11, 27)},
            ["Mötet öppnas tidigast på mötesdagen. Ändra dagen om ni möts i dag."],
        ),
        (
            Act.CLOSE_MEETING,
            {"status": ONGOING, "begun": (2,)},
            ["Punkt 2 är påbörjad. Avsluta den först.", "Anteckna vilka som är närvarande."],
        ),
        (
            Act.TAKE_UP,
            {"status": CLOSED, "adjusted": frozenset({3})},
            ["Protokollet har börjat justeras och kan inte ändras."],
        ),
        (Act.ADJUST_PROTOCOL, {"status": CLOSED}, ["Protokollet justeras av dem som valdes på mötet."]),
        (
            Act.ADJUST_PROTOCOL,
            {"status": CLOSED, "adjusters": frozenset({9}), "adjusted": frozenset({9})},
            ["Du har redan justerat protokollet."],
        ),
    ],
)
def test_what_stands_in_the_way(act: Act, change: dict[str, object], sentences: list[str]) -> None:
    assert why_not(act, replace(MEETING, **change), LEAD, 9) == sentences


def test_only_who_leads_may() -> None:
    nobody = Actor((Capacity(SKARA, Role.COUNCIL, Kind.KOMMUN),))
    told = ["Bara den som håller i mötet eller är sekreterare kan göra det."]
    assert why_not(Act.OPEN_MEETING, MEETING, nobody, 9) == told
    assert why_not(Act.OPEN_MEETING, MEETING, nobody, MEETING.secretary) == []


def test_who_can_be_chosen_to_adjust() -> None:
    there = replace(MEETING, status=ONGOING, present=frozenset({1, 2}))
    assert cannot_adjust(there, []) == ["Välj minst en som ska justera protokollet."]
    assert cannot_adjust(there, [1]) == ["Sekreteraren justerar inte sitt eget protokoll."]
    assert cannot_adjust(there, [3]) == ["Den som justerar ska ha varit med på mötet."]
    assert cannot_adjust(there, [2]) == []


def test_the_words_of_a_recommendation() -> None:
    assert filled_in("{organ} tillstyrker {referens}. {annat}", {"organ": "Rådet", "referens": "DI-1"}) == (
        "Rådet tillstyrker DI-1. {annat}"
    )
    assert filled_in("{titel}", {"titel": "{referens}", "referens": "DI-1"}) == "{referens}", "titles are not templates"
    assert unknown_placeholders("{organ} {titel.__class__} {}") == ["titel.__class__", ""]
    sentence = "{organ} (för {kommuner}) säger ja till {titel}."
    words = {"organ": "Rådet", "titel": "A.B"}
    assert could_give(sentence, words, "Rådet (för Skara och Vara) säger ja till A.B.")
    assert not could_give(sentence, words, "Rådet (för Skara) säger ja till AxB.")
    assert not could_give(sentence, words, "Rådet (för Skara) säger ja till A.B. Inte jag.")
    assert listed(["Essunga", "Skara", "Vara"]) == "Essunga, Skara och Vara"
    assert listed([]) == ""


def test_every_status_of_a_meeting_has_a_tone() -> None:
    assert [status.tone for status in MeetingStatus] == ["plain", "off", "info", "wait", "go"]
