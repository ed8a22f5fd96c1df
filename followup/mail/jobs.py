"""The worker's tasks. They only say when; what is done stands in the actions."""

from __future__ import annotations

from procrastinate.contrib.django import app

from governance.mail.jobs import QUEUE

from ..actions import close_overdue


@app.periodic(cron="3 * * * *")
@app.task(name="followup.close_surveys", queue=QUEUE, queueing_lock="followup.close_surveys")
def close_surveys(timestamp: int) -> None:
    """Notes that a survey's last day is over. It takes no answers since midnight, whether or not this has run."""
    close_overdue()
