"""A small trend beside a large figure: geometry counted here, drawn by ``templates/charts/sparkline.svg``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .presenting.cells import Kind, written

Number = int | float | Decimal | None

FEWEST = 2
"""A single half-year is no trend."""


@dataclass(frozen=True)
class SparkPoint:
    """One half-year; not known is None, which is a gap."""

    label: str
    number: Number
    is_running: bool = False

    @property
    def in_words(self) -> str:
        number = _("uppgift saknas") if self.number is None else written(self.number, Kind.COUNT)
        return (
            _("%(label)s %(number)s hittills") % {"label": self.label, "number": number}
            if self.is_running
            else (f"{self.label} {number}")
        )


@dataclass(frozen=True)
class Sparkline:
    """A line from half-year to half-year, broken where a number is not known; the last point is marked."""

    name: str
    title: str
    points: Sequence[SparkPoint]

    width = 132
    height = 30
    SIDE = 5
    TOP = 5
    GROUND = 26

    @property
    def is_drawn(self) -> bool:
        return len(self.points) >= FEWEST and any(point.number is not None for point in self.points)

    @property
    def lines(self) -> list[str]:
        """The stretches between gaps, each as the points of a polyline."""
        return [" ".join(f"{x},{y}" for x, y in stretch) for stretch in self._stretches() if len(stretch) > 1]

    @property
    def alone(self) -> list[tuple[float, float]]:
        """The points that have a gap on either side, and so no line."""
        return [stretch[0] for stretch in self._stretches() if len(stretch) == 1]

    @property
    def last(self) -> tuple[float, float] | None:
        """Where this half-year stands, unless it is not known."""
        number = self.points[-1].number
        return None if number is None else self._at(len(self.points) - 1, number)

    @property
    def is_running(self) -> bool:
        return self.points[-1].is_running

    @property
    def description(self) -> str:
        return "; ".join(point.in_words for point in self.points) + "."

    def _stretches(self) -> Iterator[list[tuple[float, float]]]:
        stretch: list[tuple[float, float]] = []
        for at, point in enumerate(self.points):
            if point.number is not None:
                stretch.append(self._at(at, point.number))
            elif stretch:
                yield stretch
                stretch = []
        if stretch:
            yield stretch

    def _at(self, at: int, number: int | float | Decimal) -> tuple[float, float]:
        highest = max(float(point.number or 0) for point in self.points) or 1
        x = self.SIDE + (self.width - 2 * self.SIDE) * at / (len(self.points) - 1)
        return round(x, 1), round(self.GROUND - (self.GROUND - self.TOP) * max(float(number), 0) / highest, 1)

    def __str__(self) -> SafeString:
        return render_to_string("charts/sparkline.svg", {"chart": self})
