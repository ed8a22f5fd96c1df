"""Who has which role from when to when: for finding the roles that nobody has."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import FilteredRelation, Q

from .models import Organisation
from .roles import PLACES, Kind, Role

Period = tuple[dt.date, dt.date]


@dataclass(frozen=True)
class Staffing:
    """The organisations in order, and when each role is held there during some days from ``first`` to ``last``."""

    organisations: dict[int, Organisation]
    periods: dict[tuple[int, Role], list[Period]]
    administrators: list[str]
    first: dt.date
    last: dt.date

    def possible(self, organisation: int, roles: Iterable[Role]) -> list[Role]:
        """Those of the roles that can be held in such an organisation."""
        kind = Kind(self.organisations[organisation].kind)
        return [role for role in roles if kind in PLACES[role]]

    def vacant_from(self, organisation: int, roles: Iterable[Role]) -> dt.date | None:
        """The first day on which nobody has any of the roles; None where somebody always has, or none can exist."""
        possible = self.possible(organisation, roles)
        held = [period for role in possible for period in self.periods.get((organisation, role), [])]
        return first_empty(held, self.first, self.last) if possible else None


def staffing(today: dt.date, days: int) -> Staffing:
    """Who has which role today and during the next ``days`` days. One statement."""
    last = today + dt.timedelta(days=days)
    lasting = Q(memberships__valid_to__isnull=True) | Q(memberships__valid_to__gte=today)
    not_ended = Q(memberships__ended_at__isnull=True) | Q(memberships__valid_to__gt=today)
    held = FilteredRelation("memberships", condition=lasting & not_ended & Q(memberships__valid_from__lte=last))
    rows = Organisation.objects.annotate(held=held).values_list(
        *("pk", "key", "short_name", "kind", "order", "held__role", "held__valid_from", "held__valid_to"),
        *("held__user__is_active", "held__user__first_name", "held__user__last_name"),
    )
    organisations: dict[int, Organisation] = {}
    periods: dict[tuple[int, Role], list[Period]] = defaultdict(list)
    administrators = set()
    for pk, key, name, kind, order, role, valid_from, valid_to, is_active, *names in rows.order_by("order", "pk"):
        organisations.setdefault(pk, Organisation(pk=pk, key=key, short_name=name, kind=kind, order=order))
        if is_active:
            periods[pk, Role(role)].append((valid_from, valid_to or dt.date.max))
        if is_active and role == Role.ADMIN and valid_from <= today:
            administrators.add(" ".join(names).strip())
    return Staffing(organisations, periods, sorted(administrators), today, last)


def first_empty(periods: Iterable[Period], first: dt.date, last: dt.date) -> dt.date | None:
    """The first day from ``first`` to ``last`` that none of the periods covers; both ends of each are included."""
    day = first
    for begins, ends in sorted(periods):
        if begins > day:
            return day
        if ends >= last:
            return None
        day = max(day, ends + dt.timedelta(days=1))
    return day if day <= last else None
