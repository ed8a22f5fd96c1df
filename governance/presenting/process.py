"""The process on a page: the picture drawn from the workflow table, and the same in words, status by status.

For one case also where it is, the way it has gone, and of each next step who takes it and what remains.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from v6portal.organizations.models import Membership, Organisation
from v6portal.organizations.roles import Kind, Role

from .. import obstacles
from ..facts import CaseFacts
from ..models import Case, Event
from ..process_map import LANES, Lane, Map, StatusBox, Wire, lay_out, steps_from
from ..statuses import Status
from ..workflow import STAYS, TABLE, Row, next_steps
from .people import Holder, People, Place
from .process_words import LANE_NAMES, NEEDS, asks_in_words, needs_in_words, who_in_words
from .way import SIDEWAYS


def anchor_of(status: Status) -> str:
    """Where the status is found on the page."""
    return f"lage-{status.value}"


@dataclass(frozen=True)
class RowLine:
    """One row of the table in words."""

    button: str
    who: str
    needs: tuple[str, ...]
    asks: str
    target: Status | None
    """The status it leads to; None where the case stays, or goes back to where it was."""
    goes_back: bool = False

    @property
    def target_anchor(self) -> str:
        return anchor_of(self.target) if self.target else ""


@dataclass(frozen=True)
class StatusPart:
    """A status with what can be done in it: what moves the case on, and what leaves it where it is."""

    status: Status
    moves: tuple[RowLine, ...]
    stays: tuple[RowLine, ...]

    @property
    def anchor(self) -> str:
        return anchor_of(self.status)


@dataclass(frozen=True)
class LanePart:
    name: str
    statuses: tuple[StatusPart, ...]


@lru_cache
def parts() -> tuple[LanePart, ...]:
    """The whole table in words; it is the same until the code is another."""
    return tuple(
        LanePart(str(LANE_NAMES[key]), tuple(_status_part(status) for status in statuses))
        for key, statuses in LANES.items()
    )


def stays_in(status: Status) -> tuple[RowLine, ...]:
    """What can be done in the status without moving the case."""
    return next(part.stays for lane in parts() for part in lane.statuses if part.status == status)


def _status_part(status: Status) -> StatusPart:
    here = [row for row in TABLE if status in row.source]
    moves = tuple(_line(step.source, row) for step in steps_from(status) for row in step.rows)
    return StatusPart(status, moves, tuple(_line(status, row) for row in here if row.target is STAYS))


def _line(source: Status, row: Row) -> RowLine:
    goes_back = row.paused_in is not None
    return RowLine(
        button=str(row.button),
        who=capfirst(who_in_words(row.who)),
        needs=tuple(needs_in_words(row)),
        asks=asks_in_words(row),
        target=None if goes_back else row.target,
        goes_back=goes_back,
    )


# The picture


@dataclass(frozen=True)
class DrawnBox:
    box: StatusBox
    state: str
    """``now``, ``done`` or empty."""

    @property
    def anchor(self) -> str:
        return anchor_of(self.box.status)

    @property
    def spoken(self) -> str:
        told = {"now": _("du är här"), "done": _("har varit här")}.get(self.state)
        return f"{self.box.status.label} ({told})" if told else str(self.box.status.label)


@dataclass(frozen=True)
class DrawnWire:
    wire: Wire
    is_passed: bool

    @property
    def path(self) -> str:
        first, *rest = self.wire.points
        return f"M{first[0]} {first[1]}" + "".join(f"L{x} {y}" for x, y in rest)


@dataclass(frozen=True)
class DrawnLane:
    lane: Lane
    name: str


@dataclass(frozen=True)
class Picture:
    """The map with what one case has done on it, if it is about one."""

    map: Map
    here: Status | None = None
    passed: frozenset[tuple[str, str]] = frozenset()
    been_in: frozenset[str] = frozenset()

    @property
    def view_box(self) -> str:
        return f"0 0 {self.map.width:g} {self.map.height:g}"

    @property
    def lanes(self) -> list[DrawnLane]:
        return [DrawnLane(lane, str(LANE_NAMES[lane.key])) for lane in self.map.lanes]

    @property
    def boxes(self) -> list[DrawnBox]:
        return [DrawnBox(box, self._state(box.status)) for box in self.map.boxes]

    @property
    def wires(self) -> list[DrawnWire]:
        """What the case has passed last, so that it lies on top."""
        drawn = [DrawnWire(w, (w.step.source, w.step.target) in self.passed) for w in self.map.wires]
        return sorted(drawn, key=lambda one: one.is_passed)

    def _state(self, status: Status) -> str:
        if status == self.here:
            return "now"
        return "done" if status in self.been_in else ""


@lru_cache
def _map() -> Map:
    return lay_out(_("dit det var"))


def picture() -> Picture:
    return Picture(_map())


def picture_of(case: Case, moves: Iterable[Event]) -> Picture:
    """With *du är här* and the way the case has gone."""
    steps = [(move.from_status, move.to_status) for move in moves]
    return Picture(_map(), case.standing, frozenset(steps), frozenset(to for _from, to in steps))


# One case


@dataclass(frozen=True)
class Need:
    """One thing that must be in place: whether it is, None where the reader may not know, and what to say of it."""

    is_met: bool | None
    words: str


@dataclass(frozen=True)
class NextStep:
    """A step that the case can take from where it stands."""

    button: str
    who: str
    needs: tuple[Need, ...]
    asks: str
    target: Status
    is_onward: bool


def next_of(case: Case, facts: CaseFacts) -> list[NextStep]:
    """The steps that move the case, those on the way first; two statements for the names."""
    people = _people(case, facts)
    rows = sorted(next_steps(facts), key=lambda row: row.act in SIDEWAYS)
    return [
        NextStep(
            button=str(row.button),
            who=_who(row, case, facts, people),
            needs=tuple(_needs(row, facts)),
            asks=asks_in_words(row),
            target=row.lands_in(facts) or case.standing,
            is_onward=row.act not in SIDEWAYS,
        )
        for row in rows
    ]


TELLING = frozenset({obstacles.answers, obstacles.participants})
"""What is asked of the kommuner's answers: whether it is in place tells what they are."""


def _needs(row: Row, facts: CaseFacts) -> Iterable[Need]:
    for obstacle in row.obstacles:
        remaining = obstacle(facts)
        if facts.answers_withheld and obstacle in TELLING:
            yield Need(None, str(NEEDS[obstacle]))
        elif remaining:
            yield from (Need(False, sentence) for sentence in remaining)
        else:
            yield Need(True, str(NEEDS[obstacle]))


def _who(row: Row, case: Case, facts: CaseFacts, people: People) -> str:
    """By role and by name; the author by name where it is hers."""
    by_role = tuple(one for one in row.who if one.role is not None)
    is_hers = len(by_role) < len(row.who) and facts.has_author
    told = [case.initiative.author_name] if is_hers else []
    return capfirst(_(" eller ").join([*told, people.spoken(by_role, facts)] if by_role else told))


def _people(case: Case, facts: CaseFacts) -> People:
    places = {o.pk: Place(o.short_name, Kind(o.kind)) for o in Organisation.objects.all()}
    roles = {one.role for row in next_steps(facts) for one in row.who if one.role is not None}
    near: Sequence[int] = [one for one in (facts.own, facts.leading) if one is not None]
    held = Membership.objects.current().with_role(*roles).filter(user__is_active=True).select_related("user").in_order()
    holders = (
        Holder(Role(one.role), one.organisation_id, str(one.user))
        for one in held
        if one.organisation_id in near or places[one.organisation_id].kind != Kind.KOMMUN
    )
    return People(tuple(holders), places)


@dataclass(frozen=True)
class Passed:
    """One step of the way the case has gone."""

    day: dt.date
    words: str
    who: str
    status: Status


def way_of(moves: Iterable[Event]) -> list[Passed]:
    return [
        Passed(timezone.localdate(move.occurred_at), move.spoken, move.actor_name, Status(move.to_status))
        for move in moves
    ]
