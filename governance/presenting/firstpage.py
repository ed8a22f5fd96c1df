"""What the first page shows below *Att göra*: one's own initiatives, the organisation's, and what has happened.

Every function is one statement.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse

from initiatives.models import Initiative, Watch
from v6portal.organizations.models import Organisation, User
from v6portal.organizations.roles import Kind, Role

from ..acts import Act
from ..models import Case, CaseQuerySet, Event, EventQuerySet
from ..statuses import OPEN, Status
from . import waiting
from .plain_words import LINES

SHOWN = 8
EVENTS_SHOWN = 6

NEWS = (Act.ANSWER_INTEREST, Act.JOIN, Act.LEAVE, Act.CHANGE_LEADER, Act.RECORD_ADOPTION, Act.DECIDE_COMMITMENT)
"""What is news besides a change of status."""

WITH_WHOM = {status: line.short for status, line in LINES.items() if line.short}
"""Whose turn it is, in words for the one who sent it in; nothing more happens in a status that is not here."""

SHORT = (
    "initiative__reference",
    "initiative__title",
    "initiative__organisation__key",
    "initiative__organisation__short_name",
    "status",
    "status_since",
)


@dataclass(frozen=True)
class Standing:
    """Where an initiative stands, as its submitter wants to know it."""

    case: Case

    @property
    def turn(self) -> str:
        """Whose turn it is, in a few words; empty when nothing more happens."""
        return str(WITH_WHOM.get(self.case.standing, ""))

    @property
    def url(self) -> str:
        page = "initiative_edit" if self.case.standing == Status.DRAFT else "initiative"
        return reverse(page, args=[self.case.initiative.reference])


def writing_home(user: User) -> Organisation | None:
    """The organisation a new initiative would belong to: the one acted in. In V6 itself none is written."""
    capacity = next(iter(user.capacities), None)
    if capacity is None or capacity.organisation.kind == Kind.COLLABORATION:
        return None
    return capacity.organisation


def usual_department(user: User, organisation: Organisation) -> str:
    """The förvaltning that the person's latest initiative in the organisation was for; empty for her first."""
    latest = Initiative.objects.filter(author=user, organisation=organisation, is_secret=False).exclude(department="")
    return latest.order_by("-created_at").values_list("department", flat=True).first() or ""


def insight_home(user: User) -> Organisation | None:
    """The organisation whose cases the person follows in her present capacity, if it lets her."""
    capacity = next(iter(user.capacities), None)
    if capacity is None or (capacity.role == Role.STAFF and not capacity.organisation.all_staff_read):
        return None
    return capacity.organisation


def _of(organisation: Organisation, prefix: str = "") -> Q:
    """What concerns the organisation: its own, and for V6 what has been sent there."""
    if organisation.kind == Kind.COLLABORATION:
        return Q(**{f"{prefix}shared_at__isnull": False})
    return Q(**{f"{prefix}organisation": organisation})


def register_query(organisation: Organisation) -> str:
    """The address's selection in the register of what concerns the organisation."""
    return "process=v6" if organisation.kind == Kind.COLLABORATION else f"organisation={organisation.key}"


def _short(cases: CaseQuerySet) -> list[Standing]:
    return [Standing(case) for case in cases.select_related("initiative__organisation").only(*SHORT)[:SHOWN]]


def written_by(user: User) -> list[Standing]:
    """The person's own initiatives, drafts among them, the newest first."""
    cases = Case.objects.visible_to(user).filter(waiting.written_by(user))
    return _short(cases.order_by("-initiative__created_at", "-pk"))


def watched_by(user: User) -> list[Standing]:
    """What the person watches and may still read, the latest change first."""
    cases = Case.objects.visible_to(user).filter(pk__in=Watch.objects.of(user).values("initiative"))
    return _short(cases.order_by("-status_since", "-pk"))


def going_on_in(organisation: Organisation, user: User) -> list[Standing]:
    """Open cases of the organisation, the latest change first."""
    cases = Case.objects.visible_to(user).filter(_of(organisation, "initiative__"), status__in=OPEN)
    return _short(cases.order_by("-status_since", "-pk"))


def happened_in(organisation: Organisation, user: User) -> list[Event]:
    """The latest changes of status and other news that concern the organisation."""
    events: EventQuerySet = Event.objects.visible_to(user)
    mine = _of(organisation, "case__initiative__") | Q(organisation=organisation)
    news = events.filter(mine).filter(~Q(to_status__in=["", Status.DRAFT]) | Q(kind__in=NEWS))
    return list(
        news.select_related("case__initiative", "organisation")
        .only(
            "kind",
            "word",
            "occurred_at",
            "organisation__short_name",
            "case__initiative__reference",
            "case__initiative__title",
        )
        .order_by("-id")[:EVENTS_SHOWN]
    )


def so_far(organisation: Organisation, first: dt.date, last: dt.date) -> dict[str, int]:
    """Counts for the half-year that runs: received (A1), sent to V6 (B1), and waiting for qualification today.

    An organisation's own; for V6 everybody's, as in the report, and waiting is what waits for V6.
    """
    everybody = organisation.kind == Kind.COLLABORATION
    initiatives = Initiative.objects.all() if everybody else Initiative.objects.filter(organisation=organisation)
    within = {"received": "submitted_on__range", "sent": "shared_on__range"}
    waits_in = (Status.V6_RECEIVED,) if everybody else (Status.SUBMITTED, Status.V6_RECEIVED)
    return initiatives.aggregate(
        **{name: Count("pk", filter=Q(**{column: (first, last)})) for name, column in within.items()},
        waiting=Count("pk", filter=Q(case__status__in=waits_in)),
    )
