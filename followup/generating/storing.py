"""A made-up register into the database, by the register import's own checks and doors, or into a workbook."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from itertools import islice
from typing import IO, Any

from django.db import connection, transaction
from django.utils import timezone
from openpyxl import Workbook

from ..exports.register_workbook import begin_sheet, write_row
from ..imports.cells import Known
from ..imports.checks import check
from ..imports.tables import Book, Row
from ..imports.world import note_existing, read_world
from ..imports.writing import write
from ..register_format import SHEETS, Column, Kind
from .history import Values

Sheets = dict[str, list[Values]]
BATCH = 500


class UnsoundRegister(Exception):
    """The import's checks found a fault in what was made up; the text is the first of them."""


@transaction.atomic
def store(register: Iterable[Sheets], note: Callable[[int], None]) -> int:
    """Writes the initiatives batch by batch in one transaction, telling how many so far; returns how many in all."""
    rows, count = iter(register), 0
    while batch := list(islice(rows, BATCH)):
        _store_batch(batch)
        count += len(batch)
        note(count)
    with connection.cursor() as cursor:
        cursor.execute("analyze")
    return count


def _store_batch(batch: list[Sheets]) -> None:
    world = read_world()
    book = _book(batch, Known({name: o.kind for name, o in world.organisations.items()}))
    note_existing(world, {row[key] for row in book.rows["initiatives"] for key in ("reference", "duplicate_of")})
    check(book, world)
    if book.faults:
        raise UnsoundRegister(str(book.faults[0]))
    write(book, world, {row["reference"] for row in book.rows["initiatives"]})
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("set constraints all deferred")


def _book(batch: list[Sheets], known: Known) -> Book:
    book = Book(known)
    for sheet in SHEETS:
        times = [column.key for column in sheet.columns if column.kind is Kind.TIME]
        found = [values for sheets in batch for values in sheets[sheet.key]]
        book.rows[sheet.key] = [Row(sheet, number, _aware(row, times)) for number, row in enumerate(found, start=2)]
        book.columns[sheet.key] = frozenset(column.key for column in sheet.columns)
    return book


def _aware(values: Values, times: list[str]) -> Values:
    moments = {key: timezone.make_aware(values[key]) for key in times if values[key] is not None}
    return {**values, **moments}


def save_workbook(register: Iterable[Sheets], file: IO[bytes]) -> None:
    """Writes the register as a workbook that ``import_register`` reads."""
    book = Workbook(write_only=True)
    pages = [(sheet, begin_sheet(book, sheet)) for sheet in SHEETS]
    for sheets in register:
        for sheet, page in pages:
            for values in sheets[sheet.key]:
                write_row(page, [cell(column, values[column.key]) for column in sheet.columns])
    book.save(file)


def cell(column: Column, value: Any) -> Any:
    """A value with a code of the database as the cell of the workbook; empty is None."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, int | dt.date):
        return value
    return column.spoken[value] if column.words and isinstance(value, str) else value
