"""The report as a workbook: real numbers and dates, text that is text, charts, and sheets that print."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from followup.exports.report_xlsx import render_xlsx
from followup.periods import HalfYear
from followup.presenting.report import report_of
from followup.reports import compute
from initiatives.models import Initiative
from tests.cast import Cast

from .history import History
from .reporting import example, forgetful, signed_in, workbook_of

__all__ = ["example", "forgetful"]

pytestmark = pytest.mark.django_db

SHEETS = [
    "Översikt",
    "Effektmål",
    "Kommunens process",
    "V6-processen",
    "Per initiativ",
    "Lösningar",
    "Lokalt",
    "Nyttoanalys",
]


def book() -> Workbook:
    return workbook_of(render_xlsx(report_of(compute(HalfYear(2026, 1), dt.date(2026, 12, 31)))))


def row_of(sheet: Worksheet, name: str) -> list[Any]:
    """The values after the first row that begins with the name."""
    return next([cell.value for cell in row[1:]] for row in sheet.iter_rows() if row[0].value == name)


@pytest.fixture
def one(cast: Cast, forgetful: None) -> History:
    return (
        History("DI-1", submitted="2025-10-01", v6="2026-01-20")
        .joins("Skara", "2026-01-21")
        .stage("project", "2026-02-01", "2026-03-01")
        .cost("development", "1999898.50", "2026-02-02")
        .adopted("Skara", "2026-04-04")
    )


def test_there_is_a_cover_and_a_sheet_for_each_section(one: History):
    assert book().sheetnames == SHEETS


def test_numbers_are_numbers_and_dates_are_dates(one: History):
    sheet = book()["Per initiativ"]
    headings = [cell.value for cell in sheet[3]]
    cells = dict(zip(headings, sheet[4], strict=True))
    spent = cells["Utveckling: utfall"]
    assert (spent.value, spent.number_format) == (1999898.5, '#,##0 "kr"')
    assert cells["Start"].value.date() == dt.date(2026, 2, 1)
    assert cells["Start"].number_format == "yyyy-mm-dd"
    assert cells["Deltar"].value == 1
    assert cells["Dagar från Inskickat"].value == 123
    assert cells["Drift: per år"].value == "–"


def test_every_amount_of_the_example_is_exact(example: dict[str, Any]):
    sheet = book()["Per initiativ"]
    headings = [cell.value for cell in sheet[3]]
    shown = {row[0]: dict(zip(headings, row, strict=True)) for row in sheet.iter_rows(min_row=4, values_only=True)}
    rows = example["2026-1"]["B5"]["rader"]
    assert [reference for reference in shown if str(reference).startswith("DI-")] == [row["referens"] for row in rows]
    for row in rows:
        cells = shown[row["referens"]]
        assert cells["Deltar"] == row["B5a"]["deltagande"]
        assert cells["Sammanlagt"] == row["B5b"]["ackumulerat"]
        for kind, words in (("forstudie", "Förstudie"), ("utveckling", "Utveckling"), ("tillsammans", "Tillsammans")):
            for part, column in (("utfall", "utfall"), ("utfall_i_perioden", "under halvåret"), ("budget", "budget")):
                expected = row["B5c"][kind][part]
                assert cells[f"{words}: {column}"] == ("–" if expected is None else float(expected))
        for kind, words in (("drift", "Drift"), ("forvaltning", "Förvaltning")):
            for part, column in (("arskostnad", "per år"), ("upplupet_i_perioden", "upplupet")):
                expected = row["B5d"][kind][part]
                assert cells[f"{words}: {column}"] == ("–" if expected is None else float(expected))


def test_the_counts_of_the_example_stand_in_their_sections(example: dict[str, Any]):
    figures, found = example["2026-1"], book()
    kommun, v6 = found["Kommunens process"], found["V6-processen"]
    for name, part in figures["A1"]["per_kommun"].items():
        before = example["2025-2"]["A1"]["per_kommun"][name]["antal"]
        assert row_of(kommun, name)[:3] == [part["antal"], part["varav_dubbletter"], before]
        assert row_of(v6, name)[0] == figures["B1"]["per_kommun"][name]["antal"]
    for name, key in (("Förstudie", "forstudie"), ("Projekt", "projekt")):
        part = figures["B2"][key]
        assert row_of(v6, name)[:3] == [part["genomforda"], part["initiativ"], part["pagaende"]]
    assert row_of(v6, ", ".join(figures["B3"]["kommunlista"]))[:2] == [
        figures["B3"]["kommuner"],
        figures["B3"]["inforanden"],
    ]
    assert row_of(found["Lösningar"], "Målgrupp medarbetare")[0] == figures["C2"]["medarbetare"]


def test_what_looks_like_a_formula_stays_text(one: History):
    Initiative.objects.update(title="=HYPERLINK(1)\x0b")
    sheet = book()["Per initiativ"]
    assert (sheet["B4"].value, sheet["B4"].data_type) == ("=HYPERLINK(1)", "s")


def test_every_sheet_is_set_up_for_printing(one: History):
    for sheet in book():
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert "&P" in sheet.oddFooter.right.text
        assert sheet.oddHeader.left.text == "Uppföljning, 1:a halvåret 2026"
    rows = book()["Per initiativ"]
    assert rows.page_setup.orientation == "landscape"
    assert rows.print_title_rows == "$2:$3"
    assert rows.freeze_panes == "C4"
    assert book()["V6-processen"].page_setup.orientation == "portrait"


def test_the_charts_are_the_workbooks_own_and_show_their_axes(one: History):
    content = render_xlsx(report_of(compute(HalfYear(2026, 1), dt.date(2026, 12, 31))))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        charts = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) == 13
    for chart in charts:
        assert chart.count('<delete val="0" />') == 2
        assert '<dispBlanksAs val="gap" />' in chart
    assert sum("<barChart>" in chart for chart in charts) == 9
    assert sum("<lineChart>" in chart for chart in charts) == 4


def test_what_is_not_known_is_a_gap_in_a_chart_and_never_a_dash_that_it_would_draw_as_nothing(one: History):
    sheet = book()["Effektmål"]
    rows = {row[0].value: [cell.value for cell in row[1:3]] for row in sheet.iter_rows() if row[0].value == "2025-2"}
    assert rows == {"2025-2": [0, 0]}  # the last table of the three: C2 and C1
    medians = next(row for row in sheet.iter_rows() if row[1].value == "från inskickat")[0].row
    assert [cell.value for cell in sheet[medians + 1]][:3] == ["2025-2", None, None]
    assert [cell.value for cell in sheet[medians + 2]][:3] == ["2026-1", 123, 12]


def test_it_is_downloaded_under_a_name_that_says_what_it_is(cast: Cast, one: History):
    response = signed_in(cast.director()).get("/uppfoljning/2026-1/rapport.xlsx")
    assert response.headers["Content-Disposition"] == 'attachment; filename="uppfoljning-2026-1.xlsx"'
    assert workbook_of(response.content).sheetnames == SHEETS
