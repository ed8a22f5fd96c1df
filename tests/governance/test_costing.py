"""Budget against outcome, by examples worked out by hand and by what must hold whatever the amounts are."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from governance.costing import Compared, Entry, a_year, accrued, compared, once, spent

DAY = dt.date(2026, 11, 26)


def paid(amount: str, value: str = "actual", *, stage: int | None = None) -> Entry:
    return Entry("development", value, Decimal(amount), dt.date(2026, 3, 1), stage=stage)


def runs(amount: str, start: str, until: str | None = None, value: str = "actual") -> Entry:
    last = dt.date.fromisoformat(until) if until else None
    return Entry("operation", value, Decimal(amount), dt.date.fromisoformat(start), last, runs=True)


@pytest.mark.parametrize(
    ("budget", "actual", "difference", "percent", "left", "is_over"),
    [
        ("900000", "1125000.50", "225000.50", "25.0", "-225000.50", True),
        ("140000", "137950", "-2050", "-1.5", "2050", False),
        ("100", "100", "0", "0.0", "0", False),
        ("3", "4", "1", "33.3", "-1", True),
        ("0", "0.01", "0.01", None, "-0.01", True),  # no share of nothing
        ("0", "0", "0", None, "0", False),
        ("500", None, None, None, "500", False),  # nothing spent: all of it remains
        (None, "500", None, None, None, False),  # no budget: nothing to be over
        (None, None, None, None, None, False),
    ],
)
def test_budget_against_outcome(budget, actual, difference, percent, left, is_over):
    entries = [paid(amount, value) for amount, value in ((budget, "budget"), (actual, "actual")) if amount is not None]
    sums = compared(entries)
    wanted = [None if one is None else Decimal(one) for one in (difference, percent, left)]
    assert [sums.difference, sums.percent, sums.left] == wanted
    assert sums.is_over is is_over
    assert sums.is_known is (budget is not None or actual is not None)


def test_missing_is_not_nought():
    assert compared([]) == Compared(None, None)
    assert compared([paid("0")]) == Compared(None, Decimal(0))
    assert spent([], DAY) is None
    assert spent([paid("0")], DAY) == 0
    assert spent([paid("50", "budget"), runs("50", "2026-01-01", value="budget")], DAY) is None


@pytest.mark.parametrize(
    ("day", "amount"),
    [("2025-12-31", None), ("2026-01-01", "40000"), ("2026-08-31", "40000"), ("2026-09-01", "52000")],
)
def test_what_holds_on_a_day_both_ends_included(day, amount):
    yearly = [runs("40000", "2026-01-01", "2026-08-31"), runs("52000", "2026-09-01"), paid("7")]
    assert a_year(yearly, dt.date.fromisoformat(day)).actual == (Decimal(amount) if amount else None)


@pytest.mark.parametrize(
    ("entry", "day", "kronor"),
    [
        (runs("36500", "2026-01-01"), "2026-01-01", "100.00"),
        (runs("36500", "2026-01-01"), "2026-12-31", "36500.00"),
        (runs("36600", "2024-02-29"), "2024-02-29", "100.00"),  # a leap year has 366 days
        (runs("36500", "2025-12-31"), "2026-01-01", "200.00"),
        (runs("36500", "2024-12-31"), "2026-01-01", "36699.73"),  # 36500/366 + 36500 + 100
        (runs("36500", "2026-01-01", "2026-01-03"), "2026-06-30", "300.00"),
        (runs("1", "2026-01-01"), "2026-01-01", "0.00"),  # 0,27 öre
        (runs("1.83", "2026-01-01"), "2026-01-01", "0.01"),  # 0,501 öre
        (runs("1.825", "2026-01-01"), "2026-01-01", "0.01"),  # exactly half an öre
        (runs("36500", "2026-06-01"), "2026-05-31", None),
    ],
)
def test_what_runs_comes_to_so_much(entry, day, kronor):
    assert accrued([entry], dt.date.fromisoformat(day)) == (Decimal(kronor) if kronor else None)


def test_all_that_it_has_cost():
    entries = [paid("1000.10"), paid("9", "budget"), runs("36500", "2026-11-25"), runs("365", "2027-01-01")]
    assert spent(entries, DAY) == Decimal("1200.10")
    assert once(entries) == entries[:2]


AMOUNTS = st.decimals(0, 10_000_000, places=2)
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2028, 12, 31))


@patient
@given(st.lists(AMOUNTS, min_size=1, max_size=8), st.lists(AMOUNTS, min_size=1, max_size=8))
def test_parts_are_together_the_whole_and_the_order_is_nothing(budgets, actuals):
    entries = [paid(str(b), "budget", stage=1) for b in budgets] + [paid(str(a), stage=2) for a in actuals]
    whole = compared(entries)
    assert whole == compared(reversed(entries))
    assert whole.budget == sum(budgets)
    assert whole.difference == -whole.left
    assert whole.is_over == (sum(actuals) > sum(budgets))


@patient
@given(AMOUNTS, DAYS, DAYS, st.integers(1, 400))
def test_a_changed_amount_costs_as_if_it_had_never_been_written_in_two_rows(amount, first, day, after):
    turn = first + dt.timedelta(days=after)
    one = Entry("operation", "actual", amount, first, runs=True)
    two = [
        Entry("operation", "actual", amount, first, turn - dt.timedelta(days=1), runs=True),
        Entry("operation", "actual", amount, turn, runs=True),
    ]
    assert accrued(two, day) == accrued([one], day)
    assert a_year(two, day) == a_year([one], day)
