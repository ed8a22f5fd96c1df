"""When a mail that could not be handed over is tried again, and when it is given up."""

from __future__ import annotations

import datetime as dt

WAITS = (
    dt.timedelta(minutes=1),
    dt.timedelta(minutes=5),
    dt.timedelta(minutes=30),
    dt.timedelta(hours=2),
)
"""After the first failure, the second, …"""
THEN_EVERY = dt.timedelta(hours=6)
GIVEN_UP_AFTER = dt.timedelta(days=2)
STUCK_AFTER = dt.timedelta(minutes=15)
"""Longer than any handing over takes: what is said to be going on after that was broken off."""


def next_attempt(attempts: int, queued_at: dt.datetime, now: dt.datetime) -> dt.datetime | None:
    """The next time to try after ``attempts`` failures; None when it is given up."""
    due = now + (WAITS[attempts - 1] if attempts <= len(WAITS) else THEN_EVERY)
    return due if due <= queued_at + GIVEN_UP_AFTER else None


def latest_digest(now: dt.datetime, at: dt.time) -> dt.datetime:
    """The latest moment, now or before, at which a daily digest was due; ``now`` is in local time."""
    due = dt.datetime.combine(now.date(), at, now.tzinfo)
    return due if due <= now else dt.datetime.combine(now.date() - dt.timedelta(days=1), at, now.tzinfo)
