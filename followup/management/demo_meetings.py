"""Two meetings of the demo, by real acts: one whose protocol is adjusted, one that is to come."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from governance.actions import meetings
from governance.actions.meetings.calling import When
from governance.agendas import waiting_for
from governance.exports.protocol import draw_protocol
from governance.meetings import Body, Seat
from governance.minutes import read_minutes
from governance.models import Meeting, Stance
from v6portal.organizations.models import Organisation, User
from v6portal.organizations.printing import pdf_available

FORTNIGHT = dt.timedelta(days=14)
NOTES = "Verksamheten berättade hur det går till i dag. Rådet frågade om drift och om vem som äger lösningen."


def hold() -> None:
    """Skara's digitaliseringsråd has met today; V6 Chefsnätverk meets in a fortnight."""
    council = _called(Body.COUNCIL, "skara", timezone.localdate(), "Stadshuset, sal B", "council.skara", "lead.skara")
    _take_up(council)
    _called(Body.NETWORK, "v6", timezone.localdate() + FORTNIGHT, "På distans", "network", "coordinator")


def _called(body: Body, key: str, held_on: dt.date, place: str, chair: str, secretary: str) -> Meeting:
    """A meeting with the two that have waited longest, and something of its own."""
    people = {name: User.objects.get(username=name) for name in (chair, secretary)}
    organisation, by = Organisation.objects.get(key=key), people[secretary]
    when = When(held_on, dt.time(8, 30), place, people[chair], by)
    meeting = meetings.call(body=body, organisation=organisation, when=when, by=by)
    for case in waiting_for(Seat(body, organisation.pk), by)[:2]:
        meetings.add_case(meeting=meeting, case=case, by=by)
    meetings.add_heading(meeting=meeting, heading="Nästa möte", by=by)
    return meeting


def _take_up(meeting: Meeting) -> None:
    """Opened, every item ended, closed, and adjusted by the chair where the protocol can be drawn."""
    by = meeting.secretary
    meetings.open_meeting(meeting=meeting, by=by)
    stances = iter((Stance.APPROVE, Stance.REFER_BACK))
    for item in meeting.items.order_by("position"):
        said = meetings.Said(stance=next(stances), notes=NOTES) if item.case_id else meetings.Said()
        meetings.save_item(item=item, said=said, seen=0, by=by, ends=True)
    meetings.close(meeting=meeting, adjusters=[meeting.chair], ends_at=dt.time(10, 0), by=by)
    meeting.refresh_from_db()
    if pdf_available():
        seen = read_minutes(meeting).checksum
        meetings.adjust(meeting=meeting, seen=seen, by=meeting.chair, draw=draw_protocol)
