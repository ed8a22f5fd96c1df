"""The report's table of contents with everything under it: indicators, tables and drawings, in the source's order."""

from __future__ import annotations

from dataclasses import dataclass

from ..charts import Chart, by_stage_type, per_kommun, time_to_start
from ..indicators import Indicator, Section
from .cells import Table
from .report import Report, Shown


@dataclass(frozen=True)
class Item:
    """An indicator as it is shown: its words, its tables and perhaps a drawing."""

    indicator: Indicator
    tables: tuple[Table, ...]
    chart: Chart | None

    @property
    def anchor(self) -> str:
        return self.indicator.code.replace(".", "-").lower()

    @property
    def wording(self) -> str:
        return str(self.indicator.wording)


@dataclass(frozen=True)
class Part:
    section: Section
    items: tuple[Item, ...]

    @property
    def anchor(self) -> str:
        return self.section.name.lower()


def contents(report: Report) -> list[Part]:
    """Every section with its indicators. The rows of B5 are the report's own; see its ``rows``."""
    return [Part(section, tuple(_item(report, shown) for shown in shown_all)) for section, shown_all in report.sections]


def _item(report: Report, shown: Shown) -> Item:
    indicator = shown.indicator
    if indicator.code == "B5e":
        return Item(indicator, (report.totals,), _chart(report, indicator))
    return Item(indicator, shown.tables, _chart(report, indicator))


def _chart(report: Report, indicator: Indicator) -> Chart | None:
    now = report.overview.figures
    before = report.before.figures if report.before else None
    if indicator.code in ("A1", "B1"):
        kommuner = [organisation for organisation in report.organisations if organisation.is_kommun]
        before = indicator.figures(before) if before else None
        name = indicator.code.lower()
        return per_kommun(name, indicator.wording, indicator.figures(now), before, report.before_label, kommuner)
    if indicator.code == "B2":
        names = [(part.key, str(part.wording)) for part in indicator.parts]
        return by_stage_type(indicator.wording, names, now["B2"], before and before["B2"], report.before_label)
    if indicator.code == "B5e":
        return time_to_start(now["B5"], before and before["B5"], report.before_label)
    return None
