"""What the workbooks of lists are made of: text that is always text, and a sheet that says what was selected."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from typing import IO, Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
IN_MEMORY = 2_000_000
"""Bytes of a finished workbook that are kept in memory; a larger one lies in a temporary file."""


def write_selection(book: Workbook, filters: Iterable[tuple[str, str]]) -> None:
    sheet = book.create_sheet(_("Urval"))
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 24, 48
    taken = date_format(timezone.localtime(), "j F Y H.i")
    for label, value in [(_("Uttaget"), taken), *(filters or ())]:
        sheet.append([cell(sheet, label, bold=True), cell(sheet, value)])


def saved(book: Workbook) -> IO[bytes]:
    """The finished workbook as a file opened at its beginning, to be closed by whoever takes it."""
    file: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the response closes it
    book.save(file)
    file.seek(0)
    return file


def cell(sheet: WriteOnlyWorksheet, value: Any, *, bold: bool = False) -> WriteOnlyCell:
    """A number as a number, a date as a date; what looks like a formula is shown, not computed."""
    if isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub("", value)
    written = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        written.data_type = "s"
    if bold:
        written.font = Font(bold=True)
    return written
