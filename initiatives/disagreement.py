"""How far from settled the answers to a criterion are, and so in which order a meeting takes them.

Plain functions over plain values. The ends come first and what lies between them second, as in HotCRP: of 1, 2, 3, 4, 5
and 3, 3, 5, 5 the former is the less settled, however alike their means. Of two that are spread alike the one with
fewer answers is the less settled. Source: docs/bedomning.md and docs/decisions/0014.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Protocol, TypeVar

T = TypeVar("T")
BELOW_A_STEP = 10
"""Divides the variance, so that it never outweighs a step between the ends."""


class Answered(Protocol):
    """What is asked of the answers to a criterion; ``scoring.CriterionResult`` is one."""

    @property
    def n(self) -> int: ...
    @property
    def range(self) -> Fraction | None: ...
    @property
    def variance(self) -> Fraction | None: ...
    @property
    def agreed(self) -> Fraction | None: ...


def unsettled(given: Answered) -> tuple[Fraction, Fraction, int]:
    """A key to sort by, the greater the less settled: steps between the ends, variance, few answers."""
    return (given.range or Fraction(0), given.variance or Fraction(0), -given.n)


def least_settled_first(items: Iterable[T], answers_of: Callable[[T], Answered]) -> list[T]:
    """The items by ``unsettled``; equal ones keep the order they come in, which is that of the form."""
    return sorted(items, key=lambda item: unsettled(answers_of(item)), reverse=True)


def degree(given: Answered) -> Fraction:
    """The same as one number, 0 to 4.4, without the number of answers: whole steps, and the variance below them."""
    steps, variance, _few = unsettled(given)
    return steps + variance / BELOW_A_STEP


def of_round(criteria: Iterable[Answered]) -> Fraction:
    """What remains to be settled in a round: its least settled criterion that nothing has been agreed on."""
    return max((degree(given) for given in criteria if given.agreed is None), default=Fraction(0))
