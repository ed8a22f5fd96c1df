"""The worker's tasks. They only say when; what is done stands in ``sending`` and ``housekeeping``."""

from __future__ import annotations

from asgiref.sync import sync_to_async
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.jobs import Status

from ..actions.checking import CHECK, carry_on
from ..actions.notifying import DELIVER
from ..chain import head
from ..models import LogCheck
from . import housekeeping, sending

QUEUE = "mail"
JOBS_KEPT_HOURS = 24 * 30
"""Jobs that succeed go at once; the rest stay for a month, to be looked into."""


@app.task(name=DELIVER, queue=QUEUE)
def deliver(event: int) -> None:
    """What one event gave, as soon as its transaction has committed."""
    sending.send_at_once(event=event)


@app.periodic(cron="* * * * *")
@app.task(name="governance.go_round", queue=QUEUE, queueing_lock="governance.go_round")
def go_round(timestamp: int) -> None:
    """New attempts, digests that are due, and what a worker that died has left."""
    sending.go_round()


@app.task(name=CHECK, queue=QUEUE, queueing_lock=CHECK)
def check_log(check: int) -> None:
    """What a person has asked for, of a log too long to wait for."""
    carry_on(LogCheck.objects.get(pk=check))


@app.periodic(cron="47 1 * * *")
@app.task(name="governance.check_log_nightly", queue=QUEUE, queueing_lock="governance.check_log_nightly")
def check_log_nightly(timestamp: int) -> None:
    """The whole log once a night."""
    newest = head()
    carry_on(LogCheck.objects.create(began_at=timezone.now(), total=newest.number if newest else 0))


@app.periodic(cron="23 2 * * *")
@app.task(name="governance.tidy", queue=QUEUE)
async def tidy(timestamp: int) -> None:
    """Once a night: old mails, and jobs that ended long ago or whose worker died."""
    await sync_to_async(housekeeping.remove_old)()
    for job in await app.job_manager.get_stalled_jobs():
        await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=False)
    await app.job_manager.delete_old_jobs(
        nb_hours=JOBS_KEPT_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )
