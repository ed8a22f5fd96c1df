"""The answers to a statement as one bar in parts, for the page of the results. Its numbers stand in the table below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..survey_counting import Spread
from .cells import Kind, written
from .survey_results import Line

WIDTH = 600


@dataclass(frozen=True)
class Segment:
    """A step of the scale, or, last, the answer outside it; lengths in the drawing's own units."""

    step: int
    x: float
    width: float
    number: int


@dataclass(frozen=True)
class BarLine:
    """A statement with its bar, and the middle of it in words."""

    line: Line
    segments: Sequence[Segment]
    description: str

    @property
    def middle(self) -> str:
        return written(self.line.median, Kind.COUNT)

    @property
    def change(self) -> str:
        """With its sign; empty where it is not known."""
        if self.line.change is None:
            return ""
        return ("+" if self.line.change > 0 else "") + written(self.line.change, Kind.COUNT)


def bars_of(lines: Sequence[Line], unknown: str) -> list[BarLine]:
    """One for each statement that is shown; ``unknown`` are the words of the answer outside the scale."""
    return [_bar(line, line.spread, unknown) for line in lines if line.spread and line.spread.answers]


def _bar(line: Line, spread: Spread, unknown: str) -> BarLine:
    numbers = [*spread.levels, spread.outside]
    unit, x, segments = WIDTH / spread.answers, 0.0, []
    for step, number in enumerate(numbers, start=1):
        if number:
            segments.append(Segment(step, round(x, 1), round(number * unit, 1), number))
        x += number * unit
    told = [_("%(step)s: %(number)s") % {"step": step, "number": number} for step, number in enumerate(numbers[:-1], 1)]
    return BarLine(line, segments, ", ".join([*told, f"{unknown.lower()}: {spread.outside}"]))
