"""Which criterion a meeting takes first: the orderings are typed by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from initiatives.disagreement import degree, least_settled_first, of_round, unsettled
from initiatives.scoring import Axis, Criterion, CriterionResult, combine


def answered(*values: int | None, agreed: int | None = None) -> CriterionResult:
    criterion = Criterion("N1", Axis.BENEFIT, 100)
    (result,) = combine([criterion], [{"N1": value} for value in values], {"N1": agreed}, minimum=2)
    return result


ORDER = [
    (1, 5),  # as far apart as can be, and only two have answered
    (1, 1, 5, 5),  # two camps
    (1, 3, 3, 5),  # the same ends, with people in between
    (1, 2, 3, 4, 5),
    (2, 5),
    (2, 3, 4, 5),
    (3, 5),
    (3, 3, 5, 5),
    (3, 4, 5),
    (4, 5),
    (4, 4, 5),
    (None, None),  # nobody knows
    (4,),
    (3, 3),
    (5, 5, 5),
]
"""The least settled first."""


def test_the_ends_then_what_lies_between_then_few_answers() -> None:
    shuffled = sorted(ORDER, key=str, reverse=True)
    assert least_settled_first(shuffled, lambda values: answered(*values)) == ORDER


def test_equal_means_are_told_apart() -> None:
    assert unsettled(answered(1, 2, 3, 4, 5)) > unsettled(answered(3, 3, 3, 3))
    assert unsettled(answered(1, 2, 3, 4, 5)) > unsettled(answered(3, 3, 5, 5))


def test_alike_they_keep_the_order_of_the_form() -> None:
    form = [("N1", (2, 4)), ("N2", (3, 5)), ("G1", (4, 2))]
    assert [name for name, _ in least_settled_first(form, lambda one: answered(*one[1]))] == ["N1", "N2", "G1"]


@pytest.mark.parametrize(
    ("values", "number"),
    [
        ((), 0),
        ((3,), 0),
        ((1, 5), Fraction(44, 10)),  # 4 steps, variance 4
        ((3, 3, 5, 5), Fraction(21, 10)),  # 2 steps, variance 1
        ((1, 2, 3, 4, 5), Fraction(42, 10)),  # 4 steps, variance 2
    ],
)
def test_as_one_number_it_is_whole_steps_and_the_variance_below(values: tuple[int, ...], number: Fraction) -> None:
    assert degree(answered(*values)) == number


def test_a_round_is_as_unsettled_as_its_least_settled_criterion() -> None:
    assert of_round([answered(3, 3), answered(2, 4), answered(3, 4)]) == Fraction(21, 10)
    assert of_round([]) == 0


def test_what_has_been_agreed_on_is_settled() -> None:
    assert of_round([answered(1, 5, agreed=4), answered(3, 4)]) == Fraction(41, 40)
    assert of_round([answered(1, 5, agreed=4)]) == 0


answers = st.lists(st.integers(1, 5), max_size=12)


@given(answers, answers)
def test_the_one_number_never_contradicts_the_order(some: list[int], others: list[int]) -> None:
    one, other = answered(*some), answered(*others)
    assert (degree(one) > degree(other)) == (unsettled(one)[:2] > unsettled(other)[:2])


@given(answers, st.randoms())
def test_who_answered_what_makes_no_difference(some: list[int], chance: object) -> None:
    shuffled = list(some)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert unsettled(answered(*some)) == unsettled(answered(*shuffled))
