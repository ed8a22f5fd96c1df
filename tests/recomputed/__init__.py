"""The half-year report worked out once more, in plain Python over the register workbook.

Written from the definitions of the indicators and of the workbook alone. It knows nothing of the database, of the
statements that the product asks, or of any of the product's own modules.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from openpyxl import Workbook

from . import figures as f
from .per_initiative import per_initiative
from .register import Initiative, read_register

__all__ = ["Initiative", "periods_until", "read_register", "recompute", "recompute_workbook"]


def recompute_workbook(book: Workbook, code: str, today: dt.date) -> dict[str, Any]:
    """The report of the half-year as it stood at the end of ``today``."""
    return recompute(read_register(book), code, today)


def recompute(register: list[Initiative], code: str, today: dt.date) -> dict[str, Any]:
    first, last = _ends(code)
    per = min(last, today)
    span = (register, first, per)
    return {
        "period": code,
        "fran": first.isoformat(),
        "till": last.isoformat(),
        "per": per.isoformat(),
        "A1": f.submitted(*span),
        "B1": f.received(*span),
        "B2": f.carried_out(*span, local=False),
        "B3": f.adoptions(*span, by_participants=True),
        "B4": f.adoptions(*span, by_participants=False),
        "B5": per_initiative(*span),
        "C1": f.confirmed(*span, local=False),
        "C2": f.first_adopted(*span, local=False),
        "lokalt": {
            "B2": f.carried_out(*span, local=True),
            "inforanden": f.local_adoptions(*span),
            "C1": f.confirmed(*span, local=True),
            "C2": f.first_adopted(*span, local=True),
        },
    }


def periods_until(today: dt.date, since: int = 2024) -> list[str]:
    """The half-years that have begun, the oldest first."""
    codes = [f"{year}-{half}" for year in range(since, today.year + 1) for half in (1, 2)]
    return [code for code in codes if _ends(code)[0] <= today]


def _ends(code: str) -> tuple[dt.date, dt.date]:
    year = int(code[:4])
    if code[5:] == "1":
        return dt.date(year, 1, 1), dt.date(year, 6, 30)
    return dt.date(year, 7, 1), dt.date(year, 12, 31)
