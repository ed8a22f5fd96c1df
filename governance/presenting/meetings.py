"""A meeting as its page shows it: what stands on it, what the person may do, and what waits to be taken up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from v6portal.organizations.models import Organisation, User

from ..actions.meetings.door import read_meeting_facts
from ..acts import Act
from ..agendas import waiting_for
from ..meetings import MeetingStatus, holds, seats_led_by, why_not
from ..minutes import Line, read_minutes
from ..models import Adjuster, Case, Meeting, MeetingQuerySet
from ..reading import by_role_only

WAITING_SHOWN = 30


@dataclass(frozen=True)
class Led:
    """A group that the person may call to a meeting."""

    key: str
    name: str


def groups_led_by(user: User) -> list[tuple[Led, Any]]:
    """The groups she may call, each with its seat, in the order of her roles."""
    seats = seats_led_by(by_role_only(user))
    organisations = {o.pk: o for o in Organisation.objects.filter(pk__in=[s.organisation for s in seats])}
    found = []
    for seat in seats:
        organisation = organisations[seat.organisation]
        name = Meeting(body=seat.body, organisation=organisation).body_name
        found.append((Led(f"{seat.body}.{organisation.key}", name), seat))
    return found


def listed(meetings: MeetingQuerySet) -> QuerySet[Meeting]:
    """With what a list shows of each; one statement."""
    return meetings.select_related("organisation").annotate(
        item_count=Count("items"), adjusted_count=Count("adjusters", filter=Q(adjusters__adjusted_at__isnull=False))
    )


def to_be_adjusted_by(user: User) -> QuerySet[Meeting]:
    """The meetings whose protocol waits for the person's own signature."""
    mine = Adjuster.objects.filter(user=user, adjusted_at__isnull=True).values("meeting")
    closed = Meeting.objects.visible_to(user).filter(status=MeetingStatus.CLOSED, pk__in=mine)
    return listed(closed.order_by("held_on", "pk"))


@dataclass(frozen=True)
class Place:
    """An item on the agenda, and whether it can be moved up and down."""

    line: Line
    is_current: bool
    is_first: bool
    is_last: bool


def page_of(meeting: Meeting, user: User) -> dict[str, Any]:
    """The context of the page of a meeting, whatever its status."""
    facts, actor = read_meeting_facts(meeting), by_role_only(user)
    minutes = read_minutes(meeting, user)
    is_led = holds(facts, actor, user.pk)

    def may(act: Act) -> bool:
        return not why_not(act, facts, actor, user.pk)

    is_planned = meeting.status == MeetingStatus.PLANNED
    waiting: list[Case] = waiting_for(meeting.seat, user) if is_led and is_planned else []
    lines = minutes.lines
    return {
        "meeting": meeting,
        "minutes": minutes,
        "places": [
            Place(line, line.pk == meeting.current_id, number == 0, number == len(lines) - 1)
            for number, line in enumerate(lines)
        ],
        "is_planned": is_planned,
        "is_held": meeting.opened_at is not None,
        "is_ongoing": meeting.status == MeetingStatus.ONGOING,
        "is_closed": meeting.status == MeetingStatus.CLOSED,
        "is_signed": meeting.status == MeetingStatus.SIGNED,
        "may_arrange": is_led and is_planned,
        "may_write": may(Act.TAKE_UP),
        "may_attend": is_led and meeting.status == MeetingStatus.ONGOING,
        "is_followed": meeting.status == MeetingStatus.ONGOING and not may(Act.TAKE_UP),
        "may_adjust": may(Act.ADJUST_PROTOCOL),
        "open_obstacles": why_not(Act.OPEN_MEETING, facts, actor, user.pk) if is_led and is_planned else [],
        "waiting": waiting[:WAITING_SHOWN],
        "waiting_more": max(len(waiting) - WAITING_SHOWN, 0),
    }
