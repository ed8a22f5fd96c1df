"""The report as a workbook: a cover, a sheet for each section and one for the initiatives, with native charts."""

from __future__ import annotations

import io
import math

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import Workbook

from ..charts import Chart, trend
from ..indicators import Section
from ..presenting.beside import Beside, beside
from ..presenting.cells import Cell, Column, Kind, Table
from ..presenting.content import Part, contents
from ..presenting.goals import goals
from ..presenting.lines import adoption_list
from ..presenting.per_initiative import DETAILS, left_out_in_words
from ..presenting.report import Report
from .native_charts import native
from .sheets import BOLD, HEADING, SOFT, TITLE, WORDING, WRAPPED, SheetWriter, new_workbook

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

SHEETS = {
    Section.KOMMUN: gettext_lazy("Kommunens process"),
    Section.V6: gettext_lazy("V6-processen"),
    Section.SOLUTIONS: gettext_lazy("Lösningar"),
    Section.LOCAL: gettext_lazy("Lokalt"),
}
ADOPTION_LINES = ("B3", "B4", "lokalt.inforanden")
WIDTHS = (44, 16, 16, 16, 18)
CHART_ROWS = 18
"""How many rows a chart is high, at least."""
ROWS_A_CM = 1.9

WIDTHS_PER_INITIATIVE = {Kind.TEXT: 32, Kind.MONEY: 14, Kind.COUNT: 11, Kind.DAYS: 12, Kind.DATE: 12}


def render_xlsx(report: Report) -> bytes:
    """The whole report, whose rows and titles have been read, as a workbook."""
    title = _("Uppföljning, %s") % report.period.label
    if report.kommun:
        title = _("Uppföljning för %(kommun)s, %(label)s") % {"kommun": report.whose, "label": report.period.label}
    book = new_workbook(title, report.per)
    parts = contents(report)
    _cover(book, report, title)
    if report.history:
        _goals(book, report, title)
    for part in parts:
        _section(book, report, part, title)
        if part.section is Section.V6:
            _initiatives(book, report, part, title)
    for section in beside(report, report.reader):
        _beside(book, section, title)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _cover(book: Workbook, report: Report, title: str) -> None:
    page = SheetWriter(book, _("Översikt"), (52, 16, 12, 60), header=title, landscape=True)
    page.paragraph(title, TITLE)
    page.paragraph(_("Användning och nytta av V6 styr- och samverkansmodell för digitalisering."), SOFT)
    page.paragraph(_period_in_words(report), SOFT)
    if report.approval:
        page.paragraph(report.approval.summary)
        page.paragraph(report.approval.told, SOFT)
    if report.left_out:
        page.paragraph(_left_out(report.left_out), SOFT)
    page.blank()
    page.table(
        Table(
            caption=_("Halvåret i åtta siffror"),
            columns=(
                Column(_("Halvåret i åtta siffror")),
                Column(_("Siffra"), Kind.COUNT),
                Column(_("Enhet")),
                Column(_("Jämförelse och mer")),
            ),
            rows=tuple(
                (
                    Cell(figure.label[:1].upper() + figure.label[1:]),
                    Cell(figure.number, Kind.COUNT),
                    Cell(figure.unit),
                    Cell(f"{figure.change} {figure.note}".strip()),
                )
                for figure in report.leading()
            ),
        )
    )
    page.blank()
    drawn = trend(report.arrivals, of_one=bool(report.kommun), running=report.running)
    page.paragraph(drawn.title, HEADING)
    _drawn(page, drawn)


def _goals(book: Workbook, report: Report, title: str) -> None:
    """The effect goals, each with its numbers over time and a chart of them."""
    page = SheetWriter(book, _("Effektmål"), WIDTHS, header=title, landscape=False, freeze="A2")
    page.paragraph(_("Effektmålen över tid"), HEADING)
    page.repeat_rows(1, 1)
    page.paragraph(_("En tom ruta betyder att uppgift saknas."), SOFT)
    for goal in goals(report):
        page.blank()
        page.paragraph(goal.wording, WORDING)
        page.paragraph(goal.shown, SOFT)
        _drawn(page, goal.chart)


def _period_in_words(report: Report) -> str:
    if report.running:
        return _("Utkast: halvåret pågår till %(last)s, och här räknas händelser till och med %(per)s.") % {
            "last": date_format(report.period.last, "j F Y"),
            "per": date_format(report.per, "j F Y"),
        }
    return _("Händelser %(first)s–%(last)s.") % {
        "first": date_format(report.period.first, "j F"),
        "last": date_format(report.period.last, "j F Y"),
    }


def _left_out(number: int) -> str:
    return (
        _(
            "Siffrorna räknar alla initiativ. Antal som inte nämns vid namn, eftersom den som hämtade "
            "arbetsboken inte får läsa dem: %s."
        )
        % number
    )


def _section(book: Workbook, report: Report, part: Part, title: str) -> None:
    page = SheetWriter(book, str(SHEETS[part.section]), WIDTHS, header=title, landscape=False, freeze="A2")
    page.paragraph(part.section.value, HEADING)
    page.repeat_rows(1, 1)
    figures = report.withheld
    for item in part.items:
        if item.indicator.per_initiative and not item.chart:
            continue
        page.blank()
        page.paragraph(item.wording, WORDING)
        page.paragraph(f"{item.indicator.definition} {item.divided}".strip(), SOFT)
        if item.indicator.code == "B5":
            rows = report.overview.figures["B5"]["antal_rader"]
            page.append(page.text(_("Antal initiativ; raderna står på nästa blad")), rows)
        for table in item.tables:
            page.table(table)
        if item.chart:
            page.blank()
            _drawn(page, item.chart)
        if item.indicator.code in ADOPTION_LINES:
            _adoptions(page, adoption_list(item.indicator.figures(figures), report.titles))


def _beside(book: Workbook, section: Beside, title: str) -> None:
    page = SheetWriter(book, section.sheet, WIDTHS, header=title, landscape=False, freeze="A2")
    page.paragraph(section.title, HEADING)
    page.repeat_rows(1, 1)
    if section.lead:
        page.paragraph(section.lead, SOFT)
    for item in section.items:
        page.blank()
        page.paragraph(item.heading, WORDING)
        page.paragraph(item.definition, SOFT)
        for table in item.tables:
            if len(item.tables) > 1:
                page.paragraph(table.caption, BOLD)
            page.table(table)
        if item.chart:
            page.blank()
            _drawn(page, item.chart)


def _drawn(page: SheetWriter, chart: Chart) -> None:
    """The drawing's own table, and below it the drawing."""
    head, _last = page.table(chart.table, drawn=True)
    drawing = native(page.sheet, chart, head)
    page.sheet.add_chart(drawing, f"A{page.row + 2}")
    page.blank(max(CHART_ROWS, math.ceil(drawing.height * ROWS_A_CM) + 2))


def _adoptions(page: SheetWriter, table: Table) -> None:
    if table.rows:
        page.blank()
        page.table(_with_references(table))


def _with_references(table: Table) -> Table:
    """The table with references in a column of their own, so that it can be sorted and looked up."""
    return Table(
        caption=table.caption,
        columns=(*table.columns, Column(_("Referens"))),
        rows=tuple((*row, Cell(row[0].reference)) for row in table.rows),
    )


def _initiatives(book: Workbook, report: Report, part: Part, title: str) -> None:
    tables = [(code, build(report.rows, report.titles)) for code, build in DETAILS.items()]
    columns = [Column(_("Referens")), Column(_("Initiativ"))]
    columns += [column for _code, table in tables for column in table.columns[1:]]
    widths = [14.0, 40.0, *(WIDTHS_PER_INITIATIVE[column.kind] for column in columns[2:])]
    page = SheetWriter(book, _("Per initiativ"), widths, header=title, landscape=True, freeze="C4")
    page.sheet.page_setup.paperSize = "8"  # A3
    page.append(page.text(_("Per digitaliseringsinitiativ"), HEADING))
    wordings = {item.indicator.code: item.wording for item in part.items}
    page.sheet.row_dimensions[page.row + 1].height = 62
    page.append(*_wordings_over_columns(page, tables, wordings))
    head = page.headings(Table("", tuple(columns), ()))
    page.repeat_rows(head - 1, head)
    for at, row in enumerate(report.rows):
        reference = row["referens"]
        cells = [cell for _code, table in tables for cell in table.rows[at][1:]]
        first = (page.value(Cell(reference), bold=True), page.value(Cell(report.titles.get(reference, ""))))
        page.append(*first, *(page.value(cell) for cell in cells))
    if report.hidden_rows:
        page.append(page.text(left_out_in_words(report.hidden_rows), SOFT))
    page.append(page.text(_("– betyder att uppgift saknas. Kronor utan moms."), SOFT))


def _wordings_over_columns(
    page: SheetWriter, tables: list[tuple[str, Table]], wordings: dict[str, str]
) -> list[object]:
    """The source's words above the first column of each indicator, over as many columns as it has."""
    cells: list[object] = [None, None]
    for code, table in tables:
        first, span = len(cells) + 1, len(table.columns) - 1
        cells += [page.text(wordings[code], SOFT, WRAPPED), *[None] * (span - 1)]
        page.merge(page.row + 1, first, first + span - 1)
    return cells
