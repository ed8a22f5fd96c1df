"""How many things wait for a person: the figure beside *Att göra* on every page.

The question is a heavy one and nearly always has the same answer as a moment ago, so the answer is remembered until
the log moves on: everything that lets something wait, or stop waiting, leaves an event or comes with a new day.
"""

from __future__ import annotations

from django.core.cache import cache
from django.db.models import Count, IntegerField, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from v6portal.organizations.models import User

from ..models import Event
from .todo import waiting_for

REMEMBERED_SECONDS = 3_600


def waiting_count(user: User) -> int:
    """As many as ``waiting_for`` has rows. One statement; two when it was known and something has happened since."""
    key = _key(user)
    known = cache.get(key)
    if known is not None and known[0] == _newest():
        return int(known[1])
    newest, count = _newest_and_count(user)
    cache.set(key, (newest, count), REMEMBERED_SECONDS)
    return count


def _key(user: User) -> str:
    """What the answer depends on besides the log: the person, her roles, the one she acts in, and the day."""
    roles = ",".join(str(membership.pk) for membership in user.current_memberships)
    acting = user.acting.pk if user.acting else ""
    return f"waiting:{user.pk}:{acting}:{roles}:{timezone.localdate()}"


def _newest() -> bytes | None:
    """The hash of the log's last event, which no other state of the log has."""
    return _bytes(Event.objects.order_by("-id").values_list("hash", flat=True).first())


def _newest_and_count(user: User) -> tuple[bytes | None, int]:
    """Both in one statement, so that they belong together."""
    counted = waiting_for(user).order_by().values(one=Value(1)).annotate(count=Count("pk")).values("count")
    waiting = Coalesce(Subquery(counted, output_field=IntegerField()), 0)
    newest = Event.objects.order_by("-id").annotate(waiting=waiting).values_list("hash", "waiting").first()
    return (_bytes(newest[0]), newest[1]) if newest else (None, 0)


def _bytes(value: bytes | memoryview | None) -> bytes | None:
    return None if value is None else bytes(value)
