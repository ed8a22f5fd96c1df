"""Who was what on which day, and what changed, against answers written by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from governance.participating import (
    Change,
    Ending,
    Kind,
    Row,
    Span,
    changes,
    history,
    leading_on,
    roles_on,
    taking_part_on,
)

SKARA, VARA, GOTENE = 5, 6, 3
LEADS, PARTS, FOLLOWS = "leads", "takes_part", "follows"
LEFT, CHANGED, UNFOLLOWED = Ending.LEFT, Ending.CHANGED, Ending.UNFOLLOWED


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(f"2025-{text}")


def row(kommun: int, role: str, joined: str, left: str = "", ending: str = "") -> Row:
    return Row(kommun, role, day(joined), day(left) if left else None, ending)


LEDGER = [
    row(SKARA, LEADS, "01-10", "06-01", CHANGED),
    row(SKARA, PARTS, "06-01"),
    row(VARA, PARTS, "02-01", "06-01", CHANGED),
    row(VARA, LEADS, "06-01"),
    row(GOTENE, FOLLOWS, "02-01", "03-01", CHANGED),
    row(GOTENE, PARTS, "03-01", "05-01", LEFT),
    row(GOTENE, FOLLOWS, "05-01", "05-20", UNFOLLOWED),
    row(GOTENE, PARTS, "09-01"),
]


@pytest.mark.parametrize(
    ("date", "leading", "taking_part", "roles"),
    [
        ("01-09", None, set(), {}),
        ("01-10", SKARA, {SKARA}, {SKARA: LEADS}),
        ("02-28", SKARA, {SKARA, VARA}, {SKARA: LEADS, VARA: PARTS, GOTENE: FOLLOWS}),
        ("03-01", SKARA, {SKARA, VARA, GOTENE}, {SKARA: LEADS, VARA: PARTS, GOTENE: PARTS}),
        ("04-30", SKARA, {SKARA, VARA, GOTENE}, {SKARA: LEADS, VARA: PARTS, GOTENE: PARTS}),
        ("05-01", SKARA, {SKARA, VARA}, {SKARA: LEADS, VARA: PARTS, GOTENE: FOLLOWS}),
        ("05-20", SKARA, {SKARA, VARA}, {SKARA: LEADS, VARA: PARTS}),
        ("05-31", SKARA, {SKARA, VARA}, {SKARA: LEADS, VARA: PARTS}),
        ("06-01", VARA, {SKARA, VARA}, {SKARA: PARTS, VARA: LEADS}),
        ("12-31", VARA, {SKARA, VARA, GOTENE}, {SKARA: PARTS, VARA: LEADS, GOTENE: PARTS}),
    ],
)
def test_who_was_what_on_a_day(date: str, leading: int | None, taking_part: set[int], roles: dict[int, str]) -> None:
    assert leading_on(LEDGER, day(date)) == leading
    assert taking_part_on(LEDGER, day(date)) == taking_part
    assert roles_on(LEDGER, day(date)) == roles


def test_the_history_of_a_kommun() -> None:
    assert history(LEDGER, GOTENE) == (
        Span(FOLLOWS, day("02-01"), day("03-01")),
        Span(PARTS, day("03-01"), day("05-01")),
        Span(FOLLOWS, day("05-01"), day("05-20")),
        Span(PARTS, day("09-01"), None),
    )
    assert history(LEDGER, 99) == ()


def test_what_changed() -> None:
    assert changes(LEDGER) == [
        Change(day("01-10"), Kind.JOINED, SKARA),
        Change(day("02-01"), Kind.FOLLOWED, GOTENE),
        Change(day("02-01"), Kind.JOINED, VARA),
        Change(day("03-01"), Kind.JOINED, GOTENE),
        Change(day("05-01"), Kind.LEFT, GOTENE),
        Change(day("05-01"), Kind.FOLLOWED, GOTENE),
        Change(day("05-20"), Kind.UNFOLLOWED, GOTENE),
        Change(day("06-01"), Kind.HANDED_OVER, VARA, SKARA),
        Change(day("09-01"), Kind.REJOINED, GOTENE),
    ]


def test_what_changed_between_two_days_counts_the_second_and_not_the_first() -> None:
    between = changes(LEDGER, after=day("05-01"), until=day("06-01"))
    assert [(change.on, change.kind) for change in between] == [
        (day("05-20"), Kind.UNFOLLOWED),
        (day("06-01"), Kind.HANDED_OVER),
    ]


class TestSeveralThingsOnOneDay:
    def test_a_lead_taken_over_and_handed_back_is_no_hand_over_and_no_span(self) -> None:
        ledger = [
            row(SKARA, LEADS, "01-10", "03-01", CHANGED),
            row(VARA, PARTS, "01-10", "03-01", CHANGED),
            row(SKARA, PARTS, "03-01", "03-01", CHANGED),
            row(VARA, LEADS, "03-01", "03-01", CHANGED),
            row(SKARA, LEADS, "03-01"),
            row(VARA, PARTS, "03-01"),
        ]
        assert leading_on(ledger, day("03-01")) == SKARA
        assert history(ledger, SKARA) == (Span(LEADS, day("01-10"), None),)
        assert history(ledger, VARA) == (Span(PARTS, day("01-10"), None),)
        assert [change.kind for change in changes(ledger)] == [Kind.JOINED, Kind.JOINED]

    def test_joined_and_took_over_the_same_day(self) -> None:
        ledger = [
            row(SKARA, LEADS, "01-10", "03-01", CHANGED),
            row(SKARA, PARTS, "03-01"),
            row(VARA, PARTS, "03-01", "03-01", CHANGED),
            row(VARA, LEADS, "03-01"),
        ]
        assert changes(ledger)[1:] == [
            Change(day("03-01"), Kind.JOINED, VARA),
            Change(day("03-01"), Kind.HANDED_OVER, VARA, SKARA),
        ]

    def test_left_and_came_back_the_same_day(self) -> None:
        ledger = [row(VARA, PARTS, "01-10", "03-01", LEFT), row(VARA, PARTS, "03-01")]
        assert taking_part_on(ledger, day("03-01")) == {VARA}
        assert [change.kind for change in changes(ledger)] == [Kind.JOINED, Kind.LEFT, Kind.REJOINED]
        assert history(ledger, VARA) == (Span(PARTS, day("01-10"), None),)

    def test_joined_and_left_the_same_day(self) -> None:
        ledger = [row(VARA, PARTS, "01-10", "01-10", LEFT)]
        assert roles_on(ledger, day("01-10")) == {}
        assert ledger[0].is_empty
        assert [change.kind for change in changes(ledger)] == [Kind.JOINED, Kind.LEFT]

    def test_the_first_leader_takes_nothing_over(self) -> None:
        ledger = [
            row(SKARA, LEADS, "01-10", "02-01", LEFT),
            row(VARA, LEADS, "03-01"),
        ]
        assert Kind.HANDED_OVER not in {change.kind for change in changes(ledger)}
