"""Appending to the log of record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy

from initiatives.actions import Received
from initiatives.benefit_calculation import Assumptions, calculate
from initiatives.models import Initiative
from v6portal.organizations.models import Membership, Organisation, User
from v6portal.organizations.roles import Kind, Role

from ..acts import Act
from ..facts import Actor, Capacity
from ..models import Case, Decision, Event, Meeting
from ..statuses import Status

UNLOGGED = frozenset(
    {"marks", "replies", "fields", "motivation", "text", "readers", "over", "replaces", "version", "tried"}
)
"""What an act is given that the event does not repeat: answers that are blind, long texts, its own text, and what the
person had before her."""


@dataclass(frozen=True)
class OnBehalf:
    """A group that has said something at a meeting; a person writes it down."""

    organisation: Organisation
    role: Role

    @property
    def organisation_id(self) -> int:
        return self.organisation.pk

    @property
    def in_whose_place(self) -> str:
        """A group is nobody's stand-in."""
        return ""

    @property
    def actor(self) -> Actor:
        """The group as the workflow table sees it."""
        return Actor((Capacity(self.organisation.pk, self.role, Kind(self.organisation.kind)),))


def plain(value: Any) -> Any:
    """A value of a form as JSON holds it: dates in ISO form, money as text, rows by their written name.

    An initiative by its reference alone: its title is for those who may read it. A benefit calculation by its net.
    """
    match value:
        case Organisation():
            return value.short_name
        case Initiative():
            return value.reference
        case Decision():
            return value.number
        case Assumptions():
            return {"years": value.years, "net": str(calculate(value).net)}
        case models.Model() | Received():
            return str(value)
        case Enum():
            return value.value
        case dict():
            return {str(key): plain(inner) for key, inner in value.items()}
        case dt.date():
            return value.isoformat()
        case Decimal():
            return str(value)
        case _:
            return value


def write_event_of(
    act: Act,
    *,
    capacity: Membership,
    by: User,
    at: dt.datetime,
    text: str = "",
    given: Mapping[str, Any] | None = None,
    reference: str = "",
) -> Event:
    """Appends one event that is about no case of its own, for the organisation that the person acts for.

    ``reference`` is what the log calls what it is about, where that has a name.
    """
    return Event.objects.create(
        case=None,
        reference=reference,
        kind=act,
        occurred_at=at,
        actor=by,
        actor_name=str(by),
        organisation_id=capacity.organisation_id,
        role=capacity.role,
        text=text,
        data={key: plain(value) for key, value in (given or {}).items()},
    )


PORTAL = gettext_lazy("Portalen")
"""Who has done what follows from a day that has come."""


def write_event_without_role(
    act: Act, *, organisation: Organisation, by: User | None, at: dt.datetime, reference: str, given: Mapping[str, Any]
) -> Event:
    """Appends one event that is about no case and rests on no role: somebody's own answer, or the portal's own act."""
    return Event.objects.create(
        reference=reference,
        kind=act,
        occurred_at=at,
        actor=by,
        actor_name=str(by or PORTAL),
        organisation=organisation,
        data={key: plain(value) for key, value in given.items()},
    )


def write_event(
    act: Act,
    *,
    case: Case,
    by: User,
    at: dt.datetime,
    capacity: Membership | OnBehalf | None = None,
    source: Status | None = None,
    target: Status | None = None,
    decider_name: str = "",
    text: str = "",
    given: Mapping[str, Any] | None = None,
) -> Event:
    """Appends one event. An act by authorship is logged in the author's own organisation, without a role; one by a
    stand-in says in whose place."""
    given = {**(given or {}), "in_place_of": capacity.in_whose_place if capacity else ""}
    return Event.objects.create(
        case=case,
        reference=case.initiative.reference,
        kind=act,
        from_status=source or "",
        to_status=target or "",
        occurred_at=at,
        actor=by,
        actor_name=str(by),
        organisation_id=capacity.organisation_id if capacity else case.initiative.organisation_id,
        role=capacity.role if capacity else "",
        decider_name=decider_name,
        text=text,
        data={key: plain(value) for key, value in given.items() if key not in UNLOGGED and value not in ("", None)},
    )


def write_meeting_event(
    act: Act, *, meeting: Meeting, by: User, at: dt.datetime, role: str, given: Mapping[str, Any]
) -> Event:
    """Appends one event about a meeting. It belongs to no case, so nobody reads it by way of one."""
    return Event.objects.create(
        reference=meeting.reference,
        kind=act,
        occurred_at=at,
        actor=by,
        actor_name=str(by),
        organisation_id=meeting.organisation_id,
        role=role,
        data={key: plain(value) for key, value in given.items() if value not in ("", None)},
    )
