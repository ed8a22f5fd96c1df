"""What an indicator is: the report's own words, the choice made to count it, and the function that counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from .reading import Reading

Figures = dict[str, Any]
"""Plain values only: int, float for a median on a half, money as text with two decimals, ISO dates, None, lists."""

RowFigures = Callable[[Any], Figures]
"""Makes the figures of one initiative out of its row in ``b5_time.INITIATIVES``."""


class Section(Enum):
    """The headings of the project report VDT-22, section 6, word for word; the last one is the portal's own."""

    KOMMUN = "Kommunens process för att hantera digitaliseringsinitiativ"
    V6 = "Process V6 Effektfull samverkan digitalisering"
    SOLUTIONS = "Användbara och innovativa lösningar"
    LOCAL = "Lokalt: det som skett utanför V6 eller innan initiativet kom dit"


@dataclass(frozen=True)
class Part:
    """One of several numbers of an indicator: its key among the figures, and what it is called."""

    key: str
    wording: str | Promise


@dataclass(frozen=True)
class Indicator:
    """One line of the report.

    ``wording`` is quoted and never translated; ``definition`` is printed beside the figure and says what is counted
    where the source leaves it open. ``path`` leads to the figures in the report's dictionary; where ``per_initiative``
    is true they stand under that path in every row of ``B5.rader`` instead, and ``totals`` names what is counted of
    them over the whole report, beside those rows. ``count`` makes the figures of a reading; it is None for the lines
    within B5, whose figures B5 makes together. ``summarise`` makes them without the rows, where there are rows.
    """

    code: str
    section: Section
    wording: str
    definition: str | Promise
    path: tuple[str, ...]
    count: Callable[[Reading], Figures] | None = None
    summarise: Callable[[Reading], Figures] | None = None
    parts: tuple[Part, ...] = ()
    per_initiative: bool = False
    totals: tuple[Part, ...] = ()

    def figures(self, report: Figures) -> Figures:
        """The indicator's own part of a report, or, for a line within B5, of one of its rows."""
        found = report
        for key in self.path:
            found = found[key]
        return found
