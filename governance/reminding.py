"""On which days somebody is reminded of what waits for her: before its last day, and after it.

Source: docs/process.md, *Mejl*. Nobody is reminded on a Saturday or a Sunday: what should have come before the last day
comes the Friday before, what comes after it the Monday after.
"""

from __future__ import annotations

import datetime as dt

DAYS_BEFORE = 3
FIRST_AFTER = dt.timedelta(days=1)
THEN_EVERY = dt.timedelta(days=7)
SATURDAY = 5


def working_day_before(day: dt.date) -> dt.date:
    """The day itself, or the Friday before a Saturday or a Sunday."""
    return day - dt.timedelta(days=max(day.weekday() - SATURDAY + 1, 0))


def working_day_after(day: dt.date) -> dt.date:
    """The day itself, or the Monday after a Saturday or a Sunday."""
    return day + dt.timedelta(days=7 - day.weekday() if day.weekday() >= SATURDAY else 0)


def days_to_remind(
    began: dt.date, last: dt.date, today: dt.date, *, is_inquiry: bool = False, is_follow_up: bool = False
) -> list[dt.date]:
    """The days up to today on which to remind of what has waited since ``began`` and should be done by ``last``.

    An inquiry to the kommuner: half the time gone, and the last day. Everything else: three days before, and where a
    benefit is to be followed up also the day it can be, for nobody has asked for it. After the last day: the day after,
    and then once a week for as long as it waits.
    """
    early = [began + (last - began) // 2, last] if is_inquiry else [last - dt.timedelta(days=DAYS_BEFORE)]
    found = {day for day in map(working_day_before, early) if day > began}
    if is_follow_up:
        found.add(working_day_after(began))
    late = last + FIRST_AFTER
    while late <= today:
        found.add(working_day_after(late))
        late += THEN_EVERY
    return sorted(day for day in found if day <= today)
