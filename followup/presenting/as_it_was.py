"""A half-year's report counted for another day than today; within ``knowing`` by what was known then."""

from __future__ import annotations

import datetime as dt

from v6portal.organizations.models import User

from ..periods import HalfYear, NoSuchPeriod
from .overview import Desk
from .report import Report
from .withholding import hidden_from


def count_as_it_was(period: HalfYear, day: dt.date, *, reader: User) -> Report:
    """The report as if today were ``day``, always counted anew, without rows of B5.

    Raises NoSuchPeriod for a half-year that had not begun, or that ended before anything was submitted.
    """
    desk = Desk()
    period.end(day)
    arrivals = desk.arrivals(day)
    first = arrivals[0].period
    if period < first:
        raise NoSuchPeriod(f"{period.code} < {first.code}")
    return Report(
        period=period,
        today=day,
        overview=desk.overview(period, day),
        before=desk.overview(period.previous(), day) if period > first else None,
        arrivals=tuple(one for one in arrivals if one.period <= period),
        organisations=desk.organisations,
        hidden=hidden_from(reader),
        reader=reader,
    )
