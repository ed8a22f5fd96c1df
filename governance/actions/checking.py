"""Checking the log of record and keeping what was found. It is no act on a case and leaves no event."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from v6portal.organizations.models import User

from ..chain import ENTRIES, checked, first_break, head
from ..models import LogCheck

CHECK = "governance.check_log"
"""The worker's task; see ``governance.mail.jobs``."""
AT_ONCE = 50_000
"""Events and entries that are checked while a person waits, about a second; a longer log is the worker's."""


def begin_check(by: User | None) -> LogCheck:
    """Checks at once if that is soon done, else leaves it to the worker. Returns the check, ended or not."""
    newest, newest_entry = head(), head(ENTRIES)
    check = LogCheck.objects.create(began_at=timezone.now(), by=by, total=newest.number if newest else 0)
    if check.total + (newest_entry.number if newest_entry else 0) <= AT_ONCE:
        return carry_on(check)
    try:
        with transaction.atomic():
            app.configure_task(CHECK, queueing_lock=CHECK).defer(check=check.pk)
    except AlreadyEnqueued:
        check.delete()
        check = LogCheck.objects.latest("pk")
    return check


def carry_on(check: LogCheck) -> LogCheck:
    """Goes through the log and writes how far it has come, chunk by chunk; then its entries; last what was found."""
    for progress in checked():
        check.checked, check.head = progress.number, progress.hash
        if progress.broken:
            check.broken_number = progress.broken.number
            check.broken_missing = progress.broken.missing
            check.broken_altered = progress.broken.altered
        check.save()
    if (entry := first_break(ENTRIES)) is not None:
        check.broken_entry = entry.number
    check.ended_at = timezone.now()
    check.save()
    return check
