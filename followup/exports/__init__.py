"""The report of a half-year as files. Each writer makes one format out of the same dictionary of figures."""

from __future__ import annotations

from collections.abc import Callable

from ..indicators import Figures
from ..presenting.report import Report, report_of
from .open_data import as_csv
from .plain import as_json
from .report_pdf import render_pdf
from .report_xlsx import render_xlsx

WRITERS: dict[str, Callable[[Figures], bytes]] = {
    "csv": lambda figures: as_csv(report_of(figures)),
    "json": as_json,
    "pdf": lambda figures: render_pdf(report_of(figures)),
    "xlsx": lambda figures: render_xlsx(report_of(figures)),
}
"""How a report is written, by the name of the format as ``manage.py report --format`` knows it."""

WRITERS_OF_APPROVED: dict[str, Callable[[Report], bytes]] = {
    "csv": as_csv,
    "json": lambda report: as_json(report.withheld),
    "pdf": render_pdf,
    "xlsx": render_xlsx,
}
"""The same of an approved report, which is written as it was frozen."""

__all__ = ["WRITERS", "WRITERS_OF_APPROVED", "as_csv", "as_json"]
