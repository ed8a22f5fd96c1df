"""Who shall hear of an act: written down in the act's own transaction, told by the worker when it has committed."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone
from procrastinate.contrib.django import app

from initiatives.models import Initiative
from v6portal.organizations.models import Membership, User
from v6portal.organizations.roles import Role

from ..facts import CaseFacts
from ..models import Case, Event, Handing, MailChoice, Notice
from ..notices import Delivery, Hears, Line, NoticeKind, lines_of
from ..reading import holders_of, read_facts

DELIVER = "governance.deliver"
"""The worker's task; see ``governance.mail.jobs``."""


def notify(event: Event, *, case: Case, by: User, before: CaseFacts) -> int:
    """Writes a notice to each who shall hear of the event, and returns how many. ``before`` are the facts that the act
    was taken on.

    At most three statements however many they are, one more for a stage and where the leads hear too; for what is told
    to those who hold a role, the facts as they are now besides. Whether a person may still see the initiative, and how
    she wants her mail, is asked at the moment of sending.
    """
    kinds: dict[int, str] = {}
    lines = lines_of(event.kind)
    after = read_facts(_as_written(case)) if any(line.to for line in lines) else before
    for line in lines:
        if _is_told(line, case) and line.when(before, after):
            for recipient in _who_hear(line, event, case, by, after).values_list("pk", flat=True):
                kinds.setdefault(recipient, line.kind)
    if not kinds:
        return 0
    now = timezone.now()
    notices = Notice.objects.bulk_create(
        Notice(event=event, recipient_id=recipient, kind=kind, written_at=now) for recipient, kind in kinds.items()
    )
    app.configure_task(DELIVER).defer(event=event.pk)
    return len(notices)


def notify_people(event: Event, people: QuerySet[User], kind: NoticeKind) -> int:
    """The same of an event that is about no case, to those whom the act itself names; returns how many."""
    unwanted = MailChoice.objects.filter(kind=kind, delivery=Delivery.NEVER).values("user_id")
    told = reachable().filter(pk__in=people.values("pk")).exclude(pk__in=unwanted)
    now = timezone.now()
    notices = Notice.objects.bulk_create(
        Notice(event=event, recipient_id=recipient, kind=kind, written_at=now)
        for recipient in told.order_by("pk").values_list("pk", flat=True)
    )
    if notices:
        app.configure_task(DELIVER).defer(event=event.pk)
    return len(notices)


def _as_written(case: Case) -> Case:
    """The case read again: what hangs on it may have changed with the act."""
    return Case.objects.select_related("initiative__organisation", "it_assessment").get(pk=case.pk)


def _is_told(line: Line, case: Case) -> bool:
    if not line.first_stage_in:
        return True
    return case.standing in line.first_stage_in and case.stages.count() == 1


def _who_hear(line: Line, event: Event, case: Case, by: User, facts: CaseFacts) -> QuerySet[User]:
    """Those who shall, less those who cannot be reached or have said no to the kind."""
    heard_by = Q(pk=by.pk) if Hears.ACTOR in line.hears else Q(pk__in=[])
    if Hears.AUTHORS in line.hears:
        together = Initiative.co_authors.through.objects.filter(initiative=case.pk).values("user_id")
        heard_by |= Q(pk=case.initiative.author_id) | Q(pk__in=together)
    if Hears.WATCHERS in line.hears:
        heard_by |= Q(pk__in=case.initiative.watches.values("user_id"))
    if Hears.LEADS in line.hears:
        leads = Membership.objects.current().with_role(Role.LEAD).filter(organisation=case.initiative.organisation_id)
        heard_by |= Q(pk__in=leads.values("user_id"))
    if Hears.COLLEAGUE in line.hears:
        heard_by |= Q(pk__in=Handing.objects.held().filter(event=event).values("handed_to"))
    if line.to:
        holders = holders_of(line.to, facts)
        if line.spares_participants:
            holders = holders.exclude(organisation__in=facts.participants)
        heard_by |= Q(pk__in=holders.values("user_id"))
    people = reachable().filter(heard_by)
    if Hears.ACTOR not in line.hears:
        people = people.exclude(pk=by.pk)
    unwanted = MailChoice.objects.filter(kind=line.kind, delivery=Delivery.NEVER).values("user_id")
    return people.exclude(pk__in=unwanted)


def reachable() -> QuerySet[User]:
    """People who can be sent mail at all: with an address and an open account; of the demo's, in demo mode only."""
    people = User.objects.filter(is_active=True).exclude(email="")
    return people if settings.DEMO else people.filter(is_demo=False)
