"""The picture of an initiative's work in time: where bars, marks and words stand, so that no words cover others.

Plain geometry in the units of the drawing; no database and no framework. A stage has a row of its own: its name, and
under it the planned time as an outline with the actual time in it. What happened on one day is a mark with its words
beside it, in the first row below where there is room.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""
Period = tuple[dt.date, dt.date]

STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200)
"""Months between the marks of the axis."""
A_YEAR = 12
TEXT, BASELINE = 18, 14
PLAN, ACTUAL, INSET = 20, 10, 5
LEAST = 3
"""As short as a bar may be drawn."""
BETWEEN = 14
MARK_ROW, MARK, NEAR, GAP = 24, 6, 4, 8
AIR_SHARE = 25
"""One part of so many of the time is left free at each end; at least ``LEAST_AIR`` days."""
LEAST_AIR = 20


@dataclass(frozen=True)
class Frame:
    """A picture's width and margins; ``letter`` is the width of a wide letter in it."""

    name: str
    width: int
    side: int
    letter: float = 7.2

    @property
    def left(self) -> int:
        return self.side

    @property
    def right(self) -> int:
        return self.width - self.side


WIDE = Frame("bred", 1000, side=8)
NARROW = Frame("smal", 330, side=4, letter=7.0)


@dataclass(frozen=True)
class Span:
    """One stage: its words (the second line is written below the first), and its planned and actual time.

    ``actual`` ends on today while it goes on. ``late`` is the part of it that is past the plan.
    """

    words: tuple[str, ...]
    planned: Period | None = None
    actual: Period | None = None
    late: Period | None = None
    goes_on: bool = False


@dataclass(frozen=True)
class Mark:
    """What happened on one day."""

    day: dt.date
    words: str
    kind: str


@dataclass(frozen=True)
class Label:
    text: str
    box: Box
    anchor: str = "start"

    @property
    def x(self) -> float:
        left, _top, right, _bottom = self.box
        return {"start": left, "middle": round((left + right) / 2, 1), "end": right}[self.anchor]

    @property
    def baseline(self) -> float:
        return round(self.box[1] + BASELINE, 1)


@dataclass(frozen=True)
class Bar:
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Row:
    span: Span
    labels: tuple[Label, ...]
    planned: Bar | None
    actual: Bar | None
    late: Bar | None


@dataclass(frozen=True)
class PlacedMark:
    mark: Mark
    x: float
    y: float
    label: Label


@dataclass(frozen=True)
class Tick:
    x: float
    label: Label


@dataclass(frozen=True)
class Drawing:
    """Everything with its place. ``ground`` is where the rows of stages and marks begin, below the axis."""

    frame: Frame
    height: float
    ground: float
    ticks: tuple[Tick, ...]
    today_x: float
    today: Label
    rows: tuple[Row, ...]
    marks: tuple[PlacedMark, ...]

    @property
    def labels(self) -> Iterator[Label]:
        """All words of the picture."""
        yield self.today
        yield from (tick.label for tick in self.ticks)
        yield from (label for row in self.rows for label in row.labels)
        yield from (mark.label for mark in self.marks)


@dataclass(frozen=True)
class _Scale:
    """From days to places."""

    first: dt.date
    last: dt.date
    frame: Frame

    def x(self, day: dt.date) -> float:
        share = (day - self.first).days / (self.last - self.first).days
        return round(self.frame.left + share * (self.frame.right - self.frame.left), 1)

    def bar(self, period: Period | None, y: float, height: float) -> Bar | None:
        """From the first day to the end of the last."""
        if period is None:
            return None
        start = self.x(period[0])
        width = max(self.x(period[1] + dt.timedelta(days=1)) - start, LEAST)
        return Bar(start, y, round(min(width, self.frame.right - start), 1), height)


def draw(
    spans: Sequence[Span],
    marks: Sequence[Mark],
    today: dt.date,
    frame: Frame,
    *,
    today_words: str,
    name_of: Callable[[dt.date, bool], str],
) -> Drawing:
    """The picture of the stages and the marks, which come in their order.

    ``name_of`` gives the words of a day on the axis; it is told whether the year alone is wanted. The words of a stage
    are cut where they are longer than the picture is wide. Nothing that is written covers anything else written.
    """
    scale = _scale(spans, marks, today, frame)
    ground = 2 * TEXT + GAP
    rows, below = _rows(spans, scale, ground)
    placed, height = _marks(marks, scale, below)
    return Drawing(
        frame,
        height,
        ground,
        tuple(_ticks(scale, name_of)),
        scale.x(today),
        _label(today_words, scale.x(today), TEXT, frame),
        rows,
        placed,
    )


def _scale(spans: Sequence[Span], marks: Sequence[Mark], today: dt.date, frame: Frame) -> _Scale:
    periods = [period for span in spans for period in (span.planned, span.actual) if period]
    days = [today, *(mark.day for mark in marks), *(day for period in periods for day in period)]
    air = dt.timedelta(days=max(LEAST_AIR, (max(days) - min(days)).days // AIR_SHARE))
    return _Scale(min(days) - air, max(days) + air, frame)


def _wide(text: str, frame: Frame) -> float:
    return len(text) * frame.letter


def _cut(text: str, frame: Frame) -> str:
    most = int((frame.right - frame.left) / frame.letter)
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _label(text: str, x: float, y: float, frame: Frame) -> Label:
    """Words with their middle at a place, moved in where they would reach outside."""
    width = _wide(text, frame)
    left = min(max(x - width / 2, frame.left), frame.right - width)
    return Label(text, (round(left, 1), y, round(left + width, 1), y + TEXT), "middle")


def _ticks(scale: _Scale, name_of: Callable[[dt.date, bool], str]) -> list[Tick]:
    """The first days of months or years, as many as there is room for."""
    tried = ([_tick(day, step, scale, name_of) for day in _days(scale, step)] for step in STEPS)
    return next((ticks for ticks in tried if _are_apart(ticks)), [])


def _are_apart(ticks: Sequence[Tick]) -> bool:
    return all(a.label.box[2] + GAP <= b.label.box[0] for a, b in pairwise(ticks))


def _days(scale: _Scale, step: int) -> Iterator[dt.date]:
    for month in range(scale.first.year * A_YEAR, (scale.last.year + 1) * A_YEAR):
        day = dt.date(month // A_YEAR, month % A_YEAR + 1, 1)
        if month % step == 0 and scale.first <= day <= scale.last:
            yield day


def _tick(day: dt.date, step: int, scale: _Scale, name_of: Callable[[dt.date, bool], str]) -> Tick:
    return Tick(scale.x(day), _label(name_of(day, step >= A_YEAR), scale.x(day), 0, scale.frame))


def _rows(spans: Sequence[Span], scale: _Scale, y: float) -> tuple[tuple[Row, ...], float]:
    rows = []
    for span in spans:
        labels = tuple(_line(words, y + TEXT * at, scale.frame) for at, words in enumerate(span.words))
        top = y + TEXT * len(labels) + 2
        rows.append(
            Row(
                span,
                labels,
                scale.bar(span.planned, top, PLAN),
                scale.bar(span.actual, top + INSET, ACTUAL),
                scale.bar(span.late, top + INSET, ACTUAL),
            )
        )
        y = top + PLAN + BETWEEN
    return tuple(rows), y


def _line(words: str, y: float, frame: Frame) -> Label:
    text = _cut(words, frame)
    return Label(text, (frame.left, y, round(frame.left + _wide(text, frame), 1), y + TEXT))


def _marks(marks: Sequence[Mark], scale: _Scale, y: float) -> tuple[tuple[PlacedMark, ...], float]:
    """Each in the first row where it touches nothing that stands there."""
    taken: list[list[tuple[float, float]]] = []
    placed = []
    for mark in marks:
        x = scale.x(mark.day)
        text, left, anchor = _beside(_cut_beside(mark.words, scale.frame), x, scale.frame)
        right = left + _wide(text, scale.frame)
        reach = (min(left, x - MARK) - GAP, max(right, x + MARK) + GAP)
        row = next((at for at, there in enumerate(taken) if all(_apart(reach, one) for one in there)), len(taken))
        if row == len(taken):
            taken.append([])
        taken[row].append(reach)
        top = y + MARK_ROW * row
        box = (round(left, 1), top, round(right, 1), top + TEXT)
        placed.append(PlacedMark(mark, x, top + TEXT / 2, Label(text, box, anchor)))
    return tuple(placed), y + MARK_ROW * len(taken)


def _cut_beside(words: str, frame: Frame) -> str:
    """Words that have room on one side of a mark, wherever it is: half the picture, less the mark itself."""
    most = int(((frame.right - frame.left) / 2 - MARK - NEAR) / frame.letter)
    return words if len(words) <= most else f"{words[: most - 1]}…"


def _beside(text: str, x: float, frame: Frame) -> tuple[str, float, str]:
    """To the right of the mark, or to the left where there is no room."""
    width = _wide(text, frame)
    if x + MARK + NEAR + width <= frame.right:
        return text, x + MARK + NEAR, "start"
    return text, x - MARK - NEAR - width, "end"


def _apart(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[1] <= other[0] or other[1] <= one[0]
