"""Who stands in for a person, and for whom she stands in: for her own page, and in a line on the first page."""

from __future__ import annotations

import copy
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from v6portal.organizations.models import Membership, User

from .todo_count import waiting_count

EARLIER_SHOWN = 20


@dataclass(frozen=True)
class Appointments:
    """Of one person: those in force or to come, and those that have ended, the latest first."""

    mine: list[Membership]
    """Who stands in for her."""
    others: list[Membership]
    """For whom she stands in."""
    earlier: list[Membership]


def appointments(user: User) -> Appointments:
    """All that concern the person. One statement."""
    today = timezone.localdate()
    rows = Membership.objects.stand_ins().filter(Q(user=user) | Q(stands_in_for=user))
    rows = rows.select_related("user", "organisation", "stands_in_for", "appointed_by", "ended_by")
    found = list(rows.order_by("-valid_from", "-pk")[: EARLIER_SHOWN * 2])
    lasting = [m for m in found if m.ended_at is None and m.valid_to is not None and m.valid_to >= today]
    soonest = sorted(lasting, key=lambda m: (m.valid_from, m.pk))
    return Appointments(
        mine=[m for m in soonest if m.stands_in_for_id == user.pk],
        others=[m for m in soonest if m.user_id == user.pk],
        earlier=[m for m in found if m not in lasting][:EARLIER_SHOWN],
    )


@dataclass(frozen=True)
class Elsewhere:
    """A role in which the person stands in and does not act just now, and how much waits there."""

    membership: Membership
    count: int


def waiting_elsewhere(user: User) -> list[Elsewhere]:
    """One or two statements for each role in which she stands in without acting in it; none for most people."""
    found = []
    for membership in user.current_memberships:
        if membership.stands_in_for_id and membership != user.acting:
            acting = copy.copy(user)
            acting.acting = membership
            found.append(Elsewhere(membership, waiting_count(acting)))
    return found


def stand_ins_of(user: User) -> list[Membership]:
    """Who stands in for the person today in the role she acts in. One statement."""
    rows = Membership.objects.current().stand_ins().filter(stands_in_for=user)
    if user.acting:
        rows = rows.filter(organisation=user.acting.organisation_id, role=user.acting.role)
    return list(rows.select_related("user", "organisation"))
