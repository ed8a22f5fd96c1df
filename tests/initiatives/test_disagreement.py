"""How far apart the assessors are, worked out by hand."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from initiatives.disagreement import spread
from initiatives.scoring import Axis, Criterion, Sheet, aggregate

MODEL = (Criterion("N1", Axis.BENEFIT, Decimal(60)), Criterion("G1", Axis.FEASIBILITY, Decimal(40)))


def apart(*sheets: tuple[int | None, int | None], agreed: dict[str, int] | None = None) -> Fraction | None:
    given = [Sheet(number, {"N1": n, "G1": g}) for number, (n, g) in enumerate(sheets)]
    return spread(aggregate(MODEL, given, agreed=agreed, minimum=1))


@pytest.mark.parametrize(
    ("sheets", "expected"),
    [
        ([(1, 5), (5, 1)], 4),
        ([(3, 3), (3, 3)], 0),
        ([(2, 4)], 0),
        ([(1, 3), (3, 3)], Fraction(6, 5)),  # 60 × 2 ÷ 100
        ([(1, None), (3, None)], 2),  # what nobody answered has no weight
    ],
)
def test_the_ranges_weighed_together(sheets: list[tuple[int | None, int | None]], expected: Fraction) -> None:
    assert apart(*sheets) == expected


def test_what_a_meeting_has_settled_divides_nobody() -> None:
    assert apart((1, 3), (5, 4), agreed={"N1": 4}) == Fraction(2, 5)  # 40 × 1 ÷ 100


@pytest.mark.parametrize("sheets", [[], [(None, None)]])
def test_no_answers_no_distance(sheets: list[tuple[int | None, int | None]]) -> None:
    assert apart(*sheets) is None
