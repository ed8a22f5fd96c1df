"""What the answers to a statement come to: how many, over the scale, in the middle, and since last time.

No database here. Source: docs/enkat.md.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

SCALE = 5

Value = int | None


@dataclass(frozen=True)
class Spread:
    """The answers to one statement. ``levels`` holds how many chose each step, the lowest first."""

    levels: tuple[int, ...]
    outside: int
    """How many chose the answer outside the scale."""

    @property
    def on_the_scale(self) -> int:
        return sum(self.levels)

    @property
    def answers(self) -> int:
        return self.on_the_scale + self.outside

    @property
    def median(self) -> float | None:
        """The middle answer on the scale, or halfway between the two in the middle; None where nobody is on it."""
        values = [step for step, number in enumerate(self.levels, start=1) for _each in range(number)]
        return float(statistics.median(values)) if values else None


def spread_of(values: Iterable[Value]) -> Spread:
    """The answers counted: 1 to 5, or None for the answer outside the scale."""
    given = list(values)
    return Spread(tuple(given.count(step) for step in range(1, SCALE + 1)), given.count(None))


def together(spreads: Sequence[Spread]) -> Spread:
    """Several counted as one: a theme of its statements, all of the groups."""
    levels = tuple(sum(spread.levels[step] for spread in spreads) for step in range(SCALE))
    return Spread(levels, sum(spread.outside for spread in spreads))


def change(now: Spread | None, before: Spread | None) -> float | None:
    """The median less the one before; None where either is not known or not shown."""
    if now is None or before is None or now.median is None or before.median is None:
        return None
    return now.median - before.median


def percent(part: int, whole: int) -> int | None:
    """Of a hundred, rounded half up; None of nothing."""
    return (200 * part + whole) // (2 * whole) if whole else None
