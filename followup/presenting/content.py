"""The report's table of contents with everything under it: indicators, tables and drawings, in the source's order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..charts import (
    Chart,
    by_stage_type,
    by_target_group,
    received,
    spent_and_budget,
    time_to_start,
    who_takes_part,
)
from ..indicators import Figures, Indicator, Section
from .cells import Table
from .divided import divided_in_words
from .report import Report, Shown

NUMBERS_OF_ITS_OWN = ("A1", "B1", "B5c")
"""The indicators whose drawings show more than their tables: other half-years, or a sum."""


@dataclass(frozen=True)
class Item:
    """An indicator as it is shown: its words, its tables and perhaps a drawing."""

    indicator: Indicator
    tables: tuple[Table, ...]
    chart: Chart | None
    divided: str = ""
    """Which part of it is the kommun's, in the report of one."""

    @property
    def over_all(self) -> str:
        """What its drawing shows over all the rows, for an indicator that is counted initiative by initiative."""
        return str(OVER_ALL[self.indicator.code])

    @property
    def anchor(self) -> str:
        return self.indicator.code.replace(".", "-").lower()

    @property
    def wording(self) -> str:
        return str(self.indicator.wording)

    @property
    def drawn_table(self) -> Table | None:
        """The drawing's own numbers, where the indicator's tables do not hold them."""
        return self.chart.table if self.chart and self.indicator.code in NUMBERS_OF_ITS_OWN else None


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
    tables = (report.totals,) if indicator.code == "B5e" else shown.tables
    return Item(indicator, tables, _chart(report, indicator), divided_in_words(report, indicator))


OVER_ALL = {
    "B5a": gettext_lazy("Vilka kommuner som deltar i vad, av raderna här ovanför."),
    "B5c": gettext_lazy("Alla rader tillsammans: vad det kostat hittills, och vad det fick kosta."),
    "B5e": gettext_lazy(
        "Hela rapporten: medianen för dem som startade under halvåret, och hur länge de som väntar har väntat."
    ),
}


def _chart(report: Report, indicator: Indicator) -> Chart | None:
    draw = DRAWINGS.get(indicator.code)
    return draw(report, indicator) if draw else None


def _received(report: Report, indicator: Indicator) -> Chart | None:
    if not report.history:
        return None
    numbers = [(past.period.code, figures[indicator.code]) for past, figures in report.numbers]
    kommuner = [report.kommun] if report.kommun else report.kommuner
    return received(indicator.code.lower(), indicator.wording, numbers, kommuner, running=report.running)


def _stages(report: Report, indicator: Indicator) -> Chart:
    names = [(part.key, str(part.wording)) for part in indicator.parts]
    now, before = report.overview.figures["B2"], _before(report, "B2")
    return by_stage_type(indicator.wording, names, now, before, report.before_label)


def _taking_part(report: Report, indicator: Indicator) -> Chart | None:
    return who_takes_part(indicator.wording, report.rows, report.titles, report.kommuner)


def _costs(report: Report, indicator: Indicator) -> Chart | None:
    if report.withholds_costs:
        return None
    return spent_and_budget(indicator.wording, report.overview.costs[report.whose])


def _time(report: Report, indicator: Indicator) -> Chart:
    return time_to_start(report.overview.figures["B5"], _before(report, "B5"), report.before_label)


def _target_groups(report: Report, indicator: Indicator) -> Chart:
    now, before = report.overview.figures["C2"], _before(report, "C2")
    return by_target_group(_("Lösningar efter målgrupp"), now, before, report.before_label)


def _before(report: Report, code: str) -> Figures | None:
    return report.before.figures[code] if report.before else None


DRAWINGS: dict[str, Callable[[Report, Indicator], Chart | None]] = {
    "A1": _received,
    "B1": _received,
    "B2": _stages,
    "B5a": _taking_part,
    "B5c": _costs,
    "B5e": _time,
    "C2": _target_groups,
}
"""The indicators whose question a picture answers, by their codes."""
