"""Reminders: written once a day for what waits on somebody's *Att göra*, and told as it stands when they are sent.

When something is to be reminded of stands in ``governance.reminding``. One that was not written in time, because the
worker was away, is written when it is back: the latest that was due, and never the same twice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from v6portal.organizations.models import Membership, User

from ..actions.notifying import reachable
from ..acts import Act
from ..attempts import latest_digest
from ..models import Case, Event, FollowUp, Notice, ReminderRound
from ..notices import NoticeKind
from ..presenting.numbers import in_days
from ..presenting.todo import Waiting, described, in_order
from ..reminding import days_to_remind
from .items import Item
from .letters import Reading, address_of, neutral, reading_of

BEFORE_THE_DIGEST = dt.timedelta(minutes=30)
"""So that the reminders of a day are in the digest of the day."""


DUE_BESIDES: list[Callable[[dt.date], list[Notice]]] = []
"""What else is due by the day: each of an event about no case, told by its ``letters.TELLERS``; filled by the later
apps whose the events are."""

_NEWEST_MOVE = Event.objects.moves().filter(case=OuterRef("case")).order_by("-id").values("pk")[:1]
BROUGHT_IN = Event.objects.filter(
    case=OuterRef("pk"), pk=Subquery(_NEWEST_MOVE), recorded_at__gt=F("occurred_at") + dt.timedelta(days=1)
)
"""What stands where it did before the portal, written down long after: nobody is reminded of it until somebody has
taken a step."""
ASKED = FollowUp.objects.waiting().filter(case=OuterRef("pk"))
"""Asked for by an införande that was registered here, wherever the case stood before the portal."""


def write_reminders() -> int:
    """Makes the day's pass if it is due and not made, and returns how many reminders it wrote."""
    now = timezone.localtime()
    day = latest_digest(now + BEFORE_THE_DIGEST, settings.MAIL_DIGEST_AT).date()
    if ReminderRound.objects.filter(day=day).exists():
        return 0
    with transaction.atomic():
        _round, is_new = ReminderRound.objects.get_or_create(day=day, defaults={"made_at": now})
        if not is_new:
            return 0
        written = [notice for person in _people() for notice in _due(person, day)]
        written += [notice for due in DUE_BESIDES for notice in due(day)]
        Notice.objects.bulk_create(written, ignore_conflicts=True)
    return len(written)


def _people() -> list[User]:
    """Those for whom something can wait: people who can be reached and have a role today."""
    with_a_role = Membership.objects.current().values("user_id")
    return list(reachable().filter(pk__in=with_a_role).order_by("pk"))


def _due(person: User, day: dt.date) -> list[Notice]:
    """One for each case with something to remind the person of by the day, however many roles she has."""
    found, now = [], timezone.now()
    told = in_order(person).filter(~Q(Exists(BROUGHT_IN)) | Q(Exists(ASKED)))
    for waiting in described(told, person):
        if days := [one for one in _days(waiting) if one <= day]:
            due = days[-1]
            found.append(
                Notice(recipient=person, case=waiting.case, kind=NoticeKind.REMINDER, remind_on=due, written_at=now)
            )
    return found


def _days(waiting: Waiting) -> list[dt.date]:
    """The days so far on which to remind of it; none where it has no last day."""
    if waiting.deadline is None:
        return []
    act = waiting.line.act
    kinds = {"is_inquiry": act == Act.ANSWER_INTEREST, "is_follow_up": act == Act.CONFIRM_BENEFIT}
    return days_to_remind(waiting.since, waiting.deadline, waiting.today, **kinds)


def reminder_for(notice: Notice) -> Item | None:
    """What waits, as it may be told now; None when it is done, is to be done by another day, or may not be told."""
    case, person = notice.case, notice.recipient
    if case is None:
        return None
    reading = reading_of(case.initiative, person)
    waiting = _still_waiting(case, person)
    if reading is Reading.NOTHING or waiting is None or notice.remind_on not in _days(waiting):
        return None
    why = _("Du får mejlet för att det väntar på dig på Att göra.")
    return neutral(why) if reading is Reading.THAT_SOMETHING_HAPPENED else _told(waiting, case, why)


def _still_waiting(case: Case, person: User) -> Waiting | None:
    found = described(in_order(person).filter(pk=case.pk), person)
    return found[0] if found else None


def _told(waiting: Waiting, case: Case, why: str) -> Item:
    what = str(waiting.line.what)
    return Item(
        subject=_("Påminnelse: %s") % what,
        told=_how_long(waiting),
        url=address_of(waiting.url),
        why=why,
        title=" ".join(case.initiative.title.split()),
        reference=case.initiative.reference,
        then=_("Det som väntar: %s.") % (what[:1].lower() + what[1:]).rstrip("?."),
    )


def _how_long(waiting: Waiting) -> str:
    assert waiting.deadline is not None  # noqa: S101 - only what has a last day is reminded of
    day, left = date_format(waiting.deadline, "j F Y"), (waiting.deadline - waiting.today).days
    if left > 0:
        return _("Sista dag är den %(day)s, om %(left)s.") % {"day": day, "left": in_days(left)}
    if left == 0:
        return _("Sista dag är i dag, den %(day)s.") % {"day": day}
    return _("Det skulle ha varit gjort den %(day)s, för %(late)s sedan.") % {"day": day, "late": in_days(-left)}
