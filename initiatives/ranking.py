"""Initiatives beside each other: who comes before whom, and how firmly.

Plain functions; the scores themselves come from ``scoring``, which also hands these names on. A score is
never changed by who else is in the list.
"""

from __future__ import annotations

import random
import struct
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from math import lcm
from typing import Generic, Protocol, TypeVar

Number = Fraction | Decimal | int
Answers = Mapping[str, Number | None]
"""Criterion code → 1 to 5, or None for *vet inte*. A missing code is unanswered and counts as None."""
Key = TypeVar("Key", bound=Hashable)
Comparable = TypeVar("Comparable", Fraction, float)

Grades = list[tuple[int, int]]
"""Position of each answered criterion that weighs anything, and how far above 1 its answer is, in whole parts."""

STEPS = 4
"""From 1 to 5."""
STABILITY_SEED = 20240521
LOST = 1e-9
"""More than floats lose where a score is bounded."""


class Weighted(Protocol):
    @property
    def code(self) -> str: ...
    @property
    def weight(self) -> Decimal: ...


@dataclass(frozen=True, slots=True)
class Ranked(Generic[Key]):
    """A place in the ranking. ``place`` is None for what has no score; ``tied`` when others share it."""

    key: Key
    score: Number | None
    place: int | None
    tied: bool


def rank(items: Iterable[tuple[Key, Number | None]]) -> tuple[Ranked[Key], ...]:
    """Highest first; equal scores share a place and the next is passed over (1, 1, 3); no score comes last.

    Within a place, and among those without a score, the given order is kept.
    """
    items = list(items)
    sharing = Counter(Fraction(s) for _, s in items if s is not None)
    before = accumulate((sharing[s] for s in sorted(sharing, reverse=True)), initial=1)
    places = dict(zip(sorted(sharing, reverse=True), before, strict=False))
    ranked = (
        Ranked(key, s, None, False) if s is None else Ranked(key, s, places[Fraction(s)], sharing[Fraction(s)] > 1)
        for key, s in items
    )
    return tuple(sorted(ranked, key=lambda r: (r.place is None, r.place)))


def scores(criteria: Sequence[Weighted], items_values: Mapping[Key, Answers]) -> dict[Key, Fraction | None]:
    """What ``scoring.score`` gives each of many, with the same exactness; whole numbers inside, for speed.

    None for one whose answered criteria weigh nothing.
    """
    return _scores(criteria, *_grades(criteria, items_values))


def _scores(criteria: Sequence[Weighted], parts: int, grades: Mapping[Key, Grades]) -> dict[Key, Fraction | None]:
    exact = [Fraction(c.weight) for c in criteria]
    unit = lcm(*(weight.denominator for weight in exact))
    whole = [int(weight * unit) for weight in exact]

    def one(answered: Grades) -> Fraction:
        above = sum(whole[i] * grade for i, grade in answered)
        return Fraction(100 * above, STEPS * parts * sum(whole[i] for i, _ in answered))

    return {key: one(answered) if answered else None for key, answered in grades.items()}


def _grades(criteria: Sequence[Weighted], items_values: Mapping[Key, Answers]) -> tuple[int, dict[Key, Grades]]:
    """How many parts a step from one answer to the next has, and the grades of each in those parts."""
    weighing = [(i, c.code) for i, c in enumerate(criteria) if c.weight]
    given = {
        key: [(i, _fraction(value)) for i, code in weighing if (value := values.get(code)) is not None]
        for key, values in items_values.items()
    }
    parts = lcm(*{value.denominator for answered in given.values() for _, value in answered})
    return parts, {
        key: [(i, value.numerator * (parts // value.denominator) - parts) for i, value in answered]
        for key, answered in given.items()
    }


def _fraction(value: Number) -> Fraction:
    return value if isinstance(value, Fraction) else Fraction(value)


def stability(
    criteria: Sequence[Weighted],
    items_values: Mapping[Key, Answers],
    k: int,
    *,
    draws: int = 1000,
    spread: float = 0.20,
    seed: int = STABILITY_SEED,
) -> dict[Key, float]:
    """For each initiative in the top ``k``: the share, 0 to 1, of draws in which it keeps its place there.

    In a draw every weight is multiplied by its own uniform factor from 1 − spread to 1 + spread; the division
    by the answered weight renormalises. In the top are those with fewer than ``k`` others strictly before them.
    Same seed, same shares.
    """
    parts, grades = _grades(criteria, items_values)
    now = {key: score for key, score in _scores(criteria, parts, grades).items() if score is not None}
    if k < 1 or not now:
        return {}
    last = _limit(now.values(), k)
    top = [key for key, score in now.items() if score >= last]
    total = float(sum(c.weight for c in criteria))
    base = [float(c.weight) / total for c in criteria]
    rest = _contenders(base, {key: grades[key] for key in now}, k, spread) - set(top)
    chance = random.Random(seed)  # noqa: S311 - a simulation that must repeat, not a secret
    drawn = [[weight * chance.uniform(1 - spread, 1 + spread) for weight in base] for _ in range(draws)]
    columns = _columns(drawn, [grades[key] for key in (*top, *rest)], most=(1 + spread) * STEPS * parts)
    kept = [0] * len(top)
    for row in zip(*columns, strict=True):
        limit = _limit(row, k)
        for number in range(len(top)):
            kept[number] += row[number] >= limit
    return {key: times / draws for key, times in zip(top, kept, strict=True)}


def _limit(scores: Iterable[Comparable], k: int) -> Comparable:
    """The score of the last one in the top ``k``."""
    return sorted(scores, reverse=True)[:k][-1]


def _contenders(weights: Sequence[float], grades: Mapping[Key, Grades], k: int, spread: float) -> set[Key]:
    """Those that a draw may lift into the top ``k``. The others have ``k`` before them however the weights fall.

    They are most of a long list, and the places of the rest do not depend on them.
    """
    reach = {key: _reach(weights, answered, spread) for key, answered in grades.items()}
    sure = _limit((low for low, _ in reach.values()), k)
    return {key for key, (_, high) in reach.items() if high >= sure - LOST * (1 + sure)}


def _reach(weights: Sequence[float], answered: Grades, spread: float) -> tuple[float, float]:
    """The lowest and the highest weighted mean of the grades, when each weight may differ by the spread."""
    rising = sorted(answered, key=lambda one: one[1])
    lowest = -_highest(weights, [(i, -grade) for i, grade in rising], spread)
    return lowest, _highest(weights, rising[::-1], spread)


def _highest(weights: Sequence[float], falling: Grades, spread: float) -> float:
    """Reached with more weight on the highest grades and less on the others; how many is tried out."""
    above = sum(weights[i] * (1 - spread) * grade for i, grade in falling)
    whole = sum(weights[i] * (1 - spread) for i, _ in falling)
    found = [above / whole]
    for i, grade in falling:
        above += weights[i] * 2 * spread * grade
        whole += weights[i] * 2 * spread
        found.append(above / whole)
    return max(found)


def _columns(drawn: Sequence[Sequence[float]], items: Sequence[Grades], *, most: float) -> list[list[float]]:
    """The weighted mean of each item's grades in every draw. ``most`` is greater than any sum of weight × grade.

    All draws of a weight stand side by side in one long integer, 64 bits for each: one multiplication reckons them all.
    Whole numbers are divided last, so that what is equal gives equal floats.
    """
    scale = 2**62 / most
    weights = [_side_by_side([round(draw[i] * scale) for draw in drawn]) for i in range(len(drawn[0]))]
    wholes: dict[tuple[int, ...], Sequence[int]] = {}
    columns = []
    for answered in items:
        positions = tuple(i for i, _ in answered)
        if positions not in wholes:
            wholes[positions] = _apart(sum(weights[i] for i in positions), len(drawn))
        above = _apart(sum(weights[i] * grade for i, grade in answered), len(drawn))
        columns.append([a / whole for a, whole in zip(above, wholes[positions], strict=True)])
    return columns


def _side_by_side(numbers: Sequence[int]) -> int:
    return int.from_bytes(struct.pack(f"<{len(numbers)}Q", *numbers), "little")


def _apart(number: int, count: int) -> Sequence[int]:
    return struct.unpack(f"<{count}Q", number.to_bytes(8 * count, "little"))
