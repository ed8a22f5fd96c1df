"""The report for the files that ``manage.py report`` writes: nothing is withheld, and nobody reads it in the portal."""

from __future__ import annotations

import datetime as dt

from initiatives.models import Initiative

from ..indicators import Figures
from ..periods import HalfYear
from .overview import Desk, overview_of
from .report import Report
from .withholding import references_in


def report_of(figures: Figures) -> Report:
    """The report for the file that ``manage.py report`` writes, out of figures already counted; nothing is withheld."""
    period, per = HalfYear.parse(figures["period"]), dt.date.fromisoformat(figures["per"])
    today = per if per < period.last else period.last + dt.timedelta(days=1)
    desk = Desk()
    arrivals = desk.arrivals(today)
    overview = overview_of(figures, desk.organisations)
    report = Report(
        period=period,
        today=today,
        overview=overview,
        before=desk.overview(period.previous(), today) if period > arrivals[0].period else None,
        arrivals=tuple(one for one in arrivals if one.period <= period),
        organisations=desk.organisations,
        rows=figures["B5"]["rader"],
        history=desk.history(overview, today, arrivals[0].period, period),
    )
    named = {*references_in(figures)}
    report.titles = dict(Initiative.objects.filter(reference__in=named).order_by().values_list("reference", "title"))
    return report
