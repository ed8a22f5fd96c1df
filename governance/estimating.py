"""How long a file takes to make, and so whether one waits for it. Measured in docs/benchmarks.md."""

from __future__ import annotations

PATIENCE = 2.0
"""Seconds that a person is kept waiting with nothing to see; what takes longer is made in the background."""
ROWS_ON_PAPER = 100
"""A longer list is cut in the PDF of a report, so that more rows take no longer."""

SECONDS: dict[str, tuple[float, float]] = {
    "report_pdf": (1.6, 0.1),
    "report_xlsx": (0.2, 0.001),
    "case_list": (0.1, 0.0005),
    "register": (0.3, 0.005),
}
"""Of each kind of file: what it takes with no rows, and for each row. Rows of a report are those of B5."""


def seconds(what: str, rows: int) -> float:
    """Seconds of work for a file of that kind with so many rows."""
    first, each = SECONDS[what]
    return first + each * (min(rows, ROWS_ON_PAPER) if what == "report_pdf" else rows)


def takes_long(what: str, rows: int) -> bool:
    return seconds(what, rows) > PATIENCE
