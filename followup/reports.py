"""The report of a half-year as one dictionary of plain values. Source: docs/indikatorer.md."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone

from governance.known import knowing
from v6portal.organizations.models import Organisation

from .indicators import INDICATORS, Figures, Reading
from .periods import HalfYear


def compute(
    period: HalfYear,
    as_of: dt.date | None = None,
    known_at: dt.date | None = None,
    organisations: Sequence[Organisation] | None = None,
) -> Figures:
    """Every figure of the half-year with the list behind it, read now, as if today were ``as_of``.

    With ``known_at`` nothing that was recorded after that day counts; without it everything does. ``organisations``
    are those to count for, by the names that they are to have; None is as they are today.

    Runs the same number of statements however many initiatives there are. Raises NoSuchPeriod if the half-year has
    not begun.
    """
    with knowing(known_at):  # a reading is of what is known when it is begun
        reading = Reading(period, period.end(as_of or timezone.localdate()))
        if organisations is not None:
            reading.organisations = list(organisations)
        return _assemble(reading, with_rows=True)


def without_rows(reading: Reading) -> Figures:
    """The same figures less the rows of B5, which are most of a report."""
    return _assemble(reading, with_rows=False)


def _assemble(reading: Reading, *, with_rows: bool) -> Figures:
    report: Figures = {
        "period": reading.period.code,
        "fran": reading.period.first.isoformat(),
        "till": reading.period.last.isoformat(),
        "per": reading.per.isoformat(),
    }
    for indicator in INDICATORS:
        count = indicator.count if with_rows else indicator.summarise or indicator.count
        if count:
            *parents, last = indicator.path
            place = report
            for key in parents:
                place = place.setdefault(key, {})
            place[last] = count(reading)
    return report
