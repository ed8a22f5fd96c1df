"""What a section beside the source's indicators is made of. Which there are stands in ``beside``."""

from __future__ import annotations

from dataclasses import dataclass

from ..charts import Chart
from .cells import Table


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


@dataclass(frozen=True)
class Beside:
    """A section: ``lead`` is a sentence or two before its items; ``sheet`` is its sheet's name in the workbook."""

    anchor: str
    title: str
    lead: str
    sheet: str
    items: tuple[BesideItem, ...] = ()
