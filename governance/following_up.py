"""When the benefit of an införande is followed up, by which day, and what answers it. No database here.

Source: docs/process.md, *Uppföljning av nyttan*: each kommun says what became of it 6 and 12 calendar months after the
day it took the solution into use. Only what is registered in the portal is asked about; history is brought in unasked.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable

from .expected import expected_by

AFTER_MONTHS = (6, 12)
DAYS_TO_ANSWER = 30
MONTHS_IN_A_YEAR = 12


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day so many calendar months later; the month's last where it has no such day (31 August)."""
    whole = day.year * MONTHS_IN_A_YEAR + day.month - 1 + months
    year, month = divmod(whole, MONTHS_IN_A_YEAR)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def due_days(in_use_on: dt.date) -> dict[int, dt.date]:
    """From which day each follow-up can be made, by its months."""
    return {months: months_after(in_use_on, months) for months in AFTER_MONTHS}


def to_ask(in_use_on: dt.date, recorded_on: dt.date) -> dict[int, dt.date]:
    """The follow-ups that an införande gives when it is registered: of those that are due already only the last, so
    that who registers late is asked once."""
    due = due_days(in_use_on)
    passed = [months for months, day in due.items() if day <= recorded_on]
    return {months: day for months, day in due.items() if months not in passed[:-1]}


def answer_by(due_on: dt.date) -> dt.date:
    """The last day to answer; never on a Saturday or a Sunday."""
    return expected_by(due_on, DAYS_TO_ANSWER)


def reached(in_use_on: dt.date, on: dt.date) -> int:
    """How many months the latest follow-up that was due on the day comes after; 0 before the first."""
    return max((months for months, day in due_days(in_use_on).items() if day <= on), default=0)


def is_answered(due_on: dt.date, said_on: Iterable[dt.date]) -> bool:
    """Whether something was said from the day on; a *nej* is an answer, and so is what comes late."""
    return any(day >= due_on for day in said_on)
