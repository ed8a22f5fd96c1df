"""Bars and lines: geometry counted here, drawn by the SVG templates in ``templates/charts``.

A drawing carries its numbers with it, so that the same numbers can stand as a table beside it. Lengths are in the
drawing's own units, of which its view box is 400 wide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .presenting.cells import Cell, Column, Kind, Table, written

WIDTH = 400
BRAND = "#1f5c57"
NUMBER_ROOM = 44
LEAST_ROOM_FOR_NAMES = 56
WIDTH_OF_A_LETTER = 7.4

Number = int | float | None


@dataclass(frozen=True)
class Bar:
    """What one row of bars says: now, and in the half-year before if there was one. Not known is None."""

    name: str
    now: Number
    before: Number = None
    fill: str = "brand"
    colour: str = BRAND


@dataclass(frozen=True)
class PlacedBar:
    bar: Bar
    y: float
    length: float
    before_length: float
    number_x: float

    @property
    def text(self) -> str:
        return _("saknas") if self.bar.now is None else written(self.bar.now, Kind.COUNT)


@dataclass(frozen=True)
class BarChart:
    """Lying bars, one row for each name; a light, thinner bar below is the half-year before."""

    name: str
    title: str
    bars: Sequence[Bar]
    heading: str
    value_heading: str
    before_heading: str = ""
    template: str = field(default="charts/bars.svg", init=False)

    ROW = 36
    TOP = 8

    @property
    def width(self) -> int:
        return WIDTH

    @property
    def height(self) -> int:
        return self.TOP + self.ROW * len(self.bars)

    @property
    def left(self) -> float:
        """Where the bars begin: after the longest name."""
        return max(LEAST_ROOM_FOR_NAMES, max(len(bar.name) for bar in self.bars) * WIDTH_OF_A_LETTER) + 12

    @property
    def label_x(self) -> float:
        return self.left - 10

    @property
    def placed(self) -> list[PlacedBar]:
        numbers = [number for bar in self.bars for number in (bar.now, bar.before) if number]
        unit = (WIDTH - NUMBER_ROOM - self.left) / max(numbers, default=1)
        return [self._placed(bar, self.TOP + self.ROW * at, unit) for at, bar in enumerate(self.bars)]

    def _placed(self, bar: Bar, y: float, unit: float) -> PlacedBar:
        length = round((bar.now or 0) * unit, 1)
        return PlacedBar(bar, y, length, round((bar.before or 0) * unit, 1), self.left + length + 8)

    @property
    def description(self) -> str:
        """The drawing in words, for those who do not see it."""
        return "; ".join(self._in_words(bar) for bar in self.bars) + "."

    def _in_words(self, bar: Bar) -> str:
        now = _("uppgift saknas") if bar.now is None else written(bar.now, Kind.COUNT)
        if not self.before_heading:
            return f"{bar.name} {now}"
        before = _("uppgift saknas") if bar.before is None else written(bar.before, Kind.COUNT)
        return _("%(name)s %(now)s (föregående halvår %(before)s)") % {"name": bar.name, "now": now, "before": before}

    @property
    def table(self) -> Table:
        columns = [Column(self.heading), Column(self.value_heading, Kind.COUNT)]
        if self.before_heading:
            columns.append(Column(self.before_heading, Kind.COUNT))
        return Table(self.title, tuple(columns), tuple(self._cells(bar) for bar in self.bars))

    def _cells(self, bar: Bar) -> tuple[Cell, ...]:
        cells = [Cell(bar.name), Cell(bar.now, Kind.COUNT)]
        return (*cells, Cell(bar.before, Kind.COUNT)) if self.before_heading else tuple(cells)

    def __str__(self) -> SafeString:
        return render_to_string(self.template, {"chart": self})


@dataclass(frozen=True)
class Point:
    x: float
    y: float
    text: str
    text_y: float


@dataclass(frozen=True)
class Series:
    """One line of a trend: its numbers in the order of the half-years."""

    name: str
    numbers: Sequence[int]
    tone: str
    colour: str
    dashed: bool = False


@dataclass(frozen=True)
class PlacedSeries:
    series: Series
    points: Sequence[Point]

    @property
    def line(self) -> str:
        return " ".join(f"{point.x},{point.y}" for point in self.points)

    @property
    def end(self) -> Point:
        return self.points[-1]


@dataclass(frozen=True)
class TrendChart:
    """Numbers from half-year to half-year as lines, each named where it ends."""

    name: str
    title: str
    labels: Sequence[str]
    series: Sequence[Series]
    heading: str
    template: str = field(default="charts/trend.svg", init=False)

    height = 220
    LEFT = 24
    RIGHT = 106
    TOP = 26
    BOTTOM = 36
    DISTANCE = 18

    @property
    def width(self) -> int:
        return WIDTH

    @property
    def ground(self) -> int:
        return self.height - self.BOTTOM

    @property
    def right(self) -> int:
        return WIDTH - self.RIGHT

    @property
    def name_x(self) -> int:
        return self.right + 16

    @property
    def label_y(self) -> int:
        return self.ground + 24

    @property
    def ticks(self) -> list[tuple[float, str]]:
        return [(self._x(at), label) for at, label in enumerate(self.labels)]

    @property
    def placed(self) -> list[PlacedSeries]:
        return [
            PlacedSeries(series, [self._point(series, at, number) for at, number in enumerate(series.numbers)])
            for series in self.series
        ]

    @property
    def names(self) -> list[tuple[PlacedSeries, float]]:
        """Each line with the height of its name, the names apart from each other."""
        heights: list[tuple[PlacedSeries, float]] = []
        last = 0.0
        for placed in sorted(self.placed, key=lambda one: one.end.y):
            last = max(placed.end.y + 5, last + self.DISTANCE)
            heights.append((placed, last))
        return heights

    def _x(self, at: int) -> float:
        step = (self.right - self.LEFT) / max(len(self.labels) - 1, 1)
        return round(self.LEFT + step * at, 1)

    def _point(self, series: Series, at: int, number: int) -> Point:
        highest = max((max(one.numbers) for one in self.series), default=0) or 1
        y = round(self.ground - (self.ground - self.TOP) * number / highest, 1)
        above = all(number >= other.numbers[at] for other in self.series)
        return Point(self._x(at), y, written(number, Kind.COUNT), y - 11 if above else y + 21)

    @property
    def description(self) -> str:
        return (
            "; ".join(
                f"{label}: " + ", ".join(f"{one.name} {written(one.numbers[at], Kind.COUNT)}" for one in self.series)
                for at, label in enumerate(self.labels)
            )
            + "."
        )

    @property
    def table(self) -> Table:
        columns = (Column(self.heading), *(Column(one.name, Kind.COUNT) for one in self.series))
        rows = tuple(
            (Cell(label), *(Cell(one.numbers[at], Kind.COUNT) for one in self.series))
            for at, label in enumerate(self.labels)
        )
        return Table(self.title, columns, rows)

    def __str__(self) -> SafeString:
        return render_to_string(self.template, {"chart": self})
