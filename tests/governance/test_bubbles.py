"""The matrix picture: everything is there, nothing covers anything, and it is the same picture every time."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from governance.bubbles import GAP, NARROW, SINGLE, WIDE, Box, Bubble, Frame, Spot, draw

MEANS = st.integers(20, 100).map(lambda number: Fraction(number, 20))
NAMES = st.text("abcdefghijklmnopqrstuvwxyzåäö ", max_size=28)
SPOTS = st.builds(Spot, key=st.just(0), benefit=MEANS, feasibility=MEANS, reach=st.integers(1, 6), name=NAMES)
FRAMES = st.sampled_from([WIDE, NARROW])


def crowd(count: int, seed: int) -> tuple[Spot, ...]:
    """As assessments are: most of them near the middle."""
    dice = random.Random(seed)

    def mean() -> Fraction:
        return Fraction(min(100, max(20, round(dice.gauss(64, 14)))), 20)

    return tuple(
        Spot(n, mean(), mean(), dice.randint(1, 6), "Digitala nycklar i hemtjänst"[: dice.randint(6, 28)])
        for n in range(count)
    )


def apart(one: Box, other: Box) -> bool:
    return one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def distance(bubble: Bubble, box: Box) -> float:
    across = max(box[0] - bubble.x, 0, bubble.x - box[2])
    down = max(box[1] - bubble.y, 0, bubble.y - box[3])
    return math.hypot(across, down)


def check(spots: tuple[Spot, ...], frame: Frame) -> None:
    bubbles = draw(spots, frame)
    left, top, right, bottom = frame.field
    assert sorted(spot.key for bubble in bubbles for spot in bubble.spots) == list(range(len(spots)))
    for bubble in bubbles:
        assert left <= bubble.x - bubble.r
        assert bubble.x + bubble.r <= right
        assert top <= bubble.y - bubble.r
        assert bubble.y + bubble.r <= bottom
        for spot in bubble.spots:
            assert (bubble.x >= frame.x(3) - 0.1) == (spot.feasibility >= 3)
            assert (bubble.y <= frame.y(3) + 0.1) == (spot.benefit >= 3)
    for one, other in combinations(bubbles, 2):
        assert math.dist(one.centre, other.centre) >= one.r + other.r + GAP - 0.5
    labels = [bubble.label for bubble in bubbles if bubble.label]
    for label in labels:
        assert left < label.box[0] < label.box[2] < right
        assert top < label.box[1] < label.box[3] < bottom
        assert all(distance(bubble, label.box) >= bubble.r for bubble in bubbles)
    assert all(apart(one.box, other.box) for one, other in combinations(labels, 2))


@pytest.mark.parametrize("frame", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("count", [5, 50, 300])
@pytest.mark.parametrize("seed", range(5))
def test_nothing_covers_anything(count: int, seed: int, frame: Frame) -> None:
    check(crowd(count, seed), frame)


@settings(max_examples=60, deadline=None)
@given(st.lists(SPOTS, max_size=60), FRAMES)
def test_wherever_they_stand(spots: list[Spot], frame: Frame) -> None:
    check(tuple(replace(spot, key=at) for at, spot in enumerate(spots)), frame)


def test_five_have_rings_and_names_of_their_own() -> None:
    bubbles = draw(crowd(5, 1), WIDE)
    assert [len(bubble.spots) for bubble in bubbles] == [1] * 5
    assert all(bubble.label for bubble in bubbles)


def test_the_first_stands_where_it_is_and_the_next_beside_it_with_a_line_to_the_place() -> None:
    first, second = draw((Spot(1, 4, 4), Spot(2, 4, 4)), WIDE)
    assert (first.centre, first.stands) == ((round(WIDE.x(4), 1), round(WIDE.y(4), 1)), None)
    assert second.stands == first.centre
    assert second.centre != first.centre


def test_where_there_is_no_room_one_ring_holds_several() -> None:
    bubbles = draw(tuple(Spot(n, 4, 4) for n in range(40)), NARROW)
    assert sum(len(bubble.spots) for bubble in bubbles) == 40
    assert max(len(bubble.spots) for bubble in bubbles) > 1
    assert all(bubble.label is None for bubble in bubbles)


def test_the_corners_are_the_ends_of_the_scales() -> None:
    (low,) = draw((Spot(1, 1, 1),), SINGLE)
    (high,) = draw((Spot(1, 5, 5),), SINGLE)
    left, top, right, bottom = SINGLE.field
    assert low.centre == (left + SINGLE.largest, bottom - SINGLE.largest)
    assert high.centre == (right - SINGLE.largest, top + SINGLE.largest)


@pytest.mark.parametrize(("reach", "radius"), [(0, 15), (1, 15), (6, 26), (9, 26)])
def test_the_reach_gives_the_size(reach: int, radius: float) -> None:
    assert WIDE.radius(reach) == pytest.approx(radius)


def test_twice_the_step_in_reach_is_twice_the_step_in_area() -> None:
    areas = [WIDE.radius(reach) ** 2 for reach in range(1, 7)]
    assert [later - earlier for earlier, later in pairwise(areas)] == pytest.approx([(26**2 - 15**2) / 5] * 5)


def test_a_name_stands_by_its_ring_on_the_side_where_there_is_room() -> None:
    (bubble,) = draw((Spot(1, 4, 5, 1, "Digitala nycklar"),), WIDE)
    assert bubble.label is not None
    assert bubble.label.anchor == "end"
    assert bubble.label.x == pytest.approx(bubble.x - bubble.r - 5, abs=0.2)
    assert bubble.label.leader is None
    (bubble,) = draw((Spot(1, 4, 3, 1, "Digitala nycklar"),), WIDE)
    assert bubble.label is not None
    assert (bubble.label.anchor, bubble.label.x) == ("start", pytest.approx(bubble.x + bubble.r + 5, abs=0.2))


def test_a_name_is_written_in_the_field_that_its_ring_stands_in_if_it_can() -> None:
    (bubble,) = draw((Spot(1, 4, 2.8, 1, "Digitala nycklar"),), WIDE)
    assert bubble.label is not None
    assert bubble.label.anchor == "end"
    assert bubble.label.x < bubble.x < WIDE.x(3)


def test_a_crowded_name_is_led_to_by_a_line() -> None:
    led = [bubble for bubble in draw(crowd(50, 1), WIDE) if bubble.label and bubble.label.leader]
    assert led
    for bubble in led:
        assert bubble.label is not None
        assert bubble.label.leader is not None
        assert math.dist(bubble.label.leader[:2], bubble.centre) == pytest.approx(bubble.r, abs=0.3)
    assert {bubble.label.anchor for bubble in draw(crowd(50, 1), WIDE) if bubble.label} == {"start", "middle", "end"}


def test_the_label_of_one_above_has_its_middle_over_the_ring() -> None:
    middle = [b for b in draw(crowd(50, 1), WIDE) if b.label and b.label.anchor == "middle"]
    assert middle
    assert all(b.label is not None and b.label.x == pytest.approx(b.x, abs=0.2) for b in middle)
    assert all(b.label is not None and b.label.baseline == pytest.approx(b.label.box[1] + 13, abs=0.1) for b in middle)


@pytest.mark.parametrize("value", [Decimal("0.9"), Decimal("5.1")])
def test_a_mean_outside_the_scale_is_refused(value: Decimal) -> None:
    with pytest.raises(ValueError, match="outside 1–5"):
        draw((Spot(1, value, 3),), WIDE)
