"""By which day something can be expected: so many days on, and never on a Saturday or a Sunday.

The one place where such a day is computed, for pages, mail and *Att göra*. Source: docs/process.md, *Var är mitt
initiativ?*.
"""

from __future__ import annotations

import datetime as dt

SATURDAY = 5


def expected_by(began: dt.date, days: int) -> dt.date:
    """``days`` calendar days after ``began``; the Monday after where that is a Saturday or a Sunday."""
    due = began + dt.timedelta(days=days)
    return due + dt.timedelta(days=7 - due.weekday() if due.weekday() >= SATURDAY else 0)
