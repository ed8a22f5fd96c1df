"""The worker's tasks. They only say when; what is done stands in the actions."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from governance.mail.jobs import QUEUE

from ..actions import close_overdue, note_points


@app.periodic(cron="3 * * * *")
@app.task(name="followup.close_surveys", queue=QUEUE, queueing_lock="followup.close_surveys")
def close_surveys(timestamp: int) -> None:
    """Notes that a survey's last day is over. It takes no answers since midnight, whether or not this has run."""
    close_overdue()


@app.periodic(cron="13 0 * * *")
@app.task(name="followup.note_measures", queue=QUEUE, queueing_lock="followup.note_measures")
def note_measures(timestamp: int) -> None:
    """Every night: what the saved measures came to at the end of a half-year, where it is not noted yet."""
    note_points(timezone.localdate())
