"""Weights in any proportions become hundredths that make exactly a hundred."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from initiatives.weighing import to_hundred

FREELY = settings(deadline=None, max_examples=100)
weights = st.lists(st.decimals(Decimal("0.01"), 100, places=2), min_size=1, max_size=30)


def shown(*given: str | int) -> list[str]:
    return [str(weight) for weight in to_hundred([Decimal(one) for one in given])]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([3, 2, 1], ["50.00", "33.33", "16.67"]),  # 16,666… lost most when rounded down
        ([1, 1, 1], ["33.34", "33.33", "33.33"]),  # all lost as much: the first gets what is left
        ([1, 1, 1, 1, 1, 1], ["16.67", "16.67", "16.67", "16.67", "16.66", "16.66"]),
        ([7], ["100.00"]),
        (["0.01"], ["100.00"]),
        ([10, 25, 25, 15, 10, 15], ["10.00", "25.00", "25.00", "15.00", "10.00", "15.00"]),
        ([20, 20, 15, 15, 5, 10, 10], ["21.05", "21.05", "15.79", "15.79", "5.26", "10.53", "10.53"]),
        ([100, 100, "0.01"], ["49.99", "50.00", "0.01"]),  # 50 and 50, but none becomes nothing
        ([100, 100, 100, "0.01"], ["33.33", "33.33", "33.33", "0.01"]),  # 0,0033 lost most
        ([], []),
    ],
)
def test_worked_by_hand(before: list[str | int], after: list[str]) -> None:
    assert shown(*before) == after


def test_eight_threes_and_a_hundred() -> None:
    # 3 of 124 is 2.41935…, 100 of 124 is 80.645161…; 8 · 2.41 + 80.64 = 99.92, and the threes lost most
    assert shown(*[3] * 8, 100) == ["2.42"] * 8 + ["80.64"]


@pytest.mark.parametrize("wrong", [0, -1])
def test_what_weighs_nothing_is_no_weight(wrong: int) -> None:
    with pytest.raises(ValueError, match="not positive"):
        to_hundred([Decimal(1), Decimal(wrong)])


def test_more_weights_than_hundredths_cannot_be() -> None:
    assert sum(to_hundred([Decimal(1)] * 10_000)) == 100
    with pytest.raises(ValueError, match="more weights"):
        to_hundred([Decimal(1)] * 10_001)


@FREELY
@given(weights)
def test_exactly_a_hundred_each_more_than_nothing_and_none_far_from_its_share(given: list[Decimal]) -> None:
    after = to_hundred(given)
    assert sum(after) == 100
    assert min(after) >= Decimal("0.01")
    whole = sum(map(Fraction, given))
    most = Fraction(len(given), 100)  # one hundredth, or more where the largest made room for the smallest
    assert all(abs(Fraction(new) - Fraction(old) * 100 / whole) < most for old, new in zip(given, after, strict=True))


@FREELY
@given(weights)
def test_what_makes_a_hundred_stays_as_it_is(given: list[Decimal]) -> None:
    once = to_hundred(given)
    assert to_hundred(once) == once
