"""An initiative that is here already may stand in the file again, if everything about it is the same."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from ..exports.register import Extract, rows_of
from ..register_format import SHEETS, Column, Sheet
from .cells import Unexpected, parse
from .tables import Book
from .world import World

Contents = dict[str, Counter[tuple[Any, ...]]]
"""The rows of a sheet by reference, without regard to their order."""


def matched_references(book: Book, world: World) -> set[str]:
    """The references in the file that are here already. One whose rows differ is noted as a fault."""
    matched = {row["reference"] for row in book.rows["initiatives"]} & world.existing.keys()
    if not matched:
        return set()
    primary_keys = [world.existing[reference] for reference in matched]
    differing: dict[str, list[str]] = defaultdict(list)
    for sheet in SHEETS:
        here, there = _stored(sheet, book, primary_keys), _in_file(sheet, book, matched)
        for reference in matched:
            if here[reference] != there[reference]:
                differing[reference].append(sheet.title)
    for row in book.rows["initiatives"]:
        if titles := differing.get(row["reference"]):
            expected = _("samma uppgifter som redan finns i portalen (skiljer sig: %s), eller en ny referens")
            book.fault(row, "reference", expected % ", ".join(titles))
    return matched


def _stored(sheet: Sheet, book: Book, primary_keys: list[int]) -> Contents:
    """What the portal has, read from its own export by the same rules as the file."""
    found: Contents = defaultdict(Counter)
    present = book.columns[sheet.key]
    for cells in rows_of(sheet, Extract(chosen=primary_keys)):
        values = {c.key: _value(c, cell, book) for c, cell in zip(sheet.columns, cells, strict=True)}
        found[values["reference"]][_comparable(sheet, values, present)] += 1
    return found


def _in_file(sheet: Sheet, book: Book, references: set[str]) -> Contents:
    found: Contents = defaultdict(Counter)
    for row in book.rows[sheet.key]:
        if row["reference"] in references:
            found[row["reference"]][_comparable(sheet, row.values, book.columns[sheet.key])] += 1
    return found


def _comparable(sheet: Sheet, values: dict[str, Any], present: Iterable[str]) -> tuple[Any, ...]:
    return tuple(values[column.key] for column in sheet.columns if column.key in present)


def _value(column: Column, cell: Any, book: Book) -> Any:
    """The value of a cell of the export; one that no file could bring in equals nothing in a file."""
    try:
        return parse(column, _handed(cell), book.known)
    except Unexpected:
        return cell


def _handed(cell: Any) -> Any:
    """A cell of the export as the reader would hand it over."""
    if isinstance(cell, dt.datetime):
        return ["d", cell.isoformat()]
    if isinstance(cell, dt.date):
        return ["d", f"{cell.isoformat()}T00:00:00"]
    return float(cell) if isinstance(cell, Decimal) else cell
