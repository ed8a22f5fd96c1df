"""Who takes part in what: a row for each initiative, a column for each kommun, a dot where it takes part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from .presenting.cells import Cell, Column, Kind, Table

WIDTH = 400
LETTERS = 29
"""As much of a title as there is room for; the table beside has all of it."""


@dataclass(frozen=True)
class Taker:
    """A kommun: its column."""

    name: str
    fill: str
    colour: str


@dataclass(frozen=True)
class Shared:
    """An initiative: the names of the kommuner that take part in it, and of those that have done so and do not now."""

    title: str
    takes_part: Sequence[str]
    has_left: Sequence[str]


@dataclass(frozen=True)
class Dot:
    x: float
    taker: Taker
    is_filled: bool


@dataclass(frozen=True)
class PlacedShared:
    title: str
    y: float
    dots: Sequence[Dot]


@dataclass(frozen=True)
class TakingPart:
    """Filled where a kommun takes part on the last day, a ring where it has taken part and left, else nothing."""

    name: str
    title: str
    takers: Sequence[Taker]
    rows: Sequence[Shared]
    left_out: int = 0
    """How many initiatives there was no room for."""
    template: str = field(default="charts/taking_part.svg", init=False)

    ROW = 24
    TOP = 66
    LEFT = 206
    STEP = 33

    @property
    def width(self) -> int:
        return WIDTH

    @property
    def height(self) -> int:
        return self.TOP + self.ROW * len(self.rows) + 4

    @property
    def columns(self) -> list[tuple[float, Taker]]:
        return [(self._x(at), taker) for at, taker in enumerate(self.takers)]

    @property
    def placed(self) -> list[PlacedShared]:
        return [self._placed(row, self.TOP + self.ROW * at) for at, row in enumerate(self.rows)]

    def _placed(self, row: Shared, y: float) -> PlacedShared:
        dots = [
            Dot(x, taker, taker.name in row.takes_part)
            for x, taker in self.columns
            if taker.name in row.takes_part or taker.name in row.has_left
        ]
        return PlacedShared(Truncator(row.title).chars(LETTERS), y, dots)

    def _x(self, at: int) -> float:
        return self.LEFT + self.STEP * at

    @property
    def description(self) -> str:
        """The drawing in words, for those who do not see it."""
        return "; ".join(self._in_words(row) for row in self.rows) + "."

    def _in_words(self, row: Shared) -> str:
        words = _("%(title)s: %(kommuner)s") % {
            "title": row.title,
            "kommuner": ", ".join(row.takes_part) or _("ingen kommun"),
        }
        return (
            _("%(words)s (har lämnat: %(left)s)") % {"words": words, "left": ", ".join(row.has_left)}
            if (row.has_left)
            else words
        )

    @property
    def legend(self) -> str:
        said = _("Fylld prick: deltar. Ring: har lämnat.")
        if self.left_out:
            said += " " + _("De %(shown)s med flest deltagare; %(left)s till står i tabellen.") % {
                "shown": len(self.rows),
                "left": self.left_out,
            }
        return said

    @property
    def table(self) -> Table:
        """1 where a kommun takes part, 0 where it has left; a number, so that a workbook can draw it."""
        columns = (Column(_("Initiativ")), *(Column(taker.name, Kind.COUNT) for taker in self.takers))
        rows = tuple((Cell(row.title), *(self._cell(row, taker) for taker in self.takers)) for row in self.rows)
        return Table(self.title, columns, rows, note=_("1 deltar, 0 har lämnat, – har aldrig deltagit."))

    def _cell(self, row: Shared, taker: Taker) -> Cell:
        number = 1 if taker.name in row.takes_part else 0 if taker.name in row.has_left else None
        return Cell(number, Kind.COUNT)

    def __str__(self) -> SafeString:
        return render_to_string(self.template, {"chart": self})
