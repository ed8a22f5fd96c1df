"""Watching: a person's own setting, which stands in nobody's record."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from v6portal.organizations.errors import Refused
from v6portal.organizations.models import User

from ..models import Initiative, Watch


def watch(*, initiative: Initiative, by: User, at: dt.datetime | None = None) -> Watch:
    """From now on she hears how it goes. Only what she may read and has not written; twice is as good as once."""
    if not Initiative.objects.visible_to(by).submitted().filter(pk=initiative.pk).exists():
        raise Refused(_("Du kan bara bevaka ett inskickat initiativ som du får läsa."))
    if initiative.is_written_by(by):
        raise Refused(_("Du följer redan det du har skrivit själv. Det står under Mina initiativ."))
    watch, _is_new = Watch.objects.get_or_create(
        initiative=initiative, user=by, defaults={"since": at or timezone.now()}
    )
    return watch


def unwatch(*, initiative: Initiative, by: User) -> None:
    """No more. Whether she may read it is the page's to ask: this takes away only what is her own."""
    Watch.objects.of(by).filter(initiative=initiative).delete()
