"""The picture of Göliska IT's capacity: geometry counted here, drawn by ``templates/charts/capacity.svg``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ..it_capacity import Load
from .cells import grouped

WIDTH = 400
LEFT = 76
NUMBER_ROOM = 70


@dataclass(frozen=True)
class PlacedLoad:
    """A half-year's bar: taken on, then asked for; a mark where the capacity ends."""

    load: Load
    y: int
    committed: float
    asked: float
    mark_x: float | None

    @property
    def asked_x(self) -> float:
        return LEFT + self.committed

    @property
    def number_x(self) -> float:
        return max(self.asked_x + self.asked, self.mark_x or 0) + 8

    @property
    def text(self) -> str:
        return grouped(self.load.committed + self.load.asked)


@dataclass(frozen=True)
class CapacityChart:
    """A row for each half-year."""

    loads: Sequence[Load]

    ROW = 40
    TOP = 8
    left, label_x, width = LEFT, LEFT - 10, WIDTH

    @property
    def height(self) -> int:
        return self.TOP + self.ROW * len(self.loads)

    @property
    def placed(self) -> list[PlacedLoad]:
        longest = max((max(load.committed + load.asked, load.capacity or 0) for load in self.loads), default=0)
        unit = (WIDTH - NUMBER_ROOM - LEFT) / (longest or 1)
        return [self._placed(load, self.TOP + self.ROW * at, unit) for at, load in enumerate(self.loads)]

    def _placed(self, load: Load, y: int, unit: float) -> PlacedLoad:
        mark = None if load.capacity is None else round(LEFT + load.capacity * unit, 1)
        return PlacedLoad(load, y, round(load.committed * unit, 1), round(load.asked * unit, 1), mark)

    @property
    def description(self) -> str:
        """The drawing in words, for those who do not see it."""
        return "; ".join(self._in_words(load) for load in self.loads) + "."

    def _in_words(self, load: Load) -> str:
        told = {"period": load.half_year.code, "committed": grouped(load.committed), "asked": grouped(load.asked)}
        told["capacity"] = _("saknas") if load.capacity is None else grouped(load.capacity)
        return _("%(period)s: åtaget %(committed)s, efterfrågat %(asked)s, kapacitet %(capacity)s timmar") % told

    def __str__(self) -> SafeString:
        return render_to_string("charts/capacity.svg", {"chart": self})
