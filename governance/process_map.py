"""The process as a picture, drawn from the workflow table: a box for each status, and in it the steps that leave it.

Plain geometry in the units of the drawing; no database. A step is a line of words in the box of the status it leaves,
with the status it leads to. Steps between two open statuses in the same column or in neighbouring ones are drawn too:
straight down where one box follows the other, else through the gutter between the columns. Steps that put a case to
rest or end it are told by their line alone, so that the way is seen. Words never cover words, nor do lines.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .acts import Act
from .statuses import ENDED, Status
from .workflow import RETURNS, STAYS, TABLE, Row

S = Status
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""
Point = tuple[float, float]

KOMMUN = (S.DRAFT, S.SUBMITTED, S.QUALIFYING, S.SUPPLEMENT, S.QUALIFIED, S.PRIORITISED, S.LOCAL)
V6 = (S.V6_RECEIVED, S.V6_QUALIFYING, S.INTEREST, S.V6_PRIORITISING, S.AWAITING_START, S.IN_PROGRESS, S.MAINTENANCE)
GOLISKA = (S.IT_ASSESSMENT,)
RESTING = (S.PAUSED, S.CLOSED, S.ENDED_UNREALISED, S.REJECTED, S.REFERRED, S.DUPLICATE, S.WITHDRAWN)
LANES: dict[str, tuple[Status, ...]] = {"kommun": KOMMUN, "v6": V6, "goliska": GOLISKA, "resting": RESTING}
"""The swimlanes, each status in one of them, in the order of the way."""
BESIDE = {"goliska": S.INTEREST}
"""A lane that begins level with the box from which it is reached."""
COLUMNS: tuple[tuple[str, ...], ...] = (("kommun",), ("v6",), ("goliska", "resting"))

WIDTH, SIDE = 348, 10
"""Of a box, and of the ground on each side of it in its lane."""
HEAD, LINE, FOOT = 30, 21, 8
BETWEEN, TITLE, TOP = 26, 40, 4
TEXT, BASELINE, INDENT = 18, 14, 12
LETTER = 7.0
"""The width of a wide letter."""
TRACK, LEAST_GUTTER = 11, 30


@dataclass(frozen=True)
class Step:
    """What leaves a status: one act, and the status it leads to; or ``goes_back`` to where the case was."""

    source: Status
    act: Act
    target: Status
    rows: tuple[Row, ...]

    @property
    def goes_back(self) -> bool:
        return self.act is Act.RESUME and self.target is RETURNS

    @property
    def button(self) -> str:
        return str(self.rows[0].button)


@dataclass(frozen=True)
class Word:
    """A piece of text with the room it takes."""

    text: str
    box: Box

    @property
    def x(self) -> float:
        return self.box[0]

    @property
    def baseline(self) -> float:
        return self.box[1] + BASELINE


@dataclass(frozen=True)
class Line:
    """A step in its box: its button, and where it leads, on the same line or the next."""

    step: Step
    button: Word
    target: Word

    @property
    def is_whole(self) -> bool:
        """Whether both stand on one line, and are written in one go."""
        return self.button.box[1] == self.target.box[1]

    @property
    def y(self) -> float:
        """The middle of the line, where a drawn step leaves it."""
        return self.button.box[1] + TEXT / 2


@dataclass(frozen=True)
class StatusBox:
    status: Status
    box: Box
    name: Word
    lines: tuple[Line, ...]

    @property
    def width(self) -> float:
        return self.box[2] - self.box[0]

    @property
    def height(self) -> float:
        return self.box[3] - self.box[1]


@dataclass(frozen=True)
class Lane:
    key: str
    box: Box
    title_at: Point

    @property
    def width(self) -> float:
        return self.box[2] - self.box[0]

    @property
    def height(self) -> float:
        return self.box[3] - self.box[1]


@dataclass(frozen=True)
class Wire:
    """A drawn step: its corners from the line it leaves to the box it leads to."""

    step: Step
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Map:
    width: float
    height: float
    lanes: tuple[Lane, ...]
    boxes: tuple[StatusBox, ...]
    wires: tuple[Wire, ...]

    @property
    def words(self) -> Iterator[Word]:
        for box in self.boxes:
            yield box.name
            for line in box.lines:
                yield line.button
                yield line.target

    def box_of(self, status: Status) -> StatusBox:
        return next(box for box in self.boxes if box.status == status)


def steps_from(status: Status) -> tuple[Step, ...]:
    """The steps that leave a status, in the order of the table; rows that differ only in who are one step."""
    found: dict[tuple[Act, Status], list[Row]] = defaultdict(list)
    for row in TABLE:
        if row.target is not STAYS and status in row.source:
            found[row.act, row.target].append(row)
    return tuple(Step(status, act, target, tuple(rows)) for (act, target), rows in found.items())


def lay_out(back: str) -> Map:
    """The whole picture. ``back`` is what is said of a step that leads back to where the case was."""
    tracks = _tracks_needed()
    gutters = [max(LEAST_GUTTER, TRACK * (number + 1)) for number in tracks]
    lefts = [SIDE + sum(WIDTH + 2 * SIDE + g for g in gutters[:at]) for at in range(len(COLUMNS))]
    lanes: list[Lane] = []
    boxes: list[StatusBox] = []
    for column, left in zip(COLUMNS, lefts, strict=True):
        y = next((box.box[1] - TITLE for box in boxes if column[0] in BESIDE and box.status is BESIDE[column[0]]), TOP)
        for key in column:
            lane, placed = _lane(key, left, y, back)
            lanes.append(lane)
            boxes += placed
            y = lane.box[3] + BETWEEN
    height = max(lane.box[3] for lane in lanes) + TOP
    return Map(lefts[-1] + WIDTH + SIDE, height, tuple(lanes), tuple(boxes), tuple(_wires(boxes)))


def _lane(key: str, left: float, top: float, back: str) -> tuple[Lane, list[StatusBox]]:
    boxes, y = [], top + TITLE
    for status in LANES[key]:
        box = _box(status, left, y, back)
        boxes.append(box)
        y = box.box[3] + BETWEEN
    bottom = boxes[-1].box[3] + SIDE
    return Lane(key, (left - SIDE, top, left + WIDTH + SIDE, bottom), (left, top + TITLE - 14)), boxes


def _box(status: Status, left: float, top: float, back: str) -> StatusBox:
    lines, y = [], top + HEAD
    for step in steps_from(status):
        line = _line(step, left, y, back)
        lines.append(line)
        y = line.target.box[1] + LINE
    bottom = y + FOOT if lines else top + HEAD
    name = _word(str(status.label), left + INDENT, top + (HEAD - TEXT) / 2)
    return StatusBox(status, (left, top, left + WIDTH, bottom), name, tuple(lines))


def _line(step: Step, left: float, y: float, back: str) -> Line:
    button = _word(step.button, left + INDENT, y)
    leads = f"→ {back if step.goes_back else step.target.label}"
    beside = _word(leads, button.box[2] + LETTER, y)
    if beside.box[2] <= left + WIDTH - INDENT:
        return Line(step, button, beside)
    return Line(step, button, _word(leads, left + 2 * INDENT, y + LINE))


def _word(text: str, x: float, y: float) -> Word:
    return Word(text, (round(x, 1), y, round(x + len(text) * LETTER, 1), y + TEXT))


# The drawn steps


def _column(status: Status) -> int:
    return next(at for at, lanes in enumerate(COLUMNS) for key in lanes if status in LANES[key])


def _is_drawn(step: Step) -> bool:
    """On the way between open statuses, and near enough."""
    if step.target in ENDED or step.target is S.PAUSED:
        return False
    return abs(_column(step.target) - _column(step.source)) <= 1


def _follows(step: Step) -> bool:
    """Whether the box it leads to comes next below."""
    return any((step.source, step.target) in pairwise(lane) for lane in LANES.values())


def _gutter(step: Step) -> int:
    """Which gutter it is drawn in: the one between two columns, else the one to the right of its own."""
    return min(_column(step.source), _column(step.target))


def _trunks() -> dict[tuple[int, Act, Status], list[Step]]:
    """What goes through the gutters: those of one act to one status share a line."""
    trunks: dict[tuple[int, Act, Status], list[Step]] = defaultdict(list)
    for lane in LANES.values():
        for status in lane:
            for step in steps_from(status):
                if _is_drawn(step) and not _follows(step):
                    trunks[_gutter(step), step.act, step.target].append(step)
    return trunks


def _tracks_needed() -> list[int]:
    numbers = [0] * (len(COLUMNS) - 1)
    for gutter, _act, _target in _trunks():
        numbers[gutter] += 1
    return numbers


def _wires(boxes: Sequence[StatusBox]) -> Iterator[Wire]:
    by_status = {box.status: box for box in boxes}
    for box in boxes:
        for line in box.lines:
            if _is_drawn(line.step) and _follows(line.step):
                yield _down(line.step, box, by_status)
    used = [0] * (len(COLUMNS) - 1)
    for (gutter, _act, target), steps in _trunks().items():
        used[gutter] += 1
        x = _right_of(gutter, boxes) + SIDE + TRACK * used[gutter]
        for step in steps:
            yield _through(step, x, by_status[step.source], by_status[target])


def _right_of(gutter: int, boxes: Sequence[StatusBox]) -> float:
    return next(box.box[2] for box in boxes if _column(box.status) == gutter)


def _down(step: Step, box: StatusBox, by_status: dict[Status, StatusBox]) -> Wire:
    x = box.box[0] + WIDTH / 2
    return Wire(step, ((x, box.box[3]), (x, by_status[step.target].box[1])))


def _through(step: Step, x: float, source: StatusBox, target: StatusBox) -> Wire:
    """From the edge of the line into the gutter, along it, and to the edge of the other box beside its name."""
    y = next(line.y for line in source.lines if line.step == step)
    end = target.box[1] + HEAD / 2
    start_x = source.box[2] if source.box[2] < x else source.box[0]
    end_x = target.box[2] if target.box[2] < x else target.box[0]
    return Wire(step, ((start_x, y), (x, y), (x, end), (end_x, end)))
