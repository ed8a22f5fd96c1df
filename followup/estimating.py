"""How long a file of the report takes to make, and so whether one waits for it. Measured in docs/benchmarks.md."""

from __future__ import annotations

PATIENCE = 2.0
"""Seconds that a person is kept waiting with nothing to see; what takes longer is made in the background."""
ROWS_ON_PAPER = 100
"""A longer list is cut in the PDF, so that more rows take no longer."""

PDF_FIRST, PDF_ROW = 1.6, 0.1
WORKBOOK_FIRST, WORKBOOK_ROW = 0.2, 0.001


def seconds(what: str, rows: int) -> float:
    """Seconds of work for a ``pdf`` or an ``xlsx`` with so many rows of B5."""
    if what == "pdf":
        return PDF_FIRST + PDF_ROW * min(rows, ROWS_ON_PAPER)
    return WORKBOOK_FIRST + WORKBOOK_ROW * rows


def takes_long(what: str, rows: int) -> bool:
    return seconds(what, rows) > PATIENCE
