"""The half-years: their codes, their ends, and what is taken into account while one runs."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup.periods import HalfYear, NoSuchPeriod

SPRING = HalfYear(2026, 1)
AUTUMN = HalfYear(2026, 2)


def test_spring_is_january_to_june_and_autumn_july_to_december():
    assert (SPRING.first, SPRING.last) == (dt.date(2026, 1, 1), dt.date(2026, 6, 30))
    assert (AUTUMN.first, AUTUMN.last) == (dt.date(2026, 7, 1), dt.date(2026, 12, 31))


def test_the_code_says_year_and_half_and_reads_back():
    assert (SPRING.code, AUTUMN.code, str(AUTUMN)) == ("2026-1", "2026-2", "2026-2")
    assert HalfYear.parse("2026-2") == AUTUMN


@pytest.mark.parametrize(
    "code",
    ["", "2026", "2026-0", "2026-3", "26-1", "2026-1 ", "2026-1\n", "２０２６-1", "0000-1", "2026-1-1", "x" * 500],
)
def test_what_is_no_half_year_is_refused_with_an_example_to_follow(code):
    with pytest.raises(NoSuchPeriod, match="2026-1 eller 2026-2") as refusal:
        HalfYear.parse(code)
    assert len(str(refusal.value)) < 120


def test_the_label_is_plain_swedish():
    assert (SPRING.label, AUTUMN.label) == ("1:a halvåret 2026", "2:a halvåret 2026")


@pytest.mark.parametrize(
    ("date", "code"),
    [("2026-01-01", "2026-1"), ("2026-06-30", "2026-1"), ("2026-07-01", "2026-2"), ("2026-12-31", "2026-2")],
)
def test_a_date_lies_in_one_half_year(date, code):
    assert HalfYear.of(dt.date.fromisoformat(date)).code == code


@given(st.dates(dt.date(1901, 1, 1), dt.date(2998, 12, 31)))
def test_half_years_follow_on_each_other_without_a_gap(date):
    period = HalfYear.of(date)
    assert period.first <= date <= period.last
    assert period.next().first - period.last == dt.timedelta(days=1)
    assert period.next().previous() == period == period.previous().next()
    assert period.previous() < period < period.next()


def test_the_calendar_of_the_portal_has_an_end_in_both_directions():
    with pytest.raises(NoSuchPeriod):
        HalfYear(1900, 1).previous()
    with pytest.raises(NoSuchPeriod):
        HalfYear(2999, 2).next()


@pytest.mark.parametrize(
    ("today", "end", "running"),
    [
        ("2026-01-01", "2026-01-01", True),
        ("2026-03-09", "2026-03-09", True),
        ("2026-06-29", "2026-06-29", True),
        ("2026-06-30", "2026-06-30", True),
        ("2026-07-01", "2026-06-30", False),
        ("2031-01-01", "2026-06-30", False),
    ],
)
def test_while_it_runs_today_is_the_last_day_taken_into_account(today, end, running):
    today = dt.date.fromisoformat(today)
    assert SPRING.end(today) == dt.date.fromisoformat(end)
    assert SPRING.is_running(today) is running


def test_a_half_year_that_has_not_begun_has_no_figures():
    assert not AUTUMN.is_running(dt.date(2026, 6, 30))
    with pytest.raises(NoSuchPeriod, match="Halvåret 2026-2 har inte börjat än"):
        AUTUMN.end(dt.date(2026, 6, 30))


@pytest.mark.parametrize(("year", "days"), [(2024, 366), (2025, 365), (2000, 366), (2100, 365)])
def test_a_leap_year_has_a_day_more_to_divide_a_yearly_cost_by(year, days):
    assert HalfYear(year, 1).days_of_year == HalfYear(year, 2).days_of_year == days
