"""The list behind a figure: the initiatives, stages or införanden it counts, as far as the reader may see them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from governance.known import held, known_day
from governance.models import Stage
from initiatives.models import Initiative

from ..indicators import Figures, Indicator
from .cells import Behind, Cell, Kind, Of, Table, grouped, written
from .kept_lists import columns_of_initiatives, columns_of_stages, kept_tables
from .leading import more_behind
from .lines import adoption_list
from .one_initiative import EVENTS
from .per_initiative import DETAILS
from .report import Report, read_rows
from .withholding import reference_of

ROW_KEY = re.compile(r"(B5[a-e])-(.+)")


@dataclass(frozen=True)
class FigureList:
    """A figure with the list behind it.

    ``items`` are those the reader may see, ``left_out`` how many initiatives she may not. ``tables`` makes the tables
    of some of the items, one page at a time.
    """

    indicator: Indicator
    heading: str
    figure: str
    items: Sequence[Any]
    left_out: int
    tables: Callable[[Sequence[Any]], list[Table]]

    @property
    def wording(self) -> str:
        return str(self.indicator.wording)

    @property
    def anchor(self) -> str:
        """Where in the report the figure stands."""
        code = "B5" if self.indicator.per_initiative and self.indicator.code != "B5e" else self.indicator.code
        return code.replace(".", "-").lower()

    @property
    def left_out_in_words(self) -> str:
        if not self.left_out:
            return ""
        if self.left_out == 1:
            return _("1 initiativ visas inte eftersom det tillhör en annan organisation eller är sekretessmarkerat.")
        return _(
            "%s initiativ visas inte eftersom de tillhör en annan organisation eller är sekretessmarkerade."
        ) % grouped(self.left_out)


def list_behind(report: Report, key: str) -> FigureList | None:
    """The list behind the figure with that key; None if the report has no such figure for this reader."""
    if match := ROW_KEY.fullmatch(key):
        found = _of_one_initiative(report, match[1], match[2])
        if found:
            return found
    if key == "B5":
        return _list(report, _indicator(report, "B5"), "", Behind(Of.INITIATIVES, report.overview.rows), "")
    if key == "B5c":
        return _costs_of_all(report)
    for cell in more_behind(report.overview.figures):
        if cell.key == key and cell.behind:
            return _list(report, _indicator(report, "B2"), _("Alla typer"), cell.behind, cell.text)
    for indicator, table, row, cell in report.cells():
        if cell.key == key and cell.behind:
            column = table.columns[row.index(cell)].heading
            heading = f"{row[0].text}: {column.lower()}" if table.columns[0].heading != column else column
            return _list(report, indicator, heading, cell.behind, cell.text)
    return None


def _indicator(report: Report, code: str) -> Indicator:
    return next(indicator for indicator in report.indicators if indicator.code == code)


def _list(report: Report, indicator: Indicator, heading: str, behind: Behind, figure: str) -> FigureList:
    references = {reference_of(item) for item in behind.items}
    tables = kept_tables(report.kept) if report.kept else TABLES
    return FigureList(
        indicator=indicator,
        heading=heading,
        figure=figure or grouped(len(behind.items)),
        items=[item for item in behind.items if reference_of(item) not in report.hidden],
        left_out=len(references & set(report.hidden)),
        tables=lambda items: [tables[behind.of](items)],
    )


def _costs_of_all(report: Report) -> FigureList:
    def tables(references: Sequence[str]) -> list[Table]:
        read_rows(report, references)
        return [DETAILS["B5c"](report.rows, report.titles)]

    return FigureList(
        indicator=_indicator(report, "B5c"),
        heading=_("Utfall för förstudie och utveckling, alla rader tillsammans"),
        figure=written(report.spent, Kind.MONEY),
        items=report.visible_rows,
        left_out=report.hidden_rows,
        tables=tables,
    )


def _of_one_initiative(report: Report, code: str, reference: str) -> FigureList | None:
    if reference not in report.visible_rows:
        return None
    read_rows(report, [reference])
    case = Initiative.objects.only("pk").get(reference=reference).pk
    return FigureList(
        indicator=_indicator(report, code),
        heading=report.titles[reference],
        figure="",
        items=[reference],
        left_out=0,
        # What stands behind the row is read as it is today, and is not shown of another day's knowledge.
        tables=lambda items: [
            DETAILS[code](report.rows, report.titles),
            *([] if known_day() else EVENTS[code](report, case, report.rows[0])),
        ],
    )


def _initiatives(references: Sequence[str]) -> Table:
    rows = held(Initiative, "reference = any(%(references)s)", references=list(references))
    found = {initiative.reference: initiative for initiative in rows.prefetch_related("organisation")}
    return Table(
        caption=_("Initiativ"),
        columns=columns_of_initiatives(),
        rows=tuple(
            (
                Cell(found[reference].title, reference=reference),
                Cell(found[reference].organisation.short_name, organisation=found[reference].organisation.key),
                Cell(found[reference].submitted_on, Kind.DATE),
                Cell(found[reference].shared_on, Kind.DATE),
            )
            for reference in references
        ),
    )


def _stages(keys: Sequence[str]) -> Table:
    references = {key.split("#")[0] for key in keys}
    cases = list(Initiative.objects.filter(reference__in=references).order_by().values_list("pk", flat=True))
    stages = held(Stage, "case_id = any(%(cases)s)", cases=cases)
    found = {
        f"{stage.case.initiative.reference}#{stage.number}": stage
        for stage in stages.prefetch_related("case__initiative", "organisation")
    }
    return Table(
        caption=_("Etapper"),
        columns=columns_of_stages(),
        rows=tuple(_stage_row(found[key]) for key in keys),
    )


def _stage_row(stage: Stage) -> tuple[Cell, ...]:
    initiative = stage.case.initiative
    return (
        Cell(initiative.title, reference=initiative.reference),
        Cell(f"{stage.number}. {stage.get_type_display()}"),
        Cell(stage.start, Kind.DATE),
        Cell(stage.end, Kind.DATE),
        Cell(stage.get_outcome_display() or _("pågår")),
        Cell(stage.organisation.short_name if stage.organisation else None),
    )


def _adoptions(items: Sequence[Figures]) -> Table:
    references = {item["referens"] for item in items}
    titles = dict(Initiative.objects.filter(reference__in=references).order_by().values_list("reference", "title"))
    return adoption_list({"lista": items}, titles)


TABLES: dict[Of, Callable[[Sequence[Any]], Table]] = {
    Of.INITIATIVES: _initiatives,
    Of.STAGES: _stages,
    Of.ADOPTIONS: _adoptions,
}
