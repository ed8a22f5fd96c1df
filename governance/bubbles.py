"""Where initiatives stand in the matrix picture, so that every one can be seen, pressed and read.

Plain geometry in the units of the drawing; no database and no framework. The first in the given order get the best
places. What would cover another is moved aside, never over the lines between the four fields, with a hairline to where
it stands; where there is no room it shares the ring of the nearest. Names stand where they cover nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

Number = Decimal | Fraction | int
Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom; or a line's two ends."""

LOWEST, MIDDLE, HIGHEST = 1, 3, 5
WIDEST_REACH = 6
"""As many as the kommuner of V6."""
GAP = 6
"""Free ground between two rings."""
RING_STEP, DIRECTIONS = 9, 10
REMEMBERED = 64
"""Pictures kept in the process: the same list is looked at again and again."""
TEXT_HEIGHT, BASELINE = 17, 13
NEAR, FAR = 5, (20, 38)
"""How far from its ring a name stands: close to it, or led to by a line."""
MOVED = 4
"""Less than this is not seen as moved."""
AROUND: tuple[Point, ...] = ((1, 0), (-1, 0), (0, -1), (0, 1), (0.8, -0.6), (0.8, 0.6), (-0.8, -0.6), (-0.8, 0.6))


@dataclass(frozen=True, slots=True)
class Frame:
    """A picture's measures: its size, the margins of the field in it, and the radii of the least and widest reach.

    ``names`` is how many names at most are written, ``letter`` the width of a wide letter in them.
    """

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    smallest: int
    largest: int
    names: int = 0
    letter: float = 7

    @property
    def field(self) -> Box:
        return (self.left, self.top, self.width - self.right, self.height - self.bottom)

    def x(self, feasibility: Number) -> float:
        left, _top, right, _bottom = self.field
        return left + self.largest + _share(feasibility) * (right - left - 2 * self.largest)

    def y(self, benefit: Number) -> float:
        _left, top, _right, bottom = self.field
        return bottom - self.largest - _share(benefit) * (bottom - top - 2 * self.largest)

    def radius(self, reach: int) -> float:
        """The area, not the radius, grows with the reach."""
        share = (min(max(reach, 1), WIDEST_REACH) - 1) / (WIDEST_REACH - 1)
        return math.sqrt(self.smallest**2 + share * (self.largest**2 - self.smallest**2))


WIDE = Frame(1100, 620, left=58, right=14, top=30, bottom=52, smallest=15, largest=26, names=60)
NARROW = Frame(340, 440, left=40, right=6, top=28, bottom=48, smallest=15, largest=21)
SINGLE = Frame(560, 330, left=56, right=8, top=28, bottom=50, smallest=12, largest=20, names=1)


@dataclass(frozen=True, slots=True)
class Spot:
    """One initiative: its means on the axes (1 to 5), its reach (1 to 6) and the name to write, if there is room."""

    key: int
    benefit: Number
    feasibility: Number
    reach: int = 1
    name: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """A name beside its ring; ``leader`` is the line to it where it stands a little away.

    The text begins, ends or has its middle (``anchor``) at ``x``, so that it stands by its ring however wide it is.
    """

    text: str
    box: Box
    anchor: str
    leader: Box | None = None

    @property
    def x(self) -> float:
        left, _top, right, _bottom = self.box
        return {"start": left, "middle": round((left + right) / 2, 1), "end": right}[self.anchor]

    @property
    def baseline(self) -> float:
        return round(self.box[1] + BASELINE, 1)


@dataclass(slots=True)
class Bubble:
    """A ring with one initiative, or several that had no room of their own. ``stands`` is the true place of the
    first when the ring has been moved aside."""

    x: float
    y: float
    r: float
    stands: Point | None
    spots: list[Spot]
    label: Label | None = None

    @property
    def centre(self) -> Point:
        return (self.x, self.y)


@dataclass(slots=True)
class _Ground:
    """What is taken so far, by squares, so that only what is near is asked about."""

    frame: Frame
    squares: dict[tuple[int, int], list[Bubble]] = field(default_factory=dict)
    boxes: list[Box] = field(default_factory=list)

    @property
    def side(self) -> int:
        return 2 * self.frame.largest + GAP

    def add(self, bubble: Bubble) -> None:
        self.squares.setdefault((int(bubble.x // self.side), int(bubble.y // self.side)), []).append(bubble)

    def near(self, box: Box) -> Iterator[Bubble]:
        """The rings that may touch the box."""
        columns = range(int(box[0] // self.side) - 1, int(box[2] // self.side) + 2)
        rows = range(int(box[1] // self.side) - 1, int(box[3] // self.side) + 2)
        return (bubble for column in columns for row in rows for bubble in self.squares.get((column, row), ()))

    def free(self, x: float, y: float, r: float, own: Box) -> Point | None:
        """The nearest place for a ring of the radius, in its own field; None where all around is taken."""
        reach = self.side
        around = [(b.x, b.y, (b.r + r + GAP) ** 2) for b in self.near((x - reach, y - reach, x + reach, y + reach))]
        left, top, right, bottom = own
        for across, down in _outwards(reach):
            cx, cy = x + across, y + down
            if left <= cx <= right and top <= cy <= bottom:
                for bx, by, least in around:
                    if (bx - cx) ** 2 + (by - cy) ** 2 < least:
                        break
                else:
                    return (cx, cy)
        return None

    def has_room_for(self, box: Box) -> bool:
        left, top, right, bottom = self.frame.field
        inside = left < box[0] and top < box[1] and box[2] < right and box[3] < bottom
        return (
            inside
            and not any(_cross(box, taken) for taken in self.boxes)
            and not any(_touches(bubble, box) for bubble in self.near(box))
        )


@lru_cache(maxsize=REMEMBERED)
def draw(spots: tuple[Spot, ...], frame: Frame) -> tuple[Bubble, ...]:
    """The rings of the spots, the first spot first. The same spots always give the same picture.

    Every spot is in one ring, no ring covers another, every ring is in the field of its first spot, and no name covers
    a ring or another name. Raises ValueError for a mean outside 1–5.
    """
    ground = _Ground(frame)
    bubbles: list[Bubble] = []
    for spot in spots:
        _place(spot, frame, ground, bubbles)
    for bubble in [b for b in bubbles if len(b.spots) == 1][: frame.names]:
        bubble.label = _label(bubble, frame, ground)
    return tuple(bubbles)


def _share(value: Number) -> float:
    if not LOWEST <= value <= HIGHEST:
        raise ValueError(f"{value} is outside {LOWEST}–{HIGHEST}")
    return float(value - LOWEST) / (HIGHEST - LOWEST)


def _place(spot: Spot, frame: Frame, ground: _Ground, bubbles: list[Bubble]) -> None:
    x, y, r = frame.x(spot.feasibility), frame.y(spot.benefit), frame.radius(spot.reach)
    own = _bounds(spot, frame)
    free = ground.free(x, y, r, own)
    neighbours = [bubble for bubble in bubbles if _in(bubble.centre, own)]
    if free is None and neighbours:
        min(neighbours, key=lambda b: math.dist(b.centre, (x, y))).spots.append(spot)
        return
    at = free or (x, y)
    moved = math.dist(at, (x, y)) > MOVED
    bubble = Bubble(
        round(at[0], 1), round(at[1], 1), round(r, 1), (round(x, 1), round(y, 1)) if moved else None, [spot]
    )
    bubbles.append(bubble)
    ground.add(bubble)


def _bounds(spot: Spot, frame: Frame) -> Box:
    """The centres that are in the spot's own field of the matrix."""
    low, middle, high = (frame.x(value) for value in (LOWEST, MIDDLE, HIGHEST))
    bottom, centre, top = (frame.y(value) for value in (LOWEST, MIDDLE, HIGHEST))
    left, right = (middle, high) if spot.feasibility >= MIDDLE else (low, middle - 1)
    upper, lower = (top, centre) if spot.benefit >= MIDDLE else (centre + 1, bottom)
    return (left, upper, right, lower)


def _in(point: Point, box: Box) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


@lru_cache
def _outwards(furthest: int) -> tuple[Point, ...]:
    """The place itself, then round it, a little further away each time."""
    found = [(0.0, 0.0)]
    for ring in range(1, furthest // RING_STEP + 1):
        for direction in range(DIRECTIONS):
            angle = 2 * math.pi * (direction + ring / 2) / DIRECTIONS
            found.append((ring * RING_STEP * math.cos(angle), ring * RING_STEP * math.sin(angle)))
    return tuple(found)


def _touches(bubble: Bubble, box: Box) -> bool:
    across = max(box[0] - bubble.x, 0.0, bubble.x - box[2])
    down = max(box[1] - bubble.y, 0.0, bubble.y - box[3])
    return across**2 + down**2 < (bubble.r + NEAR - 1) ** 2


def _cross(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _label(bubble: Bubble, frame: Frame, ground: _Ground) -> Label | None:
    """The name where it covers nothing, close to its ring if it can; None where there is no such place."""
    text = bubble.spots[0].name
    width = len(text) * frame.letter
    around = sorted(AROUND, key=lambda way: _leaves_its_field(_box(bubble, way, NEAR, width)[0], frame))
    for distance in (NEAR, *FAR):
        for direction in around:
            box, leader = _box(bubble, direction, distance, width)
            line = _along(leader) if distance in FAR else []
            if text and ground.has_room_for(box) and all(ground.has_room_for(piece) for piece in line):
                ground.boxes += [box, *line]
                return Label(text, box, _anchor(direction), leader if distance in FAR else None)
    return None


def _leaves_its_field(box: Box, frame: Frame) -> bool:
    """Whether a text lies over the line between two fields, so that the ring would be read as standing in both."""
    left, top, right, bottom = box
    return left < frame.x(3) < right or top < frame.y(3) < bottom


def _box(bubble: Bubble, direction: Point, distance: float, width: float) -> tuple[Box, Box]:
    """The text's box in the direction, and the line to it from the ring."""
    towards, down = direction
    start = (bubble.x + towards * bubble.r, bubble.y + down * bubble.r)
    end = (bubble.x + towards * (bubble.r + distance), bubble.y + down * (bubble.r + distance))
    left = end[0] - (width / 2 if towards == 0 else width if towards < 0 else 0)
    top = end[1] - (TEXT_HEIGHT / 2 if down == 0 else TEXT_HEIGHT if down < 0 else 0)
    box = (round(left, 1), round(top, 1), round(left + width, 1), round(top + TEXT_HEIGHT, 1))
    return box, (round(start[0], 1), round(start[1], 1), round(end[0], 1), round(end[1], 1))


def _anchor(direction: Point) -> str:
    return "middle" if direction[0] == 0 else "end" if direction[0] < 0 else "start"


def _along(leader: Box) -> list[Box]:
    """The line as small boxes, past its own ring and short of its text."""
    x1, y1, x2, y2 = leader
    steps = [(x1 + (x2 - x1) * part, y1 + (y2 - y1) * part) for part in (0.35, 0.6, 0.85)]
    return [(x - 1, y - 1, x + 1, y + 1) for x, y in steps]
