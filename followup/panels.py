"""Small multiples: the same bars over the half-years, once for each kommun and in one scale, told apart by place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .presenting.cells import Cell, Column, Kind, Table, written

WIDTH = 400
BESIDE = 2
"""Panels beside each other."""
GAP = 20
WIDEST_BAR = 20


@dataclass(frozen=True)
class Panel:
    """One kommun's numbers in the order of the half-years; not known is None."""

    name: str
    numbers: Sequence[int | None]
    fill: str
    colour: str


@dataclass(frozen=True)
class PanelBar:
    x: float
    y: float
    width: float
    height: float
    text: str
    text_x: float
    text_y: float


@dataclass(frozen=True)
class PlacedPanel:
    panel: Panel
    x: float
    y: float
    width: float
    bars: Sequence[PanelBar]


@dataclass(frozen=True)
class PanelChart:
    """A panel for each kommun; ``running`` says that the last half-year has not ended, so its bar is hollow."""

    name: str
    title: str
    labels: Sequence[str]
    panels: Sequence[Panel]
    heading: str
    running: bool = False
    template: str = field(default="charts/panels.svg", init=False)

    HIGH = 104
    HEADING = 18
    TOP = 40
    GROUND = 80
    LABEL = 96

    @property
    def width(self) -> int:
        return WIDTH

    @property
    def height(self) -> int:
        return self.HIGH * -(-len(self.panels) // BESIDE)

    @property
    def ends(self) -> tuple[str, str]:
        """What stands below the first and the last bar; nothing below the last where there is only one."""
        return self.labels[0], self.labels[-1] if len(self.labels) > 1 else ""

    @property
    def placed(self) -> list[PlacedPanel]:
        width = (WIDTH - GAP * (BESIDE - 1)) / BESIDE
        return [
            PlacedPanel(panel, at % BESIDE * (width + GAP), at // BESIDE * self.HIGH, width, self._bars(panel, width))
            for at, panel in enumerate(self.panels)
        ]

    def _bars(self, panel: Panel, width: float) -> list[PanelBar]:
        highest = max((number or 0 for one in self.panels for number in one.numbers), default=0) or 1
        step = width / len(self.labels)
        wide = min(step * 0.7, WIDEST_BAR)
        found = []
        for at, number in enumerate(panel.numbers):
            high = round((self.GROUND - self.TOP) * (number or 0) / highest, 1)
            left = round(step * at + (step - wide) / 2, 1)
            text = "–" if number is None else written(number, Kind.COUNT)
            middle = round(left + wide / 2, 1)
            found.append(PanelBar(left, self.GROUND - high, round(wide, 1), high, text, middle, self.GROUND - high - 5))
        return found

    @property
    def description(self) -> str:
        """The drawing in words, for those who do not see it."""
        return "; ".join(self._in_words(panel) for panel in self.panels) + "."

    def _in_words(self, panel: Panel) -> str:
        numbers = (
            f"{label} {_('uppgift saknas') if number is None else written(number, Kind.COUNT)}"
            for label, number in zip(self.labels, panel.numbers, strict=True)
        )
        return f"{panel.name}: {', '.join(numbers)}"

    @property
    def legend(self) -> str:
        said = [_("Alla i samma skala.")] if len(self.panels) > 1 else []
        if self.running:
            said.append(_("Ljus stapel: halvåret pågår."))
        return " ".join(said)

    @property
    def table(self) -> Table:
        """A row for each half-year, a column for each kommun."""
        columns = (Column(self.heading), *(Column(panel.name, Kind.COUNT) for panel in self.panels))
        rows = tuple(
            (Cell(label), *(Cell(panel.numbers[at], Kind.COUNT) for panel in self.panels))
            for at, label in enumerate(self.labels)
        )
        return Table(self.title, columns, rows)

    def __str__(self) -> SafeString:
        return render_to_string(self.template, {"chart": self})
