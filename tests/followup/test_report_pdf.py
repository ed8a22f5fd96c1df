"""The report as PDF: tagged, in Swedish, with its own typeface, the same bytes twice, nothing fetched."""

from __future__ import annotations

import builtins
import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from followup.exports import report_pdf
from followup.exports.report_pdf import render_pdf
from followup.indicators import INDICATORS, Section
from followup.periods import HalfYear
from followup.presenting.report import report_of
from followup.reports import compute
from tests.cast import Cast
from v6portal.organizations.printing import pdf_available

from .history import History
from .reporting import example, forgetful, pdf_of, pdf_text, signed_in

__all__ = ["example", "forgetful"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def one(cast: Cast, forgetful: None) -> History:
    return (
        History("DI-1", submitted="2025-10-01", v6="2026-01-20")
        .joins("Skara", "2026-01-21")
        .joins("Vara", "2026-01-21", left="2026-05-05", reason="För dyrt")
        .stage("project", "2026-02-01", "2026-03-01")
        .cost("development", "1999898.50", "2026-02-02")
        .adopted("Skara", "2026-04-04")
    )


@pytest.fixture
def pdf(one: History) -> bytes:
    return render_pdf(report_of(compute(HalfYear(2026, 1), dt.date(2026, 12, 1))))


def tags(reader: PdfReader) -> Iterator[DictionaryObject]:
    """Every element of the structure tree."""

    def walk(node: Any) -> Iterator[DictionaryObject]:
        node = node.get_object()
        if isinstance(node, list):
            for inner in node:
                yield from walk(inner)
        elif isinstance(node, DictionaryObject):
            if "/S" in node:
                yield node
            if "/K" in node:
                yield from walk(node["/K"])

    yield from walk(reader.trailer["/Root"]["/StructTreeRoot"])


def test_it_is_tagged_and_says_its_language_and_title(pdf: bytes):
    reader = pdf_of(pdf)
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "sv"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == "Uppföljning av V6 styr- och samverkansmodell, 1:a halvåret 2026"
    assert b"pdfuaid" in root["/Metadata"].get_data()


def test_headings_tables_and_pictures_have_their_tags(pdf: bytes):
    found = list(tags(pdf_of(pdf)))
    kinds = [str(tag["/S"]) for tag in found]
    assert kinds.count("/H1") == 1
    assert kinds.count("/H2") == 7  # with Nyttoanalys, since something is in use
    assert {"/H3", "/Table", "/TH", "/TD", "/Caption"} <= set(kinds)
    assert kinds.count("/Caption") == kinds.count("/Table")
    pictures = [tag for tag in found if tag["/S"] == "/Figure"]
    alternatives = [str(picture["/Alt"]) for picture in pictures]
    assert all(alternatives)
    assert "Inkomna initiativ per halvår" in alternatives
    assert "Mediantid till start, dagar" in alternatives


def test_every_number_is_told_its_row_and_its_column(pdf: bytes):
    """A reader that goes from cell to cell hears which headings each one stands under."""
    tables = [tag for tag in tags(pdf_of(pdf)) if tag["/S"] == "/Table"]
    assert len(tables) > 20
    for table in tables:
        cells = _within(table)
        headings = {str(cell["/ID"]) for cell in cells if cell["/S"] == "/TH"}
        rows = [_within(row) for row in cells if row["/S"] == "/TR"]
        told_of = [[cell for cell in row if cell["/S"] == "/TD"] for row in rows]
        numbers = [
            cell
            for row, cells in zip(rows, told_of, strict=True)
            if row[0]["/S"] == "/TH" or len(cells) > 1  # else above the headings, where nothing stands in a corner
            for cell in cells
        ]
        assert headings
        assert numbers
        told = [{str(heading) for heading in cell["/A"].get("/Headers", ())} for cell in numbers]
        assert all(len(known & headings) >= 2 for known in told), table


def test_a_small_trend_says_its_numbers(pdf: bytes):
    alternatives = [str(tag["/Alt"]) for tag in tags(pdf_of(pdf)) if tag["/S"] == "/Figure"]
    assert "Över tid, inkomna till V6: 2025-2 0; 2026-1 1." in alternatives
    assert "Över tid, median från inskickat till start: 2025-2 uppgift saknas; 2026-1 123." in alternatives


def _within(tag: DictionaryObject) -> list[DictionaryObject]:
    """The elements below one."""
    below = tag.get("/K", [])
    below = below if isinstance(below, list) else [below]
    found = []
    for one in below:
        node = one.get_object()
        if isinstance(node, DictionaryObject) and "/S" in node:
            found += [node, *_within(node)]
    return found


def test_no_heading_stands_last_on_its_page(one: History):
    """With enough rows for many pages, so that breaks fall where they may."""
    for number in range(2, 40):
        History(f"DI-{number}", submitted="2025-10-01", v6="2026-01-20").joins("Vara", "2026-01-21").adopted(
            "Vara", f"2026-03-{number % 28 + 1:02}"
        )
    reader = pdf_of(render_pdf(report_of(compute(HalfYear(2026, 1), dt.date(2026, 12, 1)))))
    assert len(reader.pages) > 10
    headings = {str(indicator.wording) for indicator in INDICATORS} | {section.value for section in Section}
    ends = {" ".join(str(indicator.definition).split())[-40:] for indicator in INDICATORS}
    titles = "|".join(re.escape(section.value) for section in Section)
    for page in reader.pages:
        words = re.sub(r"\s+", " ", page.extract_text()).strip()
        last = re.sub(rf"Uppföljning, 1:a halvåret 2026 ({titles})? ?V6-portalen Sida \d+ av \d+$", "", words).strip()
        assert not last.endswith(tuple(headings | ends)), last[-200:]


def test_its_only_typeface_is_the_portals(pdf: bytes):
    names = {
        str(font.get_object()["/BaseFont"])
        for page in pdf_of(pdf).pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert names
    assert all("Source-Sans-3" in name for name in names)


def test_every_line_stands_in_its_words_and_each_figure_is_there(pdf: bytes):
    text = pdf_text(pdf)
    for indicator in INDICATORS:
        assert str(indicator.wording) in text, indicator.code
    assert "1 999 899 kr" in text
    assert "Vara 2026-05-05, P4: För dyrt" in text
    assert "Initiativ DI-1" in text
    assert "Sida 1 av" in text


def test_its_figures_are_those_worked_out_apart_from_the_portal(cast: Cast, example: dict[str, Any]):
    figures, before = example["2026-1"], example["2025-2"]
    text = pdf_text(signed_in(cast.coordinator()).get("/uppfoljning/2026-1/rapport.pdf?vanta=1").content)
    for code in ("A1", "B1"):
        for name, part in figures[code]["per_kommun"].items():
            numbers = [part["antal"], *([part["varav_dubbletter"]] if code == "A1" else ())]
            then = before[code]["per_kommun"][name]["antal"]
            assert f"{name} {' '.join(map(str, numbers))} {then}" in text, (code, name)
    for words, key in (("Förstudie", "forstudie"), ("Uppdrag", "uppdrag"), ("Projekt", "projekt")):
        part = figures["B2"][key]
        numbers = (part["genomforda"], part["initiativ"], part["pagaende"], before["B2"][key]["genomforda"])
        assert f"{words} {' '.join(map(str, numbers))}" in text
    for code in ("B3", "B4"):
        part = figures[code]
        names = ", ".join(part["kommunlista"])
        assert f"{names} {part['kommuner']} {part['inforanden']} {before[code]['kommuner']}" in text
    assert f"Nytt, nyttigt och nyttiggjort {figures['C1']['antal']} {before['C1']['antal']}" in text
    assert f"Lösningar totalt {figures['C2']['totalt']} {before['C2']['totalt']}" in text
    started = figures["B5"]["B5e_startade"]
    medians = (started["antal"], started["median_dagar_fran_inskickat"], started["median_dagar_fran_v6"])
    assert f"Startade under halvåret {' '.join(str(one).replace('.', ',') for one in medians)}" in text
    assert f"{figures['B5']['antal_rader']} initiativ" in text


def test_the_same_figures_give_the_same_bytes(pdf: bytes):
    assert render_pdf(report_of(compute(HalfYear(2026, 1), dt.date(2026, 12, 2)))) == pdf


def test_a_running_half_year_is_called_a_draft(one: History):
    text = pdf_text(render_pdf(report_of(compute(HalfYear(2026, 1), dt.date(2026, 3, 1)))))
    assert "Utkast: halvåret pågår till 30 juni 2026" in text
    assert "till och med 1 mars 2026" in text


def test_a_list_too_long_for_paper_is_cut_and_says_so(one: History, monkeypatch: pytest.MonkeyPatch):
    History("DI-2", v6="2026-01-20").joins("Skara", "2026-01-21").adopted("Skara", "2026-04-05")
    History("DI-3", v6="2026-01-20").joins("Skara", "2026-01-21").adopted("Skara", "2026-04-06")
    monkeypatch.setattr(report_pdf, "LONGEST", 2)
    text = pdf_text(render_pdf(report_of(compute(HalfYear(2026, 1), dt.date(2026, 12, 1)))))
    assert text.count("De första 2 av 3 raderna. Alla står i arbetsboken och i portalen.") == 2
    assert "Initiativ DI-2" in text
    assert len(re.findall(r"Initiativ DI-2 DI-2", text)) == 6
    assert "Initiativ DI-3 DI-3" not in text  # it stands in the drawing of who takes part, in no list


def test_it_is_downloaded_under_a_name_that_says_what_it_is(cast: Cast, one: History):
    response = signed_in(cast.director()).get("/uppfoljning/2026-1/rapport.pdf")
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == 'attachment; filename="uppfoljning-2026-1.pdf"'
    assert response.content.startswith(b"%PDF-1.7")


@pytest.mark.parametrize("address", ["http://localhost:1/x.png", "file:///etc/hostname", "css/../../manage.py"])
def test_nothing_but_its_own_files_is_opened(one: History, monkeypatch: pytest.MonkeyPatch, address: str):
    from weasyprint.urls import FatalURLFetchingError

    page = f'<html lang="sv"><title>x</title><img alt="x" src="{address}">'
    monkeypatch.setattr(report_pdf, "render_to_string", lambda *args: page)
    with pytest.raises(FatalURLFetchingError):
        render_pdf(report_of(compute(HalfYear(2026, 1), dt.date(2026, 12, 1))))


def test_where_the_machine_cannot_draw_it_the_page_says_so(cast: Cast, one: History, monkeypatch: pytest.MonkeyPatch):
    kept = builtins.__import__

    def without_pango(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return kept(name, *args, **kwargs)

    pdf_available.cache_clear()
    monkeypatch.setattr(builtins, "__import__", without_pango)
    client = signed_in(cast.director())
    assert "PDF är avstängt på den här servern" in client.get("/uppfoljning/2026-1/").content.decode()
    response = client.get("/uppfoljning/2026-1/rapport.pdf")
    assert response.status_code == 503
    assert "PDF är avstängt på den här servern" in response.content.decode()
    pdf_available.cache_clear()
