"""Att göra: what waits for a person, and how the database is asked for it.

What waits where is one table, ``todo_table``. A case waits for a person with one thing at a time, the first line that
fits. Source: docs/process.md, *Allas första sida*.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Case as Choose
from django.db.models import DateField, F, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Greatest
from django.utils import timezone

from v6portal.organizations.expressions import LocalDate
from v6portal.organizations.models import Membership, User

from ..acts import Act
from ..models import Case, CaseQuerySet, ProcessSettings, Stage
from ..statuses import REALISING, Status
from ..who import At, Who
from . import waiting as w
from .todo_table import LINES, Line


@dataclass
class Ground:
    """Why cases concern a person: where they belong, and the lines that may wait for her there."""

    place: Q
    lines: list[tuple[int, Q]]

    @property
    def condition(self) -> Q:
        """The place and any of the lines; those that ask for nothing more come first, for they cost nothing."""
        return self.place & reduce(or_, (q for _number, q in sorted(self.lines, key=lambda line: len(line[1]))))


def _places(who: Who, capacity: Membership) -> tuple[Q, ...]:
    """The cases that a role is meant in, for its holder in one organisation: any of the conditions."""
    if who.role != capacity.role:
        return ()
    match who.at:
        case At.OWN:
            return (w.own(capacity.organisation_id),)
        case At.LEADING:
            return w.led_by(capacity.organisation_id)
        case At.PARTICIPANT:
            return (w.taken_part_in_by(capacity.organisation_id),)
        case At.KOMMUN:
            return (Q(),) if capacity.organisation.is_kommun else ()
        case At.ANYWHERE:
            return (Q(),)


def _grounds(user: User, act: Act | None = None) -> list[Ground]:
    """Everything, or all of one act, that may concern the person in her present capacity, each place once."""
    found: dict[tuple[object, ...], Ground] = {}

    def note(key: tuple[object, ...], place: Q, number: int, line: Line, organisation: int) -> None:
        condition = Q(status__in=line.statuses) & line.when(user, organisation)
        found.setdefault(key, Ground(place, [])).lines.append((number, condition))

    for number, line in enumerate(LINES):
        for who in line.who if act in (None, line.act) else ():
            if who.role is None:
                note((user,), w.written_by(user), number, line, 0)
            for capacity in user.capacities:
                for part, place in enumerate(_places(who, capacity)):
                    note((who.at, part, capacity), place, number, line, capacity.organisation_id)
    return list(found.values())


ORDER = ("is_draft", "since", "status_since", "pk")
"""What others wait for first, one's own drafts last; the oldest of each first."""

COLUMNS = (
    "status",
    "status_since",
    "interest_deadline",
    "review_on",
    "initiative__reference",
    "initiative__title",
    "initiative__department",
    "initiative__organisation__short_name",
)


@dataclass(frozen=True)
class Waiting:
    """One row on *Att göra*."""

    case: Case
    line: Line
    since: dt.date
    deadline: dt.date | None
    today: dt.date

    @property
    def days(self) -> int:
        return (self.today - self.since).days

    @property
    def days_late(self) -> int:
        """Days past the deadline; 0 when there is none or it has not passed."""
        return max((self.today - self.deadline).days, 0) if self.deadline else 0

    @property
    def url(self) -> str:
        return self.line.url(self.case.initiative.reference)


def waiting_for(user: User, act: Act | None = None) -> CaseQuerySet:
    """The cases in which something, or one act, waits for the person in the capacity she acts in."""
    visible = Case.objects.visible_to(user)
    parts = [visible.filter(ground.condition) for ground in _grounds(user, act)]
    if len(parts) < 2:
        return parts[0] if parts else Case.objects.none()
    # One subquery a ground lets each use its own index, which an OR of them all would not.
    return Case.objects.filter(reduce(or_, (Q(pk__in=part.values("pk")) for part in parts)))


def _with_since(cases: CaseQuerySet) -> CaseQuerySet:
    """Each with ``since``, the date it has waited from: the planned end of a stage that is late, the end of the latest
    one where none goes on, else the status."""
    stages = Stage.objects.filter(case=OuterRef("pk"))
    planned = stages.ongoing().order_by("planned_end").values("planned_end")[:1]
    ended = stages.filter(end__isnull=False).order_by("-end").values("end")[:1]
    entered = LocalDate("status_since")
    late = Q(status__in=REALISING, planned_end__lt=timezone.localdate())
    idle = When(status__in=REALISING, then=Greatest(Subquery(ended), entered))
    return cases.annotate(planned_end=Subquery(planned)).annotate(
        since=Choose(When(late, then=F("planned_end")), idle, default=entered, output_field=DateField()),
        is_draft=Choose(When(status=Status.DRAFT, then=Value(1)), default=Value(0), output_field=IntegerField()),
    )


def in_order(user: User) -> CaseQuerySet:
    """The same cases, longest waiting first; one's own drafts after what others wait for."""
    return _with_since(waiting_for(user)).order_by(*ORDER)


def described(cases: CaseQuerySet, user: User) -> list[Waiting]:
    """What waits in each of these cases, a page of ``in_order``. Three statements."""
    lines = [
        When(ground.place & condition, then=Value(number))
        for number, ground, condition in sorted(
            ((number, ground, condition) for ground in _grounds(user) for number, condition in ground.lines),
            key=lambda found: found[0],
        )
    ]
    if not lines:
        return []
    # The ids first: for so few cases every condition is then a look in an index.
    page = _with_since(Case.objects.filter(pk__in=list(cases.values_list("pk", flat=True))))
    rows = page.annotate(line=Choose(*lines, default=Value(-1), output_field=IntegerField()))
    today = timezone.localdate()
    settings = ProcessSettings.objects.on(today)
    return [
        Waiting(case, LINES[case.line], case.since, LINES[case.line].deadline(case, settings), today)  # type: ignore[attr-defined]
        for case in rows.select_related("initiative__organisation").only(*COLUMNS).order_by(*ORDER)
    ]
