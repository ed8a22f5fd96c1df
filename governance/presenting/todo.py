"""Att göra: what waits for a person, and how the database is asked for it.

What waits where is one table, ``todo_table``. A case waits for a person with one thing at a time, the first line that
fits. Source: docs/process.md, *Allas första sida*.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Case as Choose
from django.db.models import DateField, Exists, F, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Greatest, JSONObject
from django.utils import timezone

from v6portal.organizations.expressions import LocalDate
from v6portal.organizations.models import Membership, User

from ..acts import Act
from ..models import Case, CaseQuerySet, FollowUp, Handing, ProcessSettings, Stage
from ..statuses import REALISING, Status
from ..who import At, Who
from . import waiting as w
from .todo_table import IN_USE, LINES, Line


@dataclass
class Ground:
    """Why cases concern a person: where they belong, and the lines that may wait for her there."""

    place: Q
    lines: list[tuple[int, Q]]
    given_away: Q
    """That a colleague in the same organisation has been asked to take what waits there."""

    @property
    def condition(self) -> Q:
        """The place and any of the lines, less what a colleague has."""
        personal, handable = self._any(may_be_handed=False), self._any(may_be_handed=True)
        if handable is None:
            return self.place & (personal or Q())
        hers = handable & ~self.given_away
        return self.place & (hers if personal is None else personal | hers)

    @property
    def kept(self) -> Q | None:
        """What a colleague has instead; None where nothing can be handed."""
        handable = self._any(may_be_handed=True)
        return None if handable is None else self.place & handable & self.given_away

    def line(self, number: int, condition: Q) -> Q:
        """When one of the lines is what waits for her."""
        mine = condition & ~self.given_away if LINES[number].may_be_handed else condition
        return self.place & mine

    def _any(self, *, may_be_handed: bool) -> Q | None:
        """Any of the lines; those that ask for nothing more come first, for they cost nothing."""
        lines = [q for number, q in self.lines if LINES[number].may_be_handed is may_be_handed]
        return reduce(or_, sorted(lines, key=len)) if lines else None


def places(who: Who, capacity: Membership) -> tuple[Q, ...]:
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
        ground = found.setdefault(key, Ground(place, [], w.given_away(user, organisation)))
        ground.lines.append((number, condition))

    for number, line in enumerate(LINES):
        for who in line.who if act in (None, line.act) else ():
            if who.role is None:
                note((user,), w.written_by(user), number, line, 0)
            for capacity in user.capacities:
                for part, place in enumerate(places(who, capacity)):
                    note((who.at, part, capacity), place, number, line, capacity.organisation_id)
    return list(found.values())


ORDER = ("turn", "since", "status_since", "pk")
"""What a colleague has asked one to take, then what else others wait for, one's own drafts last; the oldest first."""

KEPT_SHOWN = 20

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
    asked: Mapping[str, Any] | None = None
    """Who has asked her to take it (``by``), or who has it instead of her (``to``), since when and in which words."""

    @property
    def days(self) -> int:
        return (self.today - self.since).days

    @property
    def days_late(self) -> int:
        """Days past the deadline; 0 when there is none or it has not passed."""
        return max((self.today - self.deadline).days, 0) if self.deadline else 0

    @property
    def due(self) -> str:
        """Late, today or ahead; empty where there is no deadline."""
        if self.deadline is None:
            return ""
        return "late" if self.days_late else "today" if self.deadline == self.today else "ahead"

    @property
    def asker(self) -> str:
        """Who has asked her to take it, by name; empty where nobody has, or where she took it herself."""
        return str(self.asked["by"]) if self.asked and self.asked["by"] != self.asked["to"] else ""

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


def kept_for(user: User) -> CaseQuerySet:
    """The cases where what would wait for the person is with a colleague. From the few that are handed on."""
    handed = Handing.objects.held().filter(organisation__in=[m.organisation_id for m in user.capacities])
    conditions = [kept for ground in _grounds(user) if (kept := ground.kept) is not None]
    if not conditions:
        return Case.objects.none()
    visible = Case.objects.visible_to(user).filter(pk__in=handed.exclude(handed_to=user).values("case"))
    return visible.filter(reduce(or_, conditions))


def _with_since(cases: CaseQuerySet, user: User) -> CaseQuerySet:
    """Each with ``since``, the date it has waited from: the planned end of a stage that is late, the day a benefit was
    to be followed up, the end of the latest stage where none goes on, else the status. And with whom it is, where it
    has been handed on."""
    stages = Stage.objects.filter(case=OuterRef("pk"))
    planned = stages.ongoing().order_by("planned_end").values("planned_end")[:1]
    ended = stages.filter(end__isnull=False).order_by("-end").values("end")[:1]
    entered = LocalDate("status_since")
    late = Q(status__in=REALISING, planned_end__lt=timezone.localdate())
    idle = When(status__in=REALISING, then=Greatest(Subquery(ended), entered))
    homes = [m.organisation_id for m in user.capacities]
    due = FollowUp.objects.waiting().due(timezone.localdate()).filter(case=OuterRef("pk"), organisation__in=homes)
    follow_up = due.order_by("due_on", "pk")
    in_use = When(status__in=IN_USE, follow_up_on__isnull=False, then=F("follow_up_on"))
    mine = Handing.objects.live().filter(case=OuterRef("pk"), handed_to=user)
    days = {"planned_end": Subquery(planned), "follow_up_on": Subquery(follow_up.values("due_on")[:1])}
    return cases.annotate(**days, follow_up_by=Subquery(follow_up.values("answer_by")[:1])).annotate(
        since=Choose(When(late, then=F("planned_end")), in_use, idle, default=entered, output_field=DateField()),
        turn=Choose(
            When(status=Status.DRAFT, then=Value(2)),
            When(Exists(mine), then=Value(0)),
            default=Value(1),
            output_field=IntegerField(),
        ),
    )


def _with_whom(user: User, *, kept: bool) -> Subquery:
    """Of what she is asked to take, or a colleague has: who handed it on to whom, since when, and in which words."""
    hers = Q(handed_to=user)
    handed = Handing.objects.live().filter(~hers if kept else hers, case=OuterRef("pk"))
    told = JSONObject(by="handed_by_name", to="handed_to_name", text="text", at="handed_at")
    places = [m.organisation_id for m in user.capacities]
    return Subquery(handed.filter(organisation__in=places).order_by("pk").values(told=told)[:1])


def in_order(user: User) -> CaseQuerySet:
    """The same cases, what she is asked to take first, then the longest waiting; her own drafts last."""
    return _with_since(waiting_for(user), user).order_by(*ORDER)


def kept_by_colleagues(user: User) -> list[Waiting]:
    """What would wait for the person if a colleague did not have it, the oldest first. One statement where there is
    nothing such, else three."""
    kept = list(kept_for(user).values_list("pk", flat=True)[:KEPT_SHOWN])
    if not kept:
        return []
    grounds = ((number, ground.place & q) for ground in _grounds(user) for number, q in ground.lines)
    return _rows(kept, user, [(number, q) for number, q in grounds if LINES[number].may_be_handed], kept=True)


def described(cases: CaseQuerySet, user: User) -> list[Waiting]:
    """What waits in each of these cases, a page of ``in_order``. Three statements."""
    lines = [(number, ground.line(number, q)) for ground in _grounds(user) for number, q in ground.lines]
    return _rows(list(cases.values_list("pk", flat=True)), user, lines) if lines else []


def _rows(keys: list[int], user: User, lines: list[tuple[int, Q]], *, kept: bool = False) -> list[Waiting]:
    """The cases by their keys, each with the first line that fits. Two statements."""
    in_turn = [When(condition, then=Value(number)) for number, condition in sorted(lines, key=lambda line: line[0])]
    # By the keys: for so few cases every condition is then a look in an index.
    page = _with_since(Case.objects.filter(pk__in=keys), user)
    line = Choose(*in_turn, default=Value(-1), output_field=IntegerField())
    rows = page.annotate(line=line, asked=_with_whom(user, kept=kept))
    today = timezone.localdate()
    settings = ProcessSettings.objects.on(today)
    cases = rows.select_related("initiative__organisation").only(*COLUMNS).order_by(*ORDER)
    return [_waiting(case, settings, today) for case in cases]


def _waiting(case: Any, settings: ProcessSettings, today: dt.date) -> Waiting:
    line = LINES[case.line]
    return Waiting(case, line, case.since, line.deadline(case, settings), today, case.asked)
