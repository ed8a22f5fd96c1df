"""Bars and lines: geometry counted here, drawn by the SVG templates in ``templates/charts``.

A drawing carries its numbers with it, so that the same numbers can stand as a table beside it. Lengths are in the
drawing's own units, of which its view box is 400 wide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .presenting.cells import Cell, Column, Kind, Table, written

WIDTH = 400
BRAND = "#1f5c57"
NUMBER_ROOM = 44
MONEY_ROOM = 104
LEAST_ROOM_FOR_NAMES = 56
WIDTH_OF_A_LETTER = 7.4

Number = int | float | Decimal | None


@dataclass(frozen=True)
class Bar:
    """What one row of bars says: now, and what it is compared with if there is such. Not known is None."""

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
    kind: Kind

    @property
    def text(self) -> str:
        return _("saknas") if self.bar.now is None else written(self.bar.now, self.kind)


@dataclass(frozen=True)
class BarChart:
    """Lying bars, one row for each name; a light, thinner bar below is what it is compared with.

    That is the half-year before unless ``compared`` says something else, as it stands in a sentence.
    """

    name: str
    title: str
    bars: Sequence[Bar]
    heading: str
    value_heading: str
    before_heading: str = ""
    compared: str = ""
    kind: Kind = Kind.COUNT
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
        numbers = [float(number) for bar in self.bars for number in (bar.now, bar.before) if number]
        room = MONEY_ROOM if self.kind is Kind.MONEY else NUMBER_ROOM
        unit = (WIDTH - room - self.left) / max(numbers, default=1)
        return [self._placed(bar, self.TOP + self.ROW * at, unit) for at, bar in enumerate(self.bars)]

    def _placed(self, bar: Bar, y: float, unit: float) -> PlacedBar:
        length = round(float(bar.now or 0) * unit, 1)
        return PlacedBar(bar, y, length, round(float(bar.before or 0) * unit, 1), self.left + length + 8, self.kind)

    @property
    def description(self) -> str:
        """The drawing in words, for those who do not see it."""
        return "; ".join(self._in_words(bar) for bar in self.bars) + "."

    def _in_words(self, bar: Bar) -> str:
        now = _("uppgift saknas") if bar.now is None else written(bar.now, self.kind)
        if not self.before_heading:
            return f"{bar.name} {now}"
        before = _("uppgift saknas") if bar.before is None else written(bar.before, self.kind)
        compared = self.compared or _("föregående halvår")
        return f"{bar.name} {now} ({compared} {before})"

    @property
    def legend(self) -> str:
        return _("Ljus stapel: %s.") % (self.compared or self.before_heading) if self.before_heading else ""

    @property
    def table(self) -> Table:
        columns = [Column(self.heading), Column(self.value_heading, self.kind)]
        if self.before_heading:
            columns.append(Column(self.before_heading, self.kind))
        return Table(self.title, tuple(columns), tuple(self._cells(bar) for bar in self.bars))

    def _cells(self, bar: Bar) -> tuple[Cell, ...]:
        cells = [Cell(bar.name), Cell(bar.now, self.kind)]
        return (*cells, Cell(bar.before, self.kind)) if self.before_heading else tuple(cells)

    def __str__(self) -> SafeString:
        return render_to_string(self.template, {"chart": self})


@dataclass(frozen=True)
class Point:
    x: float
    y: float
    text: str
    text_y: float
    is_unfinished: bool = False


@dataclass(frozen=True)
class Series:
    """One line of a trend: its numbers in the order of the half-years; not known is None, which is a gap."""

    name: str
    numbers: Sequence[int | float | None]
    tone: str
    colour: str
    dashed: bool = False


@dataclass(frozen=True)
class PlacedSeries:
    """``places`` are where its half-years stand, None for one that is not known."""

    series: Series
    places: Sequence[Point | None]

    @property
    def points(self) -> list[Point]:
        return [place for place in self.places if place]

    @property
    def lines(self) -> list[str]:
        """The stretches between the gaps."""
        stretches: list[list[Point]] = [[]]
        for place in self.places:
            if place:
                stretches[-1].append(place)
            else:
                stretches.append([])
        return [" ".join(f"{point.x},{point.y}" for point in stretch) for stretch in stretches if len(stretch) > 1]

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
    running: bool = False
    """Whether the last half-year has not ended; its points are hollow."""
    template: str = field(default="charts/trend.svg", init=False)

    height = 220
    LEFT = 24
    RIGHT = 106
    TOP = 26
    BOTTOM = 36
    DISTANCE = 18
    BELOW = 16
    """How near the ground a number has no room below its point."""

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
            PlacedSeries(
                series,
                [
                    None if number is None else self._point(series, at, number)
                    for at, number in enumerate(series.numbers)
                ],
            )
            for series in self.series
        ]

    @property
    def names(self) -> list[tuple[PlacedSeries, float]]:
        """Each line that is drawn with the height of its name, the names apart from each other."""
        heights: list[tuple[PlacedSeries, float]] = []
        last = 0.0
        for placed in sorted((one for one in self.placed if one.points), key=lambda one: one.end.y):
            last = max(placed.end.y + 5, last + self.DISTANCE)
            heights.append((placed, last))
        return heights

    def _x(self, at: int) -> float:
        step = (self.right - self.LEFT) / max(len(self.labels) - 1, 1)
        return round(self.LEFT + step * at, 1)

    def _point(self, series: Series, at: int, number: float) -> Point:
        highest = max((known or 0 for one in self.series for known in one.numbers), default=0) or 1
        y = round(self.ground - (self.ground - self.TOP) * number / highest, 1)
        above = y > self.ground - self.BELOW or all(number >= (other.numbers[at] or 0) for other in self.series)
        unfinished = self.running and at == len(self.labels) - 1
        return Point(self._x(at), y, written(number, Kind.COUNT), y - 11 if above else y + 21, unfinished)

    @property
    def legend(self) -> str:
        return _("Ihålig punkt: halvåret pågår.") if self.running else ""

    @property
    def description(self) -> str:
        return (
            "; ".join(
                f"{label}: " + ", ".join(f"{one.name} {self._told(one.numbers[at])}" for one in self.series)
                for at, label in enumerate(self.labels)
            )
            + "."
        )

    def _told(self, number: float | None) -> str:
        return _("uppgift saknas") if number is None else written(number, Kind.COUNT)

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
