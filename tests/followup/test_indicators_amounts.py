"""Exact money and medians."""

from __future__ import annotations

import math
import statistics
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup.indicators.amounts import accrued, kronor, median, together


@pytest.mark.parametrize(
    ("amount", "text"), [(None, None), ("0", "0.00"), ("1.5", "1.50"), ("99999999999.99", "99999999999.99")]
)
def test_kronor_are_written_with_two_decimals_and_nothing_stays_nothing(amount, text):
    assert kronor(amount and Decimal(amount)) == text


def test_what_is_known_is_added_and_nothing_known_is_nothing():
    assert together(Decimal("1.10"), None, Decimal("2.20")) == Decimal("3.30")
    assert together(None, Decimal(0)) == Decimal(0)
    assert together(None, None) is None


def test_nothing_accrues_to_nothing():
    assert accrued(None, 365) is None
    assert accrued(Decimal("0.00"), 365) == "0.00"


@pytest.mark.parametrize(("kronor_days", "text"), [("1.82", "0.00"), ("1.83", "0.01"), ("1.84", "0.01")])
def test_half_an_ore_is_rounded_up(kronor_days, text):
    assert accrued(Decimal(kronor_days), 366) == text


@given(st.integers(0, 10**15), st.sampled_from([365, 366]))
def test_accrual_is_the_exact_quotient_rounded_half_up(ore_days, days):
    exact = math.floor(Fraction(ore_days, days) + Fraction(1, 2))
    assert accrued(Decimal(ore_days).scaleb(-2), days) == f"{exact // 100}.{exact % 100:02}"


@pytest.mark.parametrize(("days", "result"), [([], None), ([3], 3), ([1, 2], 1.5), ([9, 1, 2], 2), ([1, 3], 2)])
def test_a_median_is_a_whole_day_or_a_half_one(days, result):
    assert median(days) == result
    assert type(median(days)) is type(result)


@given(st.lists(st.integers(0, 5000), min_size=1))
def test_the_median_is_the_middle(days):
    assert median(days) == statistics.median(days)
