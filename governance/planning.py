"""How a stage stands against its plan: late, on time, or without a plan.

Plain dates; no database. A stage that should have ended yesterday is one day late. Source: docs/process.md, *Etapper*.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto


class Standing(Enum):
    COMING = auto()
    """Planned, and the day has not come."""
    NOT_BEGUN = auto()
    """Planned to have begun."""
    ONGOING = auto()
    OVERDUE = auto()
    """Goes on past its planned end."""
    ENDED = auto()
    ENDED_LATE = auto()


LATE = frozenset({Standing.NOT_BEGUN, Standing.OVERDUE})
"""What somebody should do something about."""


@dataclass(frozen=True)
class Course:
    """The dates of one stage, planned and actual. ``earlier_ends`` are the ends planned before, the first first."""

    today: dt.date
    start: dt.date | None = None
    end: dt.date | None = None
    planned_start: dt.date | None = None
    planned_end: dt.date | None = None
    earlier_ends: Sequence[dt.date | None] = ()

    @property
    def standing(self) -> Standing:
        if self.start is None:
            return Standing.NOT_BEGUN if self.days_late else Standing.COMING
        if self.end is None:
            return Standing.OVERDUE if self.days_late else Standing.ONGOING
        return Standing.ENDED_LATE if self.days_late else Standing.ENDED

    @property
    def is_late(self) -> bool:
        return self.standing in LATE

    @property
    def days_late(self) -> int:
        """Days past the plan that holds now: of the start for one that has not begun, else of the end; 0 if none."""
        if self.start is None:
            return _days_past(self.planned_start, self.today)
        return _days_past(self.planned_end, self.end or self.today)

    @property
    def first_end(self) -> dt.date | None:
        """The first end that was ever planned."""
        return next((end for end in (*self.earlier_ends, self.planned_end) if end is not None), None)

    @property
    def days_moved(self) -> int:
        """By how many days the planned end has moved since it was first planned; below 0 it is earlier."""
        if self.first_end is None or self.planned_end is None:
            return 0
        return (self.planned_end - self.first_end).days

    @property
    def slip(self) -> int | None:
        """Days from the first planned end to the end, or to today while it goes on past that day.

        None where there is nothing to compare with: no plan, not begun, or still within the first plan.
        """
        if self.first_end is None or self.start is None:
            return None
        if self.end is not None:
            return (self.end - self.first_end).days
        return _days_past(self.first_end, self.today) or None


def _days_past(planned: dt.date | None, day: dt.date) -> int:
    return max((day - planned).days, 0) if planned else 0
