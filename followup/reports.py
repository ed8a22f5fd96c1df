"""The report of a half-year as one dictionary of plain values. Source: docs/indicators.md, *The same as JSON*."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from .indicators import INDICATORS, Figures, Reading
from .periods import HalfYear


def compute(period: HalfYear, as_of: dt.date | None = None) -> Figures:
    """Every figure of the half-year with the list behind it, read now, as if today were ``as_of``.

    Runs the same number of statements however many initiatives there are. Raises NoSuchPeriod if the half-year has
    not begun.
    """
    per = period.end(as_of or timezone.localdate())
    report: Figures = {
        "period": period.code,
        "fran": period.first.isoformat(),
        "till": period.last.isoformat(),
        "per": per.isoformat(),
    }
    reading = Reading(period, per)
    for indicator in INDICATORS:
        if indicator.count:
            *parents, last = indicator.path
            place = report
            for key in parents:
                place = place.setdefault(key, {})
            place[last] = indicator.count(reading)
    return report
