"""The meeting under its lock, what the rules say, and the one event."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from v6portal.organizations.errors import Refused, refuse_if
from v6portal.organizations.models import Membership, Organisation, User
from v6portal.organizations.roles import Role

from ...acts import Act
from ...meetings import MeetingFacts, leads, why_not
from ...models import Event, Meeting
from ...reading import by_role_only
from ..log import write_meeting_event


@dataclass(frozen=True)
class Person:
    """Somebody at a meeting: by her account, or a guest by name."""

    user: User | None
    name: str
    capacity: str
    organisation: Organisation | None = None
    is_present: bool = False
    present_from: dt.time | None = None
    present_to: dt.time | None = None


def locked(meeting: Meeting, act: Act, by: User) -> Meeting:
    """The meeting as it stands now, locked until the transaction ends. Refused where the act is not on for her."""
    visible = Meeting.objects.visible_to(by).select_related("organisation").select_for_update(of=("self",), no_key=True)
    found = visible.filter(pk=meeting.pk).first()
    if found is None:
        raise Refused(_("Du har inte tillgång till mötet."))
    refuse_if(why_not(act, read_meeting_facts(found), by_role_only(by), by.pk))
    return found


def read_meeting_facts(meeting: Meeting) -> MeetingFacts:
    """What the rules ask about a meeting; three statements."""
    items = list(meeting.items.values_list("position", "stance", "ended_at"))
    adjusters = list(meeting.adjusters.values_list("user_id", "adjusted_at"))
    present = meeting.attendance.filter(is_present=True, user__isnull=False).values_list("user_id", flat=True)
    return MeetingFacts(
        seat=meeting.seat,
        status=meeting.standing,
        held_on=meeting.held_on,
        today=timezone.localdate(),
        secretary=meeting.secretary_id,
        items=len(items),
        begun=tuple(position for position, stance, ended in items if stance and ended is None),
        present=frozenset(pk for pk in present if pk is not None),
        adjusters=frozenset(pk for pk, _at in adjusters),
        adjusted=frozenset(pk for pk, at in adjusters if at is not None),
    )


def noted(act: Act, meeting: Meeting, by: User, at: dt.datetime | None = None, **given: Any) -> Event:
    """The act's one event, in the capacity by which she leads the meeting, or sits in the group."""
    return write_meeting_event(
        act, meeting=meeting, by=by, at=at or timezone.now(), role=_role_of(by, meeting), given=_said(given)
    )


def _role_of(by: User, meeting: Meeting) -> str:
    here = [Role(m.role) for m in by.capacities if m.organisation_id == meeting.organisation_id]
    leading = (role for role in here if leads(meeting.seat, by_role_only(by)) and role != Role(meeting.body))
    return next(leading, next(iter(here), Role.READER)) if here else ""


def _said(given: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: value.isoformat(timespec="minutes") if isinstance(value, dt.time) else value
        for key, value in given.items()
    }


def called(meeting: Meeting) -> list[Person]:
    """Those who belong at the meeting: the group's members of today, the chair and the secretary, each once."""
    of_body = Membership.objects.current().with_role(Role(meeting.body)).filter(organisation=meeting.organisation_id)
    members = [m.user for m in of_body.select_related("user").order_by("user__first_name", "user__last_name", "pk")]
    words = {
        **{user.pk: str(Role(meeting.body).label) for user in members},
        meeting.chair_id: _("ordförande"),
        meeting.secretary_id: _("sekreterare"),
    }
    people = {user.pk: user for user in (meeting.chair, meeting.secretary, *members)}
    return [Person(user, str(user), words[pk], _kommun_of(user)) for pk, user in people.items()]


def _kommun_of(user: User) -> Organisation | None:
    return next((m.organisation for m in user.current_memberships if m.organisation.is_kommun), None)
