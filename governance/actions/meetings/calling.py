"""Calling a meeting, changing it, calling it off, and who was there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from v6portal.organizations.errors import Refused
from v6portal.organizations.models import Organisation, User

from ...acts import Act
from ...meetings import Body, MeetingStatus, Seat, leads
from ...models import Attendance, Event, Meeting, Series
from ...reading import by_role_only
from .door import Person, locked, noted

PREFIX = {Body.COUNCIL: "DR", Body.NETWORK: "CN", Body.DELIVERY: "LG", Body.ORDER_GROUP: "BG"}
KEY_LENGTH = 6
"""As much of the kommun's key as goes into a reference, which the log holds to twenty characters."""


@dataclass(frozen=True)
class When:
    """When, where and who leads."""

    held_on: dt.date
    starts_at: dt.time
    place: str
    chair: User
    secretary: User


@transaction.atomic
def call(*, body: Body, organisation: Organisation, when: When, by: User) -> Meeting:
    """A new meeting with the next number of the group's year. Refused to those who do not lead the group."""
    if not leads(Seat(body, organisation.pk), by_role_only(by)):
        raise Refused(_("Du kan inte kalla till det organets möten i den roll du har nu."))
    series = locked_series(body, organisation, when.held_on.year)
    series.meetings += 1
    series.save(update_fields=["meetings"])
    meeting = Meeting(series=series, body=body, organisation=organisation, year=series.year, number=series.meetings)
    meeting.reference = _reference(meeting)
    _set(meeting, when)
    meeting.save()
    noted(Act.CALL_MEETING, meeting, by, body=body, held_on=when.held_on, starts_at=when.starts_at, place=when.place)
    return meeting


def locked_series(body: str, organisation: Organisation, year: int) -> Series:
    """The row that numbers are given from, locked until the transaction ends."""
    Series.objects.get_or_create(body=body, organisation=organisation, year=year)
    return Series.objects.select_for_update().get(body=body, organisation=organisation, year=year)


def _reference(meeting: Meeting) -> str:
    key = meeting.organisation.key[:KEY_LENGTH].upper()
    parts = [PREFIX[Body(meeting.body)], key] if meeting.body == Body.COUNCIL else [PREFIX[Body(meeting.body)]]
    return "-".join([*parts, str(meeting.year), str(meeting.number)])


def _set(meeting: Meeting, when: When) -> None:
    meeting.held_on, meeting.starts_at, meeting.place = when.held_on, when.starts_at, when.place
    meeting.chair, meeting.chair_name = when.chair, str(when.chair)
    meeting.secretary, meeting.secretary_name = when.secretary, str(when.secretary)


@transaction.atomic
def change(*, meeting: Meeting, when: When, by: User) -> Event:
    """Another day, place or person. A meeting stays in its year: its number belongs to it."""
    meeting = locked(meeting, Act.CHANGE_MEETING, by)
    if meeting.status != MeetingStatus.PLANNED:
        raise Refused(_("Mötet har öppnats. Dag, plats och personer ändras inte längre."))
    if when.held_on.year != meeting.year:
        raise Refused(_("Mötet hör till år %(year)d. Lägg in ett nytt möte för ett annat år.") % {"year": meeting.year})
    _set(meeting, when)
    meeting.save()
    return noted(Act.CHANGE_MEETING, meeting, by, held_on=when.held_on, starts_at=when.starts_at, place=when.place)


@transaction.atomic
def call_off(*, meeting: Meeting, by: User) -> Event:
    """The meeting will not be held; its number is not given to another."""
    meeting = locked(meeting, Act.CHANGE_MEETING, by)
    if meeting.status != MeetingStatus.PLANNED:
        raise Refused(_("Ett möte som har öppnats kan inte ställas in."))
    meeting.status = MeetingStatus.CANCELLED
    meeting.save()
    return noted(Act.CHANGE_MEETING, meeting, by, cancelled=True)


@transaction.atomic
def record_attendance(*, meeting: Meeting, people: Sequence[Person], by: User, at: dt.datetime | None = None) -> Event:
    """Who is there, from and to. A person who is not named any more is not present; no row is taken away."""
    meeting = locked(meeting, Act.CHANGE_MEETING, by)
    if meeting.status != MeetingStatus.ONGOING:
        raise Refused(_("Närvaron antecknas när mötet har öppnats."))
    known = {(row.user_id, row.name if row.user_id is None else ""): row for row in meeting.attendance.all()}
    for person in people:
        if person.present_from and person.present_to and person.present_to < person.present_from:
            raise Refused(_("%(name)s kan inte gå före ankomsten. Rätta tiderna.") % {"name": person.name})
        key = (person.user.pk if person.user else None, "" if person.user else person.name)
        row = known.setdefault(key, Attendance(meeting=meeting, user=person.user))
        row.name, row.capacity, row.organisation = person.name, person.capacity, person.organisation
        row.is_present = person.is_present
        row.present_from, row.present_to = person.present_from, person.present_to
        row.save()
    present = [row.name for row in known.values() if row.is_present]
    return noted(Act.CHANGE_MEETING, meeting, by, at or timezone.now(), present=len(present))
