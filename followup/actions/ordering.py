"""Asking for a file that takes long to make. It is no act on a case and leaves no event."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from v6portal.organizations.models import User

from ..models import OrderedFile

MAKE = "followup.make_file"
"""The worker's task; see ``followup.jobs``."""
QUEUE = "files"
AFTER_MAILS = -1
"""Its place in the worker's line: what is in the queue of mails goes first."""
GIVEN_UP_AFTER = dt.timedelta(minutes=10)
"""A file that was begun so long ago and is not done is not coming: its worker died."""


def order_file(*, what: OrderedFile.What, query: str, by: User) -> OrderedFile:
    """Leaves the file to the worker; one that is on its way already is that one. ``query`` says what was chosen."""
    asked = {"by": by, "what": what, "query": query}
    _give_up_the_dead(by)
    try:
        with transaction.atomic():
            ordered = OrderedFile.objects.create(**asked, asked_at=timezone.now())
            app.configure_task(MAKE, queue=QUEUE, priority=AFTER_MAILS).defer(ordered=ordered.pk)
    except IntegrityError:
        return OrderedFile.objects.in_list().get(**asked, ended_at=None)
    return ordered


def _give_up_the_dead(by: User) -> None:
    now = timezone.now()
    dead = OrderedFile.objects.filter(by=by, ended_at=None, began_at__lt=now - GIVEN_UP_AFTER)
    dead.update(ended_at=now, failed=True)


def fetched(ordered: OrderedFile) -> None:
    """It has been fetched: nobody is told of it any more."""
    OrderedFile.objects.filter(pk=ordered.pk).update(fetched_at=timezone.now())


def remove_old(days: int) -> int:
    """Removes what was asked for longer ago than so many days; how many."""
    before = timezone.now() - dt.timedelta(days=days)
    removed, _kinds = OrderedFile.objects.filter(asked_at__lt=before).delete()
    return removed
