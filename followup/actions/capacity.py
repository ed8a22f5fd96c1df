"""Göliska IT's capacity, stated."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from v6portal.organizations.access import may_state_capacity
from v6portal.organizations.errors import Refused
from v6portal.organizations.models import User

from ..models import Capacity
from ..periods import HalfYear


def state_capacity(*, half_year: HalfYear, hours: int, by: User) -> Capacity:
    """Göliska IT says how many hours it has in a half-year; stating it again replaces the figure. Raises Refused."""
    if not may_state_capacity(by):
        raise Refused(_("Handläggare och förbundsdirektör på Göliska IT anger kapaciteten."))
    told = {"hours": hours, "stated_by": by, "stated_by_name": str(by), "stated_at": timezone.now()}
    capacity, _created = Capacity.objects.update_or_create(
        year=half_year.year, half=half_year.half, defaults=told, create_defaults=told
    )
    return capacity
