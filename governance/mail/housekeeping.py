"""Nothing about mail is kept for longer than it is of use."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from ..models import Mail, Notice, ReminderRound


@transaction.atomic
def remove_old() -> int:
    """Removes mails that ended, and notices that never became one, longer ago than MAIL_KEPT_DAYS."""
    before = timezone.now() - dt.timedelta(days=settings.MAIL_KEPT_DAYS)
    ReminderRound.objects.filter(made_at__lt=before).delete()
    removed, _kinds = Mail.objects.filter(ended_at__lt=before).delete()
    dropped, _kinds = Notice.objects.filter(dropped_at__lt=before).delete()
    return removed + dropped
