"""What waits for a role that nobody has, or that nobody will have within two weeks: so that nothing waits for nobody.

The same table as *Att göra*, asked for whoever is not there. Titles only of what the reader may read; of the rest the
number. Source: docs/process.md, *Vakanser*.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, IntegerField, Q, Value
from django.utils import timezone

from initiatives.models import visible_to
from v6portal.organizations.models import Membership, Organisation, User
from v6portal.organizations.reading import Staffing, staffing
from v6portal.organizations.roles import Role

from ..acts import Act
from ..models import Case
from ..models.inquiry import shown_to
from ..who import At
from . import waiting as w
from .todo import places
from .todo_table import LINES, Line

DAYS_AHEAD = 14
TELLING = frozenset({Act.ANSWER_INTEREST, Act.CLOSE_INTEREST})
"""That one of these waits, or no longer does, tells who has answered the inquiry."""
SHOWN = 5
"""Of the cases behind one line; the rest are a number."""


@dataclass(frozen=True)
class Place:
    """A line of the table in an organisation that lacks the role, with the condition on the cases."""

    line: Line
    organisation: Organisation
    roles: tuple[Role, ...]
    empty_from: dt.date
    condition: Q


@dataclass(frozen=True)
class Row:
    """One case that waits, as far as the reader may see it."""

    reference: str
    title: str
    since: dt.date
    days: int


@dataclass(frozen=True)
class Task:
    """What waits: of how many cases the reader may read and may not, and the longest waiting of the former."""

    what: str
    rows: list[Row]
    readable: int
    unreadable: int

    @property
    def more(self) -> int:
        return self.readable - len(self.rows)


@dataclass(frozen=True)
class Vacancy:
    """Roles of an organisation, any of which would do, that nobody has."""

    organisation: Organisation
    roles: tuple[Role, ...]
    empty_from: dt.date
    is_empty: bool
    """Whether it is so today; else from a day soon."""
    tasks: list[Task]

    @property
    def oldest(self) -> dt.date:
        return min((row.since for task in self.tasks for row in task.rows), default=dt.date.max)


@dataclass(frozen=True)
class Vacancies:
    rows: list[Vacancy]
    administrators: list[str]
    """Who gives roles, by name."""


def vacancies(user: User) -> Vacancies:
    """All of them, those where nobody is there today and the longest waiting first. Three statements, however many."""
    held = staffing(timezone.localdate(), DAYS_AHEAD)
    found = _places(held, user)
    counts = _counted(found, user)
    rows = _readable(found, user) if counts else {}
    tasks: dict[tuple[int, tuple[Role, ...]], list[Task]] = {}
    for number, (total, seen) in counts.items():
        place = found[number]
        task = Task(str(place.line.what), rows.get(number, []), seen, total - seen)
        tasks.setdefault((place.organisation.pk, place.roles), []).append(task)
    return Vacancies(sorted(_gathered(found, tasks, held), key=_urgency), held.administrators)


def number_of_vacancies(user: User) -> int:
    """How many there are, for a line on the first page. One statement where every role is held, else two."""
    found = _places(staffing(timezone.localdate(), DAYS_AHEAD), user)
    return len({(found[number].organisation.pk, found[number].roles) for number in _counted(found, user)})


def _gathered(
    found: list[Place], tasks: dict[tuple[int, tuple[Role, ...]], list[Task]], held: Staffing
) -> Iterator[Vacancy]:
    empty_from = {(place.organisation.pk, place.roles): place.empty_from for place in found}
    for (organisation, roles), waiting in tasks.items():
        day = empty_from[organisation, roles]
        yield Vacancy(held.organisations[organisation], roles, day, day <= held.first, waiting)


def _urgency(vacancy: Vacancy) -> tuple[bool, dt.date, int, tuple[Role, ...]]:
    return (not vacancy.is_empty, vacancy.oldest, vacancy.organisation.order, vacancy.roles)


def _places(held: Staffing, user: User) -> list[Place]:
    """Every line in every organisation where none of its roles is held throughout, of what the person may know."""
    return [
        place
        for line in LINES
        for organisation in held.organisations.values()
        for place in _of_line(line, organisation, held, user)
    ]


def _of_line(line: Line, organisation: Organisation, held: Staffing, user: User) -> Iterator[Place]:
    who = [one for one in line.who if one.role is not None]
    if not who or (who[0].at is At.KOMMUN and not organisation.is_kommun):
        return
    roles = tuple(held.possible(organisation.pk, [one.role for one in who if one.role]))
    empty_from = held.vacant_from(organisation.pk, roles)
    if empty_from is None:
        return
    absent = Membership(organisation=organisation, role=roles[0])
    meant = next(one for one in who if one.role == roles[0])
    condition = Q(status__in=line.statuses) & line.when(_nobody(), organisation.pk)
    if line.act is Act.ASSESS:
        condition &= w.nobody_assessed_for(organisation.pk)
    if line.act in TELLING:
        condition &= shown_to(user)
    for place in places(meant, absent):
        yield Place(line, organisation, roles, empty_from, place & condition)


def _nobody() -> User:
    """Somebody who has written, assessed and been asked nothing."""
    user = User(pk=0)
    user.__dict__["current_memberships"] = []
    return user


def _counted(found: list[Place], user: User) -> dict[int, tuple[int, int]]:
    """By the place\'s number: how many cases wait there, and how many of them the person may read; none where none."""
    readable = Count("pk", filter=visible_to(user, "initiative__"), distinct=True)
    parts = [
        Case.objects.filter(place.condition)
        .order_by()
        .values(number=Value(number, output_field=IntegerField()))
        .annotate(total=Count("pk", distinct=True), seen=readable)
        .values_list("number", "total", "seen")
        for number, place in enumerate(found)
    ]
    if not parts:
        return {}
    return {number: (total, seen) for number, total, seen in parts[0].union(*parts[1:], all=True) if total}


def _readable(found: list[Place], user: User) -> dict[int, list[Row]]:
    """The longest waiting of those that the person may read, by the place\'s number."""
    today = timezone.localdate()
    parts = [
        Case.objects.visible_to(user)
        .filter(place.condition)
        .annotate(number=Value(number, output_field=IntegerField()))
        .order_by("status_since", "pk")
        .values_list("number", "initiative__reference", "initiative__title", "status_since")[:SHOWN]
        for number, place in enumerate(found)
    ]
    rows: dict[int, list[Row]] = {}
    for number, reference, title, since in sorted(parts[0].union(*parts[1:], all=True), key=lambda row: row[3]):
        began = timezone.localdate(since)
        rows.setdefault(number, []).append(Row(reference, title, began, (today - began).days))
    return rows
