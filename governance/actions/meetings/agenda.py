"""The agenda, until the meeting is opened; while it goes on, only more can be added."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from v6portal.organizations.errors import Refused
from v6portal.organizations.models import User

from ...acts import Act
from ...meetings import MeetingStatus, may_take_up
from ...models import AgendaItem, Case, Event, Meeting
from .door import locked, noted


@transaction.atomic
def add_case(*, meeting: Meeting, case: Case, by: User) -> AgendaItem:
    """The case last on the agenda. Refused where she may not read it, or it is not the group's to take up."""
    meeting = locked(meeting, Act.CHANGE_MEETING, by)
    visible = Case.objects.visible_to(by).exclude(initiative__submitted_at__isnull=True)
    found = visible.select_related("initiative__organisation").filter(pk=case.pk).first()
    if found is None:
        raise Refused(_("Det finns inget initiativ med den referensen bland dem du får läsa."))
    initiative = found.initiative
    if not may_take_up(meeting.seat, own=initiative.organisation_id, is_shared=initiative.is_shared):
        raise Refused(_("Initiativet har inte skickats till V6 och kan inte tas upp av %s.") % meeting.body_name)
    if meeting.items.filter(case=found).exists():
        raise Refused(_("Initiativet står redan på dagordningen."))
    item = AgendaItem.objects.create(meeting=meeting, case=found, position=_last(meeting) + 1)
    noted(Act.CHANGE_MEETING, meeting, by, added=initiative)
    return item


@transaction.atomic
def add_heading(*, meeting: Meeting, heading: str, by: User) -> AgendaItem:
    """An item that is about no case, last on the agenda."""
    meeting = locked(meeting, Act.CHANGE_MEETING, by)
    item = AgendaItem.objects.create(meeting=meeting, heading=heading, position=_last(meeting) + 1)
    noted(Act.CHANGE_MEETING, meeting, by, added=item.position)
    return item


def _last(meeting: Meeting) -> int:
    return meeting.items.aggregate(last=Max("position"))["last"] or 0


@transaction.atomic
def remove_item(*, meeting: Meeting, item: AgendaItem, by: User) -> Event:
    """Away from the agenda, while the meeting is planned; those after it move up."""
    meeting = _planned(meeting, by)
    if not meeting.items.filter(pk=item.pk).exists():
        raise Refused(_("Punkten finns inte längre på dagordningen."))
    meeting.items.filter(pk=item.pk).delete()
    _number(list(meeting.items.order_by("position")))
    return noted(Act.CHANGE_MEETING, meeting, by, removed=item.position)


@transaction.atomic
def put_in_order(*, meeting: Meeting, items: Sequence[int], by: User) -> Event:
    """The agenda in the order of the numbers; an item that somebody has added since comes last, as it stood."""
    meeting = _planned(meeting, by)
    wanted = {pk: place for place, pk in enumerate(items)}
    rows = sorted(meeting.items.all(), key=lambda item: (wanted.get(item.pk, len(wanted)), item.position))
    _number(rows)
    return noted(Act.CHANGE_MEETING, meeting, by, ordered=len(rows))


def _planned(meeting: Meeting, by: User) -> Meeting:
    meeting = locked(meeting, Act.CHANGE_MEETING, by)
    if meeting.status != MeetingStatus.PLANNED:
        raise Refused(_("Mötet har öppnats. Punkter tas inte bort och flyttas inte längre."))
    return meeting


def _number(rows: Sequence[AgendaItem]) -> None:
    for place, item in enumerate(rows, start=1):
        item.position = place
    AgendaItem.objects.bulk_update(rows, ["position"])
