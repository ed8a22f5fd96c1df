"""Closing a meeting, and adjusting its protocol until it is signed and frozen."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Collection

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from v6portal.organizations.errors import Refused, refuse_if
from v6portal.organizations.models import User

from ...acts import Act
from ...meetings import MeetingStatus, cannot_adjust
from ...minutes import read_minutes
from ...models import Adjuster, Event, Meeting, Protocol
from .door import locked, noted, read_meeting_facts
from .holding import number

Drawing = Callable[[Meeting], bytes]
"""Draws the protocol of a meeting, whole, as a PDF."""


@transaction.atomic
def close(
    *, meeting: Meeting, adjusters: Collection[User], ends_at: dt.time, by: User, at: dt.datetime | None = None
) -> Event:
    """The meeting ends. What was not taken up gets its paragraph and is put off; the adjusters are named."""
    meeting = locked(meeting, Act.CLOSE_MEETING, by)
    if ends_at < meeting.starts_at:
        raise Refused(_("Mötet kan inte sluta innan det har börjat."))
    refuse_if(cannot_adjust(read_meeting_facts(meeting), [user.pk for user in adjusters]))
    for item in meeting.items.filter(paragraph__isnull=True).select_related("case__initiative").order_by("position"):
        item.meeting = meeting
        item.heading = item.case.initiative.title if item.case else item.heading
        number(item)
        item.save()
    Adjuster.objects.bulk_create(Adjuster(meeting=meeting, user=user, name=str(user)) for user in adjusters)
    meeting.status, meeting.closed_at, meeting.ends_at = MeetingStatus.CLOSED, at or timezone.now(), ends_at
    meeting.current = None
    meeting.save()
    return noted(Act.CLOSE_MEETING, meeting, by, at, adjusters=[str(user) for user in adjusters])


@transaction.atomic
def replace_adjuster(
    *, meeting: Meeting, leaving: User, instead: User, by: User, at: dt.datetime | None = None
) -> Event:
    """Somebody else who was there adjusts instead of one who cannot, until anybody has adjusted: the names are part
    of what they adjust. Who may is the same as who puts the items right."""
    meeting = locked(meeting, Act.TAKE_UP, by)
    if meeting.status != MeetingStatus.CLOSED:
        raise Refused(_("Justerare byts när mötet är avslutat."))
    facts = read_meeting_facts(meeting)
    row = meeting.adjusters.filter(user=leaving).first()
    if row is None or instead.pk in facts.adjusters:
        raise Refused(_("Justerarna har ändrats sedan du öppnade sidan. Välj igen."))
    refuse_if(cannot_adjust(facts, [instead.pk]))
    left = row.name
    row.user, row.name = instead, str(instead)
    row.save(update_fields=["user", "name"])
    return noted(Act.CHANGE_MEETING, meeting, by, at, adjuster=row.name, instead_of=left)


@transaction.atomic
def adjust(*, meeting: Meeting, seen: str, by: User, draw: Drawing, at: dt.datetime | None = None) -> Event:
    """One adjuster's signature, by her own account. The last one's signs the meeting and keeps the file for ever.

    ``seen`` is the checksum of the protocol as she may read it, and of nothing more: an item that she may not read has
    no words in it, and she does not stand for them. Refused if it says something else by now.
    """
    at = at or timezone.now()
    meeting = locked(meeting, Act.ADJUST_PROTOCOL, by)
    checksum = read_minutes(meeting, by).checksum
    if seen != checksum:
        raise Refused(_("Protokollet har ändrats sedan du öppnade det. Läs det igen innan du justerar."))
    meeting.adjusters.filter(user=by).update(adjusted_at=at, checksum=checksum)
    is_last = not meeting.adjusters.filter(adjusted_at__isnull=True).exists()
    if is_last:
        _sign(meeting, at, draw)
    return noted(Act.ADJUST_PROTOCOL, meeting, by, at, checksum=checksum, signed=is_last or None)


def _sign(meeting: Meeting, at: dt.datetime, draw: Drawing) -> None:
    meeting.status, meeting.signed_at = MeetingStatus.SIGNED, at
    content, checksum = draw(meeting), read_minutes(meeting).checksum
    sha256 = hashlib.sha256(content).hexdigest()
    Protocol.objects.create(meeting=meeting, content=content, sha256=sha256, checksum=checksum)
    meeting.save()
