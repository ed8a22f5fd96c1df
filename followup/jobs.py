"""The worker's tasks of the follow-up. They only say when; what is done stands in ``actions``."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from .actions import note_points

QUEUE = "mail"
"""The queue that the worker works."""


@app.periodic(cron="13 0 * * *")
@app.task(name="followup.note_points", queue=QUEUE, queueing_lock="followup.note_points")
def note_measures(timestamp: int) -> None:
    """Every night: what the saved measures were at the end of a half-year, where it is not noted yet."""
    note_points(timezone.localdate())
