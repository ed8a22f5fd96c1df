"""Writing a report's tables and drawings to a workbook row by row: numbers as numbers, dates as dates, text as text."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from copy import copy
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.worksheet import Worksheet

from ..presenting.cells import Cell, Kind, Table

NUMBER_FORMATS = {Kind.MONEY: '#,##0 "kr"', Kind.COUNT: "#,##0", Kind.DAYS: "#,##0", Kind.DATE: "yyyy-mm-dd"}
"""As a file spells them; a Swedish Excel shows a space between thousands."""

HALF = "#,##0.0"
MISSING = "–"
LETTERS_ON_A_LINE = 1.15
LINE_HEIGHT = 15

RULE = Border(bottom=Side(style="thin", color="7C807A"))
BOLD = Font(bold=True)
SOFT = Font(color="4D5B60")
TITLE = Font(bold=True, size=18)
HEADING = Font(bold=True, size=14, color="123F3C")
WORDING = Font(bold=True, size=12)
WRAPPED = Alignment(vertical="top", wrap_text=True)
RIGHT = Alignment(vertical="top", horizontal="right", wrap_text=True)
TOP = Alignment(vertical="top")


class SheetWriter:
    """A sheet that is filled from above; ``row`` is the last row written."""

    def __init__(
        self, book: Workbook, title: str, widths: Sequence[float], *, header: str, landscape: bool, freeze: str = ""
    ) -> None:
        self.sheet: WriteOnlyWorksheet = book.create_sheet(title)
        self.widths = widths
        self.row = 0
        self._styles: dict[tuple[int, int, str], Any] = {}
        for number, width in enumerate(widths, start=1):
            self.sheet.column_dimensions[get_column_letter(number)].width = width
        if freeze:  # before the first row: what stands above the rows of a sheet is written first
            self.sheet.freeze_panes = freeze
        self._set_up_print(header, landscape)

    def _set_up_print(self, header: str, landscape: bool) -> None:
        page: Any = self.sheet
        page.page_setup.orientation = "landscape" if landscape else "portrait"
        page.page_setup.paperSize = Worksheet.PAPERSIZE_A4
        page.page_setup.fitToWidth = 1
        page.page_setup.fitToHeight = 0
        page.sheet_properties.pageSetUpPr.fitToPage = True
        page.oddHeader.left.text = header.replace("&", "&&")
        page.oddFooter.left.text = "&A"
        page.oddFooter.right.text = "Sida &P av &N"

    def repeat_rows(self, first: int, last: int) -> None:
        """These rows stand at the top of every printed page."""
        self.sheet.print_title_rows = f"{first}:{last}"

    def append(self, *cells: Any) -> int:
        """Writes a row and returns its number."""
        self.sheet.append(list(cells))
        self.row += 1
        return self.row

    def blank(self, rows: int = 1) -> None:
        for _number in range(rows):
            self.append()

    def merge(self, row: int, first: int, last: int) -> None:
        """Makes one cell of the row's columns from the first to the last."""
        if last > first:
            self.sheet.merged_cells.add(f"{get_column_letter(first)}{row}:{get_column_letter(last)}{row}")

    def text(self, value: str, font: Font | None = None, alignment: Alignment = TOP) -> WriteOnlyCell:
        """A cell that is text whatever it begins with."""
        cell = self._styled(ILLEGAL_CHARACTERS_RE.sub("", value), font, alignment)
        cell.data_type = "s"
        return cell

    def _styled(self, value: Any, font: Font | None, alignment: Alignment, number_format: str = "") -> WriteOnlyCell:
        """A cell in that style, whose parts are this module's; the workbook is asked for each style once."""
        cell = WriteOnlyCell(self.sheet, value)
        key = (id(font), id(alignment), number_format)
        if key not in self._styles:
            cell.alignment = alignment
            if font:
                cell.font = font
            if number_format:
                cell.number_format = number_format
            self._styles[key] = cell._style
        cell._style = copy(self._styles[key])
        return cell

    def paragraph(self, value: str, font: Font | None = None) -> None:
        """A text over the whole width, as high as it needs."""
        room = sum(self.widths) * LETTERS_ON_A_LINE / ((font.size or 11) / 11 if font else 1)
        lines = math.ceil(len(value) / room)
        size = (font.size if font and font.size else 11) / 11
        self.sheet.row_dimensions[self.row + 1].height = max(1, lines) * LINE_HEIGHT * size * 1.1
        self.merge(self.append(self.text(value, font, WRAPPED)), 1, len(self.widths))

    def value(self, cell: Cell, *, bold: bool = False, drawn: bool = False) -> WriteOnlyCell | None:
        """A value of the report as the type it is; what is not known is an empty cell where a chart is ``drawn`` of it.

        A dash is text, and a chart would draw text as 0.
        """
        value = cell.value
        if value is None and drawn and cell.is_number:
            return None
        if value is None:
            return self.text(MISSING, SOFT, RIGHT if cell.is_number else TOP)
        if isinstance(value, str):
            return self.text(value, BOLD if bold else None, WRAPPED)
        number_format = HALF if isinstance(value, float) else NUMBER_FORMATS.get(cell.kind, NUMBER_FORMATS[Kind.COUNT])
        alignment = RIGHT if isinstance(value, int | float | Decimal) else TOP
        return self._styled(value, BOLD if bold else None, alignment, number_format)

    def headings(self, table: Table) -> int:
        cells = []
        for column in table.columns:
            cell = self.text(column.label, BOLD, RIGHT if column.is_number else WRAPPED)
            cell.border = RULE
            cells.append(cell)
        return self.append(*cells)

    def table(self, table: Table, *, drawn: bool = False) -> tuple[int, int]:
        """Writes the table and returns the numbers of its heading row and of the last row that is no sum."""
        head = self.headings(table)
        for row in table.rows:
            self.append(*(self.value(cell, bold=at == 0, drawn=drawn) for at, cell in enumerate(row)))
        last = self.row
        for row in table.foot:
            self.append(*(self.value(cell, bold=True) for cell in row))
        if table.note:
            self.paragraph(table.note, SOFT)
        return head, last


def new_workbook(title: str, made: dt.date) -> Workbook:
    """An empty workbook, dated with what it tells of."""
    book = Workbook(write_only=True)
    moment = dt.datetime.combine(made, dt.time())
    book.properties.title = title
    book.properties.creator = "V6-portalen"
    book.properties.language = "sv"
    book.properties.created = book.properties.modified = moment
    return book
