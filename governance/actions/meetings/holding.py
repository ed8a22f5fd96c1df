"""While the meeting goes on: opening it, where it is, and what is said at each item."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from v6portal.organizations.errors import Refused
from v6portal.organizations.models import Organisation, User
from v6portal.organizations.roles import Role

from ...acts import Act
from ...agendas import suggested
from ...meetings import MeetingStatus
from ...models import AgendaItem, Attendance, Case, Event, ItemConflict, ItemStance, Meeting, Stance
from ..log import OnBehalf
from ..perform import perform
from .calling import locked_series
from .door import called, locked, noted


@dataclass(frozen=True)
class Said:
    """What was said at an item."""

    stance: Stance | None = None
    recommendation: str = ""
    notes: str = ""
    voices: Mapping[Organisation, Stance | None] = field(default_factory=dict)
    conflicts: Collection[int] = ()
    """The rows of attendance of those who have jäv."""


@transaction.atomic
def open_meeting(*, meeting: Meeting, by: User, at: dt.datetime | None = None) -> Event:
    """The meeting begins: those who belong there stand on the list of attendance, to be ticked off."""
    meeting = locked(meeting, Act.OPEN_MEETING, by)
    meeting.status, meeting.opened_at = MeetingStatus.ONGOING, at or timezone.now()
    meeting.current = meeting.items.order_by("position").first()
    meeting.save()
    leading = (meeting.chair_id, meeting.secretary_id)
    Attendance.objects.bulk_create(
        Attendance(
            meeting=meeting,
            user=person.user,
            name=person.name,
            capacity=person.capacity,
            organisation=person.organisation,
            is_present=person.user is not None and person.user.pk in leading,
        )
        for person in called(meeting)
    )
    return noted(Act.OPEN_MEETING, meeting, by, at)


@transaction.atomic
def go_to(*, item: AgendaItem, by: User) -> None:
    """The meeting is at the item now, for everybody who follows it. Nothing is said of it in the log."""
    meeting = locked(item.meeting, Act.TAKE_UP, by)
    if meeting.status == MeetingStatus.ONGOING:
        meeting.current = item
        meeting.save(update_fields=["current"])


@transaction.atomic
def save_item(
    *, item: AgendaItem, said: Said, seen: int, by: User, ends: bool = False, at: dt.datetime | None = None
) -> AgendaItem:
    """Writes down what was said. ``seen`` is the version she had before her: the later of two is told.

    An empty recommendation with a stance becomes the sentence of the template. ``ends`` gives the item its paragraph
    and makes what was said of a case an event of the case; an item that has ended and is put right does so again.
    """
    at = at or timezone.now()
    meeting = locked(item.meeting, Act.TAKE_UP, by)
    item = (
        AgendaItem.objects.select_for_update(of=("self",), no_key=True)
        .select_related("case__initiative", "event")
        .get(pk=item.pk)
    )
    item.meeting = meeting
    if item.case and not Case.objects.visible_to(by).filter(pk=item.case_id).exists():
        raise Refused(_("Du får inte läsa initiativet, så någon annan behöver skriva in vad som sägs."))
    if item.version != seen:
        raise Refused(_told_who(item))
    if said.stance and item.case_id is None:
        raise Refused(_("En punkt som inte gäller ett initiativ får ingen rekommendation. Skriv i anteckningarna."))
    item.stance, item.notes = said.stance or "", said.notes
    _write_voices(item, said.voices)
    _write_conflicts(item, said.conflicts)
    item.recommendation = said.recommendation or suggested(item, said.stance)
    item.version, item.saved_by_name, item.saved_at = item.version + 1, str(by), at
    if ends or item.ended_at:
        _end(item, by, at)
    item.save()
    return item


def _told_who(item: AgendaItem) -> str:
    when = date_format(timezone.localtime(item.saved_at), "H.i") if item.saved_at else ""
    told = _("%(who)s sparade punkten %(when)s medan du skrev. Det du skrev står kvar: jämför och spara igen.")
    return told % {"who": item.saved_by_name, "when": when}


def _write_voices(item: AgendaItem, voices: Mapping[Organisation, Stance | None]) -> None:
    for organisation, stance in voices.items():
        ItemStance.objects.update_or_create(item=item, organisation=organisation, defaults={"stance": stance or ""})


def _write_conflicts(item: AgendaItem, conflicts: Collection[int]) -> None:
    present = {row.pk: row for row in item.meeting.attendance.all()}
    for pk, row in present.items():
        if pk in conflicts:
            ItemConflict.objects.update_or_create(item=item, attendance=row, defaults={"holds": True})
        else:
            ItemConflict.objects.filter(item=item, attendance=row, holds=True).update(holds=False)


def _end(item: AgendaItem, by: User, at: dt.datetime) -> None:
    if item.paragraph is None:
        number(item)
    if item.ended_at is None:
        item.ended_at = at
    if item.case is not None:
        item.heading = item.case.initiative.title
        if _says_more(item):
            item.event = _performed(item, by)
    _go_on(item)


def number(item: AgendaItem) -> None:
    """The next paragraph of the group's year. The series is locked: two at once never get the same."""
    meeting = item.meeting
    series = locked_series(meeting.body, meeting.organisation, meeting.year)
    series.paragraphs += 1
    series.save(update_fields=["paragraphs"])
    item.series, item.paragraph = series, series.paragraphs


def _says_more(item: AgendaItem) -> bool:
    """Whether the case's log does not say yet what the item says now."""
    before = item.event
    return before is None or (before.data.get("stance", ""), before.text) != (item.stance, item.recommendation)


def _performed(item: AgendaItem, by: User) -> Event:
    """The group's act on the case, written down by the person: a recommendation, or that it was taken up."""
    assert item.case is not None  # noqa: S101 - asked before
    meeting = item.meeting
    given = {
        "meeting": meeting.reference,
        "paragraph": item.spoken_paragraph,
        "motivation": item.recommendation,
        **({"stance": Stance(item.stance)} if item.stance else {}),
    }
    act = Act.RECOMMEND if item.stance else Act.TAKE_UP
    group = OnBehalf(meeting.organisation, Role(meeting.body))
    return perform(act, case=item.case, by=by, given=given, on_behalf=group)


def _go_on(item: AgendaItem) -> None:
    """The meeting goes on to the first item that has not ended."""
    meeting = item.meeting
    if meeting.status == MeetingStatus.ONGOING:
        left = meeting.items.filter(ended_at__isnull=True).exclude(pk=item.pk)
        meeting.current = left.filter(position__gt=item.position).first() or left.first()
        meeting.save(update_fields=["current"])
