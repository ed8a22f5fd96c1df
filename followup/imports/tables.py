"""From handed-over cells to rows with values: headers in any order, every cell by its column."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from initiatives.workbooks.reading import Cells

from ..register_format import SHEETS, Column, Sheet
from .cells import LONGEST_FOUND, TEXTUAL, Known, Unexpected, parse
from .faults import MOST_FAULTS, Fault


@dataclass(slots=True)
class Row:
    """One row of a sheet: its number in the file and its values by column key. A faulty cell has no value."""

    sheet: Sheet
    number: int
    values: dict[str, Any]

    def __getitem__(self, key: str) -> Any:
        return self.values.get(key)


@dataclass
class Book:
    """The whole workbook as rows, and everything found to be wrong with it so far."""

    known: Known
    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    """By the sheet's key, in the order of the file."""
    columns: dict[str, frozenset[str]] = field(default_factory=dict)
    """The keys of the columns that the file has, by the sheet's key."""
    faults: list[Fault] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    refused: set[tuple[str, int]] = field(default_factory=set)
    """Sheet and number of the rows that have a fault."""

    def fault(self, row: Row, key: str, expected: str, found: str | None = None) -> None:
        """Notes that the row's cell is not as expected; found is the cell's value if nothing else is said."""
        column = row.sheet[key]
        if found is None:
            found = column.show(row[key])[:LONGEST_FOUND]
        self._note(Fault(row.sheet.title, row.number, column.header, found, expected))

    def fault_at(self, sheet: Sheet, number: int | None, header: str, found: str, expected: str) -> None:
        self._note(Fault(sheet.title, number, header, found, expected))

    def _note(self, fault: Fault) -> None:
        if fault.row is not None:
            self.refused.add((fault.sheet, fault.row))
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(fault)

    def by_reference(self, key: str) -> dict[str, list[Row]]:
        """The rows of a sheet by their reference, each list in the order of the file."""
        grouped: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows[key]:
            if row["reference"]:
                grouped[row["reference"]].append(row)
        return grouped

    @property
    def row_count(self) -> int:
        return sum(map(len, self.rows.values()))


def read_tables(cells: Cells, known: Known) -> Book:
    """Every row of the eight sheets with its values; what could not be read is among the faults. Empties the cells."""
    book = Book(known)
    for title in cells.others:
        book.notices.append(_("Bladet %(title)s hör inte till registret och lästes inte.") % {"title": title})
    for sheet in SHEETS:
        if sheet.title in cells.rows:
            _read_sheet(book, sheet, cells.rows.pop(sheet.title))  # not needed twice in memory
        else:
            book.fault_at(sheet, None, "", "", _("ett blad med det namnet"))
    return book


def _read_sheet(book: Book, sheet: Sheet, handed: list[tuple[int, list[Any]]]) -> None:
    first = handed[0][1] if handed and handed[0][0] == 1 else []
    places = _places(book, sheet, first)
    book.columns[sheet.key] = frozenset(column.key for column in places.values())
    _refuse_formulas(book, sheet, first, 1, frozenset())
    absent = {c.key: "" for c in sheet.columns if c.kind in TEXTUAL and c.key not in book.columns[sheet.key]}
    for number, cells in handed[1:] if first else handed:
        _read_row(book, sheet, places, absent, number, cells)


def _places(book: Book, sheet: Sheet, headers: Iterable[Any]) -> dict[int, Column]:
    """Which column stands where. A missing required one is a fault, an unknown one a notice."""
    wanted = {column.header: column for column in sheet.columns}
    places: dict[int, Column] = {}
    for place, header in enumerate(headers):
        name = str(header).strip() if header is not None and not isinstance(header, list) else ""
        column = wanted.get(name)
        if column in places.values():
            book.fault_at(sheet, 1, name, name, _("en kolumn med det namnet"))
        elif column:
            places[place] = column
        elif name:
            book.notices.append(
                _("Kolumnen %(column)s i bladet %(sheet)s hör inte till registret och lästes inte.")
                % {"column": name[:LONGEST_FOUND], "sheet": sheet.title}
            )
    for column in sheet.columns:
        if column.required and column not in places.values():
            book.fault_at(sheet, 1, column.header, "", _("en kolumn med den rubriken"))
    return places


def _read_row(
    book: Book, sheet: Sheet, places: dict[int, Column], absent: dict[str, str], number: int, cells: list[Any]
) -> None:
    _refuse_formulas(book, sheet, cells, number, places.keys())
    if not any(place < len(cells) and cells[place] is not None for place in places):
        return
    row = Row(sheet, number, absent.copy())
    book.rows[sheet.key].append(row)
    if len(book.faults) >= MOST_FAULTS:
        return  # counted, but nobody would read what is wrong with it
    for place, column in places.items():
        raw = cells[place] if place < len(cells) else None
        try:
            row.values[column.key] = parse(column, raw, book.known)
        except Unexpected as problem:
            book.fault_at(sheet, number, column.header, problem.found, problem.expected)


def _refuse_formulas(book: Book, sheet: Sheet, cells: list[Any], number: int, except_at: Iterable[int]) -> None:
    """Formulas outside the columns of the register; inside them each cell is parsed by its column."""
    for place, raw in enumerate(cells):
        if isinstance(raw, list) and raw[0] == "f" and place not in except_at:
            header = _("kolumn %(number)d") % {"number": place + 1}
            book.fault_at(sheet, number, header, raw[1], _("ett värde, inte en formel"))
