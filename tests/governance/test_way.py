"""Whose turn it is, what one may do, and where on the way a case stands: plain functions on plain facts."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from governance.acts import Act
from governance.facts import Actor, Capacity, CaseFacts
from governance.presenting.turns import whose_turn
from governance.presenting.way import choices_for, onward, path
from governance.statuses import ENDED, Status
from v6portal.organizations.roles import Kind, Role

SKARA, VARA, GOLISKA = 1, 2, 7
NAMES = {SKARA: "Skara", VARA: "Vara", GOLISKA: "Göliska IT"}
DAY = dt.date(2026, 7, 1)


def facts(status: Status, **more: Any) -> CaseFacts:
    return CaseFacts(status=status, **{"own": SKARA, "leading": SKARA, **more})


def states(found: Any) -> list[tuple[str, str]]:
    return [(step.label, step.state) for step in found]


def test_before_v6_the_way_is_the_kommuns() -> None:
    drawn = path(facts(Status.QUALIFIED), {"submitted": DAY, "qualified": DAY})
    assert states(drawn) == [
        ("Inskickat", "done"),
        ("Under kvalificering", "done"),
        ("Kvalificerat", "now"),
        ("Prioriterat", "next"),
        ("Genomförs lokalt", "next"),
        ("Förvaltning", "next"),
    ]
    assert [step.note for step in drawn[:3]] == ["1 jul 2026", "", "sedan 1 jul 2026"]


def test_what_came_back_from_v6_is_drawn_in_the_kommun_again() -> None:
    drawn = path(facts(Status.PRIORITISED, ever_in_v6=True), {})
    assert "V6-kvalificering" not in [step.label for step in drawn]


def test_supplement_stands_at_qualification() -> None:
    drawn = path(facts(Status.SUPPLEMENT), {})
    assert states(drawn)[:2] == [("Inskickat", "done"), ("Komplettering begärd", "now")]


def test_dormant_stands_where_it_was() -> None:
    paused = facts(Status.PAUSED, paused_from=Status.QUALIFIED)
    assert path(paused, {}, review_on=DAY)[2].note == "Vilande, tas upp 1 jul 2026"
    assert path(paused, {})[2].note == "Vilande"


def test_the_last_day_to_answer_stands_at_the_inquiry() -> None:
    drawn = path(facts(Status.INTEREST, ever_in_v6=True, interest_deadline=DAY), {})
    assert next(step for step in drawn if step.state == "now").note == "svar senast 1 jul 2026"


@pytest.mark.parametrize("status", sorted(ENDED))
def test_what_has_ended_shows_where_it_had_been(status: Status) -> None:
    drawn = path(facts(status), {"submitted": DAY, status: DAY})
    assert states(drawn) == [("Inskickat", "done"), (str(status.label), "now")]


@pytest.mark.parametrize(
    ("status", "more", "who"),
    [
        (Status.SUBMITTED, {}, "utvecklingsledaren i Skara"),
        (Status.SUPPLEMENT, {}, "den som skrev initiativet"),
        (Status.SUPPLEMENT, {"has_author": False}, "utvecklingsledaren i Skara"),
        (Status.PRIORITISED, {}, "förvaltningschefen eller kommundirektören i Skara"),
        (
            Status.PRIORITISED,
            {"own": GOLISKA, "own_kind": Kind.FEDERATION, "leading": GOLISKA},
            "förbundsdirektören på Göliska IT",
        ),
        (Status.INTEREST, {"not_answered": ("Essunga", "Vara")}, "Essunga och Vara"),
        (Status.INTEREST, {}, "V6-samordnaren"),
        (Status.AWAITING_START, {"leading": VARA}, "kommundirektören i Vara"),
        (Status.AWAITING_START, {"commitment_needed": True}, "förbundsdirektören"),
        (Status.AWAITING_START, {"commitment_needed": True, "commitment_decided": True}, "kommundirektören i Skara"),
        (Status.LOCAL, {}, "utvecklingsledaren i Skara"),
        (Status.MAINTENANCE, {}, ""),
        (Status.CLOSED, {}, ""),
    ],
)
def test_whose_turn_it_is(status: Status, more: dict[str, Any], who: str) -> None:
    assert whose_turn(facts(status, **more), NAMES) == who


def test_offering_what_one_has_is_possible_but_not_waited_for() -> None:
    assert Act.SEND_TO_V6 not in [row.act for row in onward(facts(Status.LOCAL))]
    director = Actor((Capacity(SKARA, Role.DIRECTOR, Kind.KOMMUN),))
    assert Act.SEND_TO_V6 in [choice.row.act for choice in choices_for(facts(Status.LOCAL), director).sideways]


def test_two_lines_of_the_table_for_one_act_give_one_button() -> None:
    both = Actor((Capacity(SKARA, Role.LEAD, Kind.KOMMUN), Capacity(SKARA, Role.COORDINATOR, Kind.COLLABORATION)))
    found = choices_for(facts(Status.V6_RECEIVED, ever_in_v6=True, participants=frozenset({SKARA})), both)
    acts = [choice.row.act for choice in (*found.onward, *found.work, *found.sideways)]
    assert len(acts) == len(set(acts))


@pytest.mark.parametrize(
    ("status", "role", "more", "act", "offered"),
    [
        (Status.INTEREST, Role.LEAD, {}, Act.FOLLOW, True),
        (Status.INTEREST, Role.LEAD, {"followers": frozenset({VARA})}, Act.FOLLOW, False),
        (Status.INTEREST, Role.LEAD, {"followers": frozenset({VARA})}, Act.UNFOLLOW, True),
        (Status.INTEREST, Role.LEAD, {}, Act.UNFOLLOW, False),
        (Status.INTEREST, Role.DIRECTOR, {}, Act.ANSWER_INTEREST, True),
        (Status.INTEREST, Role.DIRECTOR, {"participants": frozenset({VARA})}, Act.ANSWER_INTEREST, False),
        (Status.IN_PROGRESS, Role.DIRECTOR, {}, Act.JOIN, True),
        (Status.IN_PROGRESS, Role.DIRECTOR, {"participants": frozenset({VARA})}, Act.JOIN, False),
    ],
)
def test_what_would_change_nothing_is_not_offered(
    status: Status, role: Role, more: dict[str, Any], act: Act, offered: bool
) -> None:
    vara = Actor((Capacity(VARA, role, Kind.KOMMUN),))
    found = choices_for(facts(status, ever_in_v6=True, **more), vara)
    assert (act in [choice.row.act for choice in (*found.work, *found.sideways)]) is offered


def test_where_something_remains_the_work_comes_first() -> None:
    lead = Actor((Capacity(SKARA, Role.LEAD, Kind.KOMMUN),))
    stuck = choices_for(facts(Status.QUALIFYING, unanswered={"kommun": ("Vem?",)}), lead)
    free = choices_for(facts(Status.QUALIFYING), lead)
    assert (stuck.is_stuck, free.is_stuck) == (True, False)
    assert [choice.row.act for choice in stuck.work] == [Act.ANSWER_GATE]
    assert stuck.onward[0].obstacles == ("Besvara frågan ”Vem?”.",)
