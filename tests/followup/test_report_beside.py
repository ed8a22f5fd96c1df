"""Beside the source's indicators: a section of the portal's own on the page, in the PDF and in the workbook."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from followup.drawing import Bar, BarChart
from followup.presenting import beside
from followup.presenting.beside import Beside, BesideItem
from followup.presenting.cells import Cell, Column, Kind, Table
from followup.presenting.report import Report
from tests.cast import Cast
from v6portal.organizations.models import User

from .history import History
from .reporting import every_value, forgetful, pdf_of, pdf_text, signed_in, text_of, workbook_of

__all__ = ["forgetful"]

pytestmark = pytest.mark.django_db

ADDRESS = "/uppfoljning/2026-1/"


@pytest.fixture
def asked(cast: Cast, forgetful: None, monkeypatch: pytest.MonkeyPatch) -> list[tuple[dt.date, User | None]]:
    """A made-up section, and whom it was made for."""
    History("DI-1", v6="2026-01-20")
    found: list[tuple[dt.date, User | None]] = []

    def weather(report: Report, reader: User | None) -> Beside:
        found.append((report.period.first, reader))
        table = Table("Dagar efter väder", (Column("Väder"), Column("Dagar", Kind.COUNT)), ((Cell("Sol"), Cell(181)),))
        chart = BarChart("vader", "Soldagar per kommun", [Bar("Essunga", 31), Bar("Vara", None)], "Kommun", "Soldagar")
        item = BesideItem("vadret-dagar", "Dagar med sol", "Dagar då solen syntes.", (table,), chart)
        return Beside("vadret", "Vädret", "Sett från taket.", "Väder", (item,))

    monkeypatch.setattr(beside, "SECTIONS", (weather, lambda report, reader: None))
    return found


def titles(outline: list[Any]) -> list[str]:
    """Every heading of the document's table of contents."""
    nested = [titles(entry) if isinstance(entry, list) else [str(entry["/Title"])] for entry in outline]
    return [title for part in nested for title in part]


def test_it_stands_after_the_sources_sections_on_the_page(cast: Cast, asked: list[tuple[dt.date, User | None]]):
    page = signed_in(cast.director()).get(ADDRESS).content.decode()
    assert '<a href="#vadret">Vädret</a>' in page
    assert page.index('<h2 id="local">') < page.index('<h2 id="vadret">')
    text = text_of(page)
    assert "Sett från taket. Dagar med sol Dagar då solen syntes." in text
    assert "Essunga 31; Vara uppgift saknas." in page
    assert "Sol 181" in text
    assert asked == [(dt.date(2026, 1, 1), cast.director())]


def test_it_stands_last_in_the_pdf(cast: Cast, asked: list[tuple[dt.date, User | None]]):
    content = signed_in(cast.director()).get(f"{ADDRESS}rapport.pdf").content
    text = pdf_text(content)
    assert "Vädret Sett från taket." in text
    assert "Sol 181" in text
    assert titles(pdf_of(content).outline)[-2:] == ["Vädret", "Dagar med sol"]
    assert asked[0][1] == cast.director()


def test_it_has_a_sheet_of_its_own_with_a_chart(cast: Cast, asked: list[tuple[dt.date, User | None]]):
    book = workbook_of(signed_in(cast.director()).get(f"{ADDRESS}rapport.xlsx").content)
    assert book.sheetnames[-1] == "Väder"
    values = every_value(book)
    assert {"Vädret", "Sett från taket.", "Dagar med sol", "Sol", 181, 31} <= set(values)
    assert len(book["Väder"]._charts) == 1
    assert asked[0][1] == cast.director()


@pytest.mark.parametrize(
    ("rows", "shown", "note"), [(50, 50, "Kronor."), (51, 50, "Visar 50 av 51."), (1200, 50, "1 200")]
)
def test_a_page_shows_the_first_fifty_of_a_long_table(rows: int, shown: int, note: str):
    table = Table("Väntar", (Column("Initiativ"),), tuple((Cell(f"DI-{n}"),) for n in range(rows)), note="Kronor.")
    page = table.on_a_page
    assert page.rows == table.rows[:shown]
    assert note.replace(" ", "\N{NO-BREAK SPACE}" if rows > 999 else " ") in page.note
    assert page.note.endswith("Kronor.")
    assert ("arbetsboken" in page.note) is (rows > shown)
