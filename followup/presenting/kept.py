"""An approved report as it was frozen: what its pages and files are drawn from, for ever in the same words.

What a reader may see of its lists is asked anew each time. Beside the figures stand the names and dates of what the
lists name, the indicators' wording and the organisations' names, so that nothing later shows through.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any, get_args

from v6portal.organizations.models import Organisation

from ..charts import Chart
from ..drawing import Bar, Series
from ..indicators import INDICATORS, Figures, Indicator, Part, Section
from ..models import HalfYearReport
from ..panels import Panel
from ..periods import HalfYear
from ..who_takes_part import Shared, Taker, TakingPart
from .as_json import Reader
from .beside_parts import Beside, BesideItem
from .cells import Behind, Cell, Column, Kind, Of, Table
from .overview import Arrivals, Overview, Past
from .plain_values import history_from_plain, overview_from_plain, overview_of_kept
from .withholding import reference_of

PARTS = (Bar, Series, Panel, Taker, Shared)
READER = Reader((Beside, BesideItem, Table, Column, Cell, Behind, Kind, Of, *PARTS, *get_args(Chart)))
PARSED = 2
"""How many approved reports a process keeps read; one is some tens of megabytes at ten thousand initiatives."""


@dataclass(frozen=True)
class Kept:
    """The content of an approved report. Its values are shared by all who read it and never written to."""

    content: dict[str, Any]
    checksum: str

    @property
    def figures(self) -> Figures:
        found: Figures = self.content["figures"]
        return found

    @property
    def head_number(self) -> int:
        """The newest event that it takes into account."""
        return int((self.content["head"] or {"number": 0})["number"])

    @property
    def period(self) -> HalfYear:
        return HalfYear.parse(self.figures["period"])

    @cached_property
    def overview(self) -> Overview:
        return overview_of_kept(self.figures, self.content["divides"])

    @cached_property
    def before(self) -> Overview | None:
        """The half-year before as it was when this was approved."""
        told = self.content["before"]
        if told is None:
            return None
        return overview_from_plain(told)

    @cached_property
    def history(self) -> tuple[Past, ...]:
        """The half-years of its trends as they were then."""
        return history_from_plain(self.content["history"])

    @cached_property
    def arrivals(self) -> tuple[Arrivals, ...]:
        return tuple(Arrivals(HalfYear.parse(code), *numbers) for code, *numbers in self.content["arrivals"])

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """Those that the report has, in the words that it has them."""
        told = {one["code"]: one for one in self.content["indicators"]}
        return tuple(_reworded(one, told[one.code]) for one in INDICATORS if one.code in told)

    @cached_property
    def headings(self) -> dict[Section, str]:
        return {Section[name]: words for name, words in self.content["sections"].items()}

    @cached_property
    def corrections(self) -> list[dict[str, Any]]:
        """What it said of earlier reports."""
        return list(self.content["corrections"])

    def organisations(self, present: Sequence[Organisation]) -> list[Organisation]:
        """The organisations of today by the names and colours that they had, in its order."""
        by_key = {one.key: one for one in present}
        return [
            Organisation(pk=by_key[told["key"]].pk, **{name: told[name] for name in ORGANISATION})
            for told in self.content["organisations"]
            if told["key"] in by_key
        ]

    def rows(self, references: Collection[str]) -> list[Figures]:
        """B5's rows with those references."""
        return [row for row in self.figures["B5"]["rader"] if row["referens"] in references]

    def titles(self, hidden: Collection[str]) -> dict[str, str]:
        """What the initiatives were called, of those that the reader may see."""
        told = self.content["initiatives"]
        return {reference: one["title"] for reference, one in told.items() if reference not in hidden}

    def beside(self, hidden: Collection[str]) -> list[Beside]:
        """The sections beside the indicators, without the rows that name what the reader may not see."""
        return [_withheld(READER.value(one), hidden) for one in self.content["beside"]]


ORGANISATION = ("key", "short_name", "name", "kind", "order", "colour")


def kept_of(report: HalfYearReport) -> Kept:
    """What an approved report holds. Its content is read from the database only where it is not at hand."""
    return _read(report.pk, report.checksum)


@lru_cache(maxsize=PARSED)
def _read(pk: int, checksum: str) -> Kept:
    text = HalfYearReport.objects.values_list("content", flat=True).get(pk=pk, checksum=checksum)
    return Kept(json.loads(text), checksum)


def approval_of(period: HalfYear) -> HalfYearReport | None:
    """The approved report of the half-year, without its content; None where it is not approved."""
    return HalfYearReport.objects.approved().of(period).without_content().first()


def _reworded(indicator: Indicator, told: dict[str, Any]) -> Indicator:
    return replace(
        indicator,
        wording=told["wording"],
        definition=told["definition"],
        parts=tuple(Part(key, words) for key, words in told["parts"]),
        totals=tuple(Part(key, words) for key, words in told["totals"]),
    )


def _withheld(section: Beside, hidden: Collection[str]) -> Beside:
    return replace(section, items=tuple(_item(item, hidden) for item in section.items))


def _item(item: BesideItem, hidden: Collection[str]) -> BesideItem:
    """Its tables shortened, and without a drawing that names initiatives if there are any that she may not see."""
    chart = None if hidden and isinstance(item.chart, TakingPart) else item.chart
    return replace(item, tables=tuple(_less(table, hidden) for table in item.tables), chart=chart)


def _less(table: Table, hidden: Collection[str]) -> Table:
    rows = tuple(tuple(_named(cell, hidden) for cell in row) for row in table.rows if not _names(row, hidden))
    return replace(table, rows=rows)


def _names(row: Sequence[Cell], hidden: Collection[str]) -> bool:
    return any(cell.reference in hidden for cell in row)


def _named(cell: Cell, hidden: Collection[str]) -> Cell:
    if cell.behind is None:
        return cell
    items = tuple(item for item in cell.behind.items if reference_of(item) not in hidden)
    return replace(cell, behind=replace(cell.behind, items=items))


def date(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
