"""What a section beside the source's indicators is made of. Which there are stands in ``beside``."""

from __future__ import annotations

from dataclasses import dataclass

from ..charts import Chart
from .cells import Table

HALF_A_PAGE = 6
"""Columns that a table has room for beside something else."""


@dataclass(frozen=True)
class BesideItem:
    """One heading of such a section: what it is, how it is counted, its tables and perhaps a drawing.

    A cell that names an initiative carries its ``reference``: by it a row is left out for those who may not see it.
    """

    anchor: str
    heading: str
    definition: str
    tables: tuple[Table, ...]
    chart: Chart | None = None
    folded: bool = False
    """Whether the page shows the tables when they are asked for; paper and workbook always do."""

    @property
    def is_wide(self) -> bool:
        """Whether its tables need the whole width of the page."""
        return any(len(table.columns) > HALF_A_PAGE for table in self.tables)


@dataclass(frozen=True)
class Beside:
    """A section: ``lead`` is a sentence or two before its items; ``sheet`` is its sheet's name in the workbook."""

    anchor: str
    title: str
    lead: str
    sheet: str
    items: tuple[BesideItem, ...] = ()
