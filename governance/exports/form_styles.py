"""How a form of assessment looks: few styles, each made once, and cells that are always text where they hold text."""

from __future__ import annotations

import math
from copy import copy
from typing import Any

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from ..form_format import as_in_a_cell

LINE = 15
"""Points that a line of text takes."""
HIGHEST_ROW = 400
"""Points. Excel shows no row higher than 409."""
LETTERS = 1.1
"""How many letters there are to a unit of a column's width, on an average."""

TITLE = 1.6
"""How much wider a letter of a title is than one of the text."""

THIN = Side(style="thin", color="C9C6BE")
BOX = Border(top=THIN, bottom=THIN, left=THIN, right=THIN)
DARK, PALE, ASKED, SOFT = "123F3C", "F1EEE8", "FFF8DB", "4D5B60"
TOP = Alignment(vertical="top", wrap_text=True)
MIDDLE = Alignment(vertical="top", horizontal="center", wrap_text=True)
OPEN = Protection(locked=False)


def _fill(color: str) -> PatternFill:
    return PatternFill("solid", fgColor=color)


STYLES: dict[str, dict[str, Any]] = {
    "title": {"font": Font(bold=True, size=16, color=DARK), "alignment": Alignment(vertical="center", wrap_text=True)},
    "score": {"font": Font(bold=True, size=16, color=DARK), "number_format": "0.0",
              "alignment": Alignment(vertical="center", horizontal="left")},
    "soft": {"font": Font(color=SOFT), "alignment": TOP},
    "note": {"font": Font(color=SOFT)},
    "label": {"font": Font(bold=True), "alignment": TOP},
    "text": {"alignment": TOP},
    "head": {"font": Font(bold=True, color="FFFFFF"), "fill": _fill(DARK), "alignment": TOP, "border": BOX},
    "heading": {"font": Font(bold=True, size=13, color=DARK), "alignment": TOP},
    "name": {"font": Font(bold=True), "alignment": TOP, "border": BOX},
    "cell": {"alignment": TOP, "border": BOX},
    "number": {"alignment": MIDDLE, "border": BOX},
    "level": {"alignment": TOP, "border": BOX, "fill": _fill(PALE)},
    "answer": {"font": Font(bold=True), "alignment": MIDDLE, "border": BOX, "fill": _fill(ASKED), "protection": OPEN},
    "words": {"alignment": TOP, "border": BOX, "fill": _fill(ASKED), "protection": OPEN, "number_format": "@"},
    "points": {"alignment": MIDDLE, "border": BOX, "number_format": "0.0"},
    "total": {"font": Font(bold=True), "alignment": Alignment(horizontal="left"), "number_format": "0.0"},
    "share": {"font": Font(bold=True), "alignment": Alignment(horizontal="left"), "number_format": "0%"},
    "percent": {"alignment": MIDDLE, "border": BOX, "number_format": "0%"},
    "link": {"font": Font(color="1F5C99", underline="single"), "alignment": TOP, "border": BOX},
}  # fmt: skip


class Pen:
    """Writes styled cells in the sheets of one workbook, which is asked for each style once."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self._made: dict[str, Any] = {}

    def put(self, sheet: Worksheet, row: int, column: int, value: Any, style: str) -> Cell:
        """A value, where text is text whatever it begins with; a formula is put with ``formula``."""
        cell = sheet.cell(row, column)
        if isinstance(value, str):
            cell.value = as_in_a_cell(value) or None
            if cell.value:
                cell.data_type = "s"
        else:
            cell.value = value
        self._style(cell, style)
        return cell

    def formula(self, sheet: Worksheet, row: int, column: int, formula: str, style: str) -> Cell:
        cell = sheet.cell(row, column, formula)
        self._style(cell, style)
        return cell

    def _style(self, cell: Cell, style: str) -> None:
        if style not in self._made:
            for name, part in STYLES[style].items():
                setattr(cell, name, part)
            self._made[style] = copy(cell._style)
        cell._style = copy(self._made[style])


def lines(text: str, width: float) -> int:
    """How many lines the text takes in a column of the width."""
    return sum(max(1, math.ceil(len(part) / (width * LETTERS))) for part in text.split("\n"))


def heights(texts: list[tuple[str, float]]) -> float:
    """How high a row is that holds the texts in columns of these widths, in points."""
    return float(min(HIGHEST_ROW, max(lines(text, width) for text, width in texts) * LINE + 4))


def pieces(text: str, width: float) -> list[str]:
    """The text in as many pieces as there must be rows for it, so that nothing of it is hidden."""
    most = int(HIGHEST_ROW / LINE) - 1
    found: list[str] = []
    for paragraph in text.split("\n"):
        room = int(most * width * LETTERS)
        for part in [paragraph[at : at + room] for at in range(0, len(paragraph), room)] or [""]:
            if found and lines(f"{found[-1]}\n{part}", width) <= most:
                found[-1] += f"\n{part}"
            else:
                found.append(part)
    return found


def for_paper(sheet: Worksheet, name: str) -> None:
    """Lying A4, as wide as the paper, with the name and the page in the foot."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = Worksheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.left.text = name.replace("&", "&&")
    sheet.oddFooter.right.text = "Sida &P av &N"


def lock(sheet: Worksheet) -> None:
    """Nothing is overwritten by mistake; without a password, so that nobody is locked out. Widths may be changed."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
