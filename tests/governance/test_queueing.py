"""The order in which each assesses what waits: the longest waiting first by weeks, within a week her own."""

from __future__ import annotations

import datetime as dt
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.queueing import Waiting, after, in_own_order

TODAY = dt.date(2026, 11, 25)


def waited(key: int, days: int) -> Waiting:
    return Waiting(key, TODAY - dt.timedelta(days=days))


def test_more_whole_weeks_come_first() -> None:
    waiting = [waited(1, 0), waited(2, 7), waited(3, 30), waited(4, 6), waited(5, 13)]
    for person in range(1, 20):
        order = in_own_order(waiting, person, TODAY)
        assert order[0] == 3
        assert set(order[1:3]) == {2, 5}
        assert set(order[3:]) == {1, 4}


def test_within_a_week_people_have_orders_of_their_own() -> None:
    waiting = [waited(key, key % 7) for key in range(1, 5)]
    orders = {tuple(in_own_order(waiting, person, TODAY)) for person in range(1, 400)}
    assert orders == set(permutations(range(1, 5)))


def test_everybody_meets_each_first_about_as_often() -> None:
    waiting = [waited(key, 0) for key in range(1, 5)]
    first = [in_own_order(waiting, person, TODAY)[0] for person in range(1, 2001)]
    assert all(400 < first.count(key) < 600 for key in range(1, 5))


@given(st.lists(st.tuples(st.integers(1, 500), st.integers(0, 60)), unique_by=lambda one: one[0]), st.integers(1, 99))
def test_it_is_the_same_however_it_is_asked_for(rows: list[tuple[int, int]], person: int) -> None:
    waiting = [waited(*row) for row in rows]
    order = in_own_order(waiting, person, TODAY)
    assert order == in_own_order(reversed(waiting), person, TODAY)
    assert sorted(order) == sorted(key for key, _days in rows)


@given(st.lists(st.integers(1, 500), unique=True, min_size=2), st.integers(1, 99))
def test_what_is_handed_in_moves_nothing_else(keys: list[int], person: int) -> None:
    order = in_own_order([waited(key, 3) for key in keys], person, TODAY)
    left = in_own_order([waited(key, 3) for key in keys if key != order[0]], person, TODAY)
    assert left == order[1:]


@pytest.mark.parametrize(
    ("key", "then"), [(7, 3), (3, 9), (9, 7), (4, 7)], ids=["next", "last", "round to the first", "not in the queue"]
)
def test_what_is_left_for_later_leads_to_the_next(key: int, then: int) -> None:
    assert after([7, 3, 9], key) == then


def test_alone_in_the_queue_there_is_no_next() -> None:
    assert after([7], 7) is None
    assert after([], 7) is None
