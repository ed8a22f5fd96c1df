"""The register as a workbook, written row by row: dates as dates, amounts as numbers, text always as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import IO, Any

from django.db import connection, transaction
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from ..register_format import SHEETS, Sheet
from .register import Extract, rows_of

AMOUNT_FORMAT = "#,##0.00"
MISTAKABLE = ("=", "#")
"""How a text begins that openpyxl would take for a formula or an error value."""


def write_register(file: IO[bytes], extract: Extract) -> None:
    """Writes the eight sheets to the file, as they stood at one moment."""
    book = Workbook(write_only=True)
    with _one_moment():
        for sheet in SHEETS:
            page = begin_sheet(book, sheet)
            for row in rows_of(sheet, extract):
                write_row(page, row)
    book.save(file)


@contextmanager
def _one_moment() -> Iterator[None]:
    """All sheets from the same state of the database, where this is the beginning of a transaction."""
    begins = not connection.in_atomic_block
    with transaction.atomic():
        if begins:
            with connection.cursor() as cursor:
                cursor.execute("set transaction isolation level repeatable read read only")
        yield


def begin_sheet(book: Workbook, sheet: Sheet) -> Any:
    """A new sheet of a write-only workbook, set up and with its headers; several can be written to in turn."""
    page = book.create_sheet(sheet.title)
    _set_up(page, sheet)
    page.append([_header(page, column.header) for column in sheet.columns])
    return page


def write_row(page: Any, values: Iterable[Any]) -> None:
    """The next row of the sheet, in the order of its columns; empty cells are None."""
    page.append(
        [
            _told(page, value)
            if isinstance(value, Decimal) or (isinstance(value, str) and value.startswith(MISTAKABLE))
            else value
            for value in values
        ]
    )


def _set_up(page: Any, sheet: Sheet) -> None:
    page.freeze_panes = "B2"
    for number, column in enumerate(sheet.columns, start=1):
        page.column_dimensions[get_column_letter(number)].width = column.width
    page.print_title_rows = "1:1"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = Worksheet.PAPERSIZE_A4
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.oddFooter.center.text = "&A, sida &P av &N"


def _header(page: Any, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(page, text)
    cell.font = Font(bold=True)
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    return cell


def _told(page: Any, value: str | Decimal) -> WriteOnlyCell:
    """A cell about which openpyxl has to be told what it is; most need not, and are quicker without."""
    cell = WriteOnlyCell(page, value)
    if isinstance(value, Decimal):
        cell.number_format = AMOUNT_FORMAT
    else:
        cell.data_type = "s"
    return cell
