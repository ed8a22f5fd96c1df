"""When the benefit is followed up, typed by hand with a calendar beside."""

from __future__ import annotations

import datetime as dt

import pytest

from governance.following_up import answer_by, due_days, is_answered, months_after, reached, to_ask
from governance.reminding import days_to_remind


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("in_use_on", "half", "year"),
    [
        ("2026-01-01", "2026-07-01", "2027-01-01"),
        ("2026-05-28", "2026-11-28", "2027-05-28"),
        ("2025-08-31", "2026-02-28", "2026-08-31"),  # February has no 31st
        ("2027-08-31", "2028-02-29", "2028-08-31"),  # in a leap year it has a 29th
        ("2028-02-29", "2028-08-29", "2029-02-28"),  # the leap day, a year on
        ("2026-12-31", "2027-06-30", "2027-12-31"),
        ("2026-10-30", "2027-04-30", "2027-10-30"),
    ],
)
def test_calendar_months(in_use_on: str, half: str, year: str) -> None:
    assert due_days(day(in_use_on)) == {6: day(half), 12: day(year)}


def test_no_month_is_the_day_itself() -> None:
    assert months_after(day("2026-03-31"), 0) == day("2026-03-31")


@pytest.mark.parametrize(
    ("recorded_on", "asked"),
    [
        ("2026-01-15", {6: "2026-07-15", 12: "2027-01-15"}),
        ("2026-07-15", {6: "2026-07-15", 12: "2027-01-15"}),  # due the day it is registered
        ("2027-01-14", {6: "2026-07-15", 12: "2027-01-15"}),
        ("2027-01-15", {12: "2027-01-15"}),  # both have passed: only the last is asked for
        ("2030-01-01", {12: "2027-01-15"}),
    ],
)
def test_who_registers_late_is_asked_once(recorded_on: str, asked: dict[int, str]) -> None:
    assert to_ask(day("2026-01-15"), day(recorded_on)) == {months: day(due) for months, due in asked.items()}


def test_thirty_days_to_answer_and_never_on_a_weekend() -> None:
    assert answer_by(day("2026-06-01")) == day("2026-07-01")
    assert answer_by(day("2026-06-04")) == day("2026-07-06")  # Saturday 4 July


@pytest.mark.parametrize(
    ("on", "months"), [("2026-07-14", 0), ("2026-07-15", 6), ("2027-01-14", 6), ("2027-01-15", 12), ("2031-01-01", 12)]
)
def test_after_how_many_months_something_is_said(on: str, months: int) -> None:
    assert reached(day("2026-01-15"), day(on)) == months


def test_an_answer_is_said_that_day_or_later() -> None:
    due = day("2026-07-15")
    assert not is_answered(due, [])
    assert not is_answered(due, [day("2026-07-14")])
    assert is_answered(due, [day("2026-07-14"), day("2026-07-15")])
    assert is_answered(due, [day("2028-01-01")])


@pytest.mark.parametrize(
    ("began", "last", "today", "told"),
    [
        # Due on a Monday: at once, three days before the last day, the day after it, then week by week.
        ("2026-06-01", "2026-07-01", "2026-05-31", []),
        ("2026-06-01", "2026-07-01", "2026-06-01", ["2026-06-01"]),
        ("2026-06-01", "2026-07-01", "2026-07-09", ["2026-06-01", "2026-06-26", "2026-07-02", "2026-07-09"]),
        # Due on a Saturday: on the Monday after, not on the Friday before.
        ("2026-06-06", "2026-07-06", "2026-06-07", []),
        ("2026-06-06", "2026-07-06", "2026-06-08", ["2026-06-08"]),
    ],
)
def test_a_follow_up_is_told_of_when_it_is_due(began: str, last: str, today: str, told: list[str]) -> None:
    found = days_to_remind(day(began), day(last), day(today), is_follow_up=True)
    assert found == [day(one) for one in told]
