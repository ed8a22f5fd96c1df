"""Initiatives beside each other: who comes before whom, and how firmly.

Plain functions; the scores themselves come from ``scoring``, which also hands these names on. A score is
never changed by who else is in the list.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from typing import Generic, Protocol, TypeVar

Number = Fraction | Decimal | int
Answers = Mapping[str, Number | None]
"""Criterion code → 1 to 5, or None for *vet inte*. A missing code is unanswered and counts as None."""
Key = TypeVar("Key", bound=Hashable)

STABILITY_SEED = 20240521
SAME = 1e-12
"""Scores from 0 to 1 closer than this are tied: more than floats lose, less than exact scores can differ."""


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
    by the answered weight renormalises. Same seed, same shares. Floats inside, for speed: the result is an
    estimate anyway.
    """
    base = [float(c.weight) for c in criteria]
    grades = {key: _grades(criteria, values) for key, values in items_values.items()}
    kept = dict.fromkeys(_top(base, grades, k), 0)
    chance = random.Random(seed)  # noqa: S311 - a simulation that must repeat, not a secret
    for _ in range(draws):
        drawn = [weight * chance.uniform(1 - spread, 1 + spread) for weight in base]
        for key in _top(drawn, grades, k).keys() & kept.keys():
            kept[key] += 1
    return {key: times / draws for key, times in kept.items()}


def _grades(criteria: Sequence[Weighted], values: Answers) -> list[tuple[int, float]]:
    """Position of each answered criterion that weighs anything, and its answer moved to 0–1."""
    found = ((i, values.get(c.code)) for i, c in enumerate(criteria) if c.weight)
    return [(i, (float(value) - 1) / 4) for i, value in found if value is not None]


def _top(weights: Sequence[float], grades: Mapping[Key, list[tuple[int, float]]], k: int) -> dict[Key, float]:
    """Those with fewer than ``k`` others strictly before them."""
    scores = {
        key: sum(weights[i] * grade for i, grade in answered) / sum(weights[i] for i, _ in answered)
        for key, answered in grades.items()
        if answered
    }
    if k < 1 or not scores:
        return {}
    limit = sorted(scores.values(), reverse=True)[:k][-1]
    return {key: value for key, value in scores.items() if value >= limit - SAME}
