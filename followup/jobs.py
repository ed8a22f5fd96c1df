"""The worker's tasks for what takes long. They only say when; what is done stands in ``exports.making``."""

from __future__ import annotations

from procrastinate.contrib.django import app

from .actions.ordering import MAKE, QUEUE, remove_old
from .exports.making import make
from .models import OrderedFile

KEPT_DAYS = 2
"""Files stay for so long; they are made again in a moment."""


@app.task(name=MAKE, queue=QUEUE)
def make_file(ordered: int) -> None:
    """What somebody has asked for; nothing where the order has been removed since."""
    waiting = OrderedFile.objects.filter(pk=ordered, ended_at=None).select_related("by").first()
    if waiting:
        make(waiting)


@app.periodic(cron="41 2 * * *")
@app.task(name="followup.remove_files", queue=QUEUE, queueing_lock="followup.remove_files")
def remove_files(timestamp: int) -> None:
    """Once a night: what nobody has use for any more."""
    remove_old(KEPT_DAYS)
