"""The register brought out as a workbook, worked out once more, and held against the portal's figures."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from typing import Any

from openpyxl import load_workbook

from followup.exports.register import Extract
from followup.exports.register_workbook import write_register
from followup.imports.register import _in_one_transaction
from followup.periods import HalfYear
from followup.reports import compute
from initiatives.workbooks.reading import Cells
from tests.recomputed import Initiative, periods_until, read_register, recompute

from .workbook import Register


def brought_out() -> list[Initiative]:
    """The whole register, out of the portal's own workbook."""
    file = io.BytesIO()
    write_register(file, Extract())
    file.seek(0)
    book = load_workbook(file, read_only=True)
    try:
        return read_register(book)
    finally:
        book.close()


def disagreements(register: list[Initiative], today: dt.date) -> list[str]:
    """Every figure of every half-year up to the day that the portal and the recomputation give differently."""
    return [
        f"{code} {line}"
        for code in periods_until(today)
        for line in differences(compute(HalfYear.parse(code), today), recompute(register, code, today))
    ]


def differences(portal: Any, recomputed: Any, place: str = "") -> Iterator[str]:
    """Where two reports differ, one line a place; a row of B5 is named by its reference."""
    if isinstance(portal, dict) and isinstance(recomputed, dict) and portal.keys() == recomputed.keys():
        for key in portal:
            yield from differences(portal[key], recomputed[key], f"{place}.{key}".lstrip("."))
    elif _references(portal) == _references(recomputed) != []:
        for row, other in zip(portal, recomputed, strict=True):
            yield from differences(row, other, f"{place}[{row['referens']}]")
    elif portal != recomputed or type(portal) is not type(recomputed):
        yield f"{place}: portalen {portal!r}, omräknat {recomputed!r}"


def _references(rows: Any) -> list[str]:
    """The references of the rows of B5; of anything else nothing."""
    return [row["referens"] for row in rows if "B5a" in row] if _are_rows(rows) else []


def _are_rows(rows: Any) -> bool:
    return isinstance(rows, list) and all(isinstance(row, dict) for row in rows)


def bring_in(book: Register) -> list[str]:
    """The rows through the importer, as it is handed them from a file; the faults, if there are any."""
    outcome = _in_one_transaction(Cells(rows={title: _handed(book, title) for title in book}), preview=False)
    return [str(fault) for fault in outcome.faults]


def _handed(book: Register, title: str) -> list[tuple[int, list[Any]]]:
    headers = book.headers[title]
    rows = [headers, *([_cell(row.get(header)) for header in headers] for row in book[title])]
    return list(enumerate(rows, start=1))


def _cell(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return ["d", value.isoformat()]
    return ["d", f"{value.isoformat()}T00:00:00"] if isinstance(value, dt.date) else value
