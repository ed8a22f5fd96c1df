"""Appending to the log of record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from typing import Any

from django.db import models

from initiatives.actions import Received
from initiatives.benefit_calculation import Assumptions, calculate
from initiatives.models import Initiative
from v6portal.organizations.models import Membership, Organisation, User

from ..acts import Act
from ..models import Case, Decision, Event
from ..statuses import Status

UNLOGGED = frozenset(
    {"marks", "replies", "fields", "motivation", "text", "readers", "over", "replaces", "version", "tried"}
)
"""What an act is given that the event does not repeat: answers that are blind, long texts, its own text, and what the
person had before her."""


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
    act: Act, *, capacity: Membership, by: User, at: dt.datetime, text: str = "", given: Mapping[str, Any] | None = None
) -> Event:
    """Appends one event that is about no case of its own, for the organisation that the person acts for."""
    return Event.objects.create(
        case=None,
        reference="",
        kind=act,
        occurred_at=at,
        actor=by,
        actor_name=str(by),
        organisation_id=capacity.organisation_id,
        role=capacity.role,
        text=text,
        data={key: plain(value) for key, value in (given or {}).items()},
    )


def write_event(
    act: Act,
    *,
    case: Case,
    by: User,
    at: dt.datetime,
    capacity: Membership | None = None,
    source: Status | None = None,
    target: Status | None = None,
    decider_name: str = "",
    text: str = "",
    given: Mapping[str, Any] | None = None,
) -> Event:
    """Appends one event. An act by authorship is logged in the author's own organisation, without a role."""
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
        data={
            key: plain(value) for key, value in (given or {}).items() if key not in UNLOGGED and value not in ("", None)
        },
    )
