"""One made-up initiative while it happens: a clock that runs on, a status, and the rows written so far."""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import Any

from governance.acts import Act
from governance.statuses import V6_OPEN, Status
from v6portal.organizations.roles import Role

from ..register_format import SHEETS, Kind
from . import words
from .people import V6, deciding_role, holder
from .plans import Plan

Values = dict[str, Any]
TEXTUAL = frozenset({Kind.TEXT, Kind.REFERENCE, Kind.WORD, Kind.ORGANISATION, Kind.KOMMUN})
BLANK: dict[str, Values] = {
    sheet.key: {column.key: "" if column.kind in TEXTUAL else None for column in sheet.columns} for sheet in SHEETS
}
DAY = dt.timedelta(days=1)


class Over(Exception):
    """Nothing more happens: today is reached, or the initiative stands where it was bound for."""


class History:
    """What has happened to one initiative. Times are local and naive, as in the register's cells."""

    def __init__(self, plan: Plan, rng: Random, end: dt.datetime, own: str, pace: float = 1.0) -> None:
        self.plan, self.rng, self.end, self.own, self.pace = plan, rng, end, own, pace
        self.at = plan.submitted_at
        self.status: Status | None = None
        self.paused_from: Status | None = None
        self.steps = 0
        self.leading = own
        """Who answers for the work: the own organisation until a kommun leads in V6."""
        self.rows: dict[str, list[Values]] = {sheet.key: [] for sheet in SHEETS}
        self.initiative: Values = dict(BLANK["initiatives"])
        self.rows["initiatives"].append(self.initiative)

    # --- the clock ----------------------------------------------------------------------------

    @property
    def today(self) -> dt.date:
        return self.at.date()

    def wait(self, least: float, most: float) -> None:
        """Days go by, then it is some time of a working day; raises Over where that day has not come yet."""
        day = (self.at + DAY * self.rng.uniform(least, most) * self.pace).date()
        day += DAY * max(0, 7 - day.weekday()) if day.weekday() > 4 else 0 * DAY
        moment = dt.datetime.combine(day, dt.time(self.rng.randrange(8, 16), self.rng.randrange(60)))
        self._go_to(moment if moment > self.at else self.at + dt.timedelta(minutes=7))

    def spend(self, minutes: int) -> None:
        """The same person goes on for a while."""
        self._go_to(self.at + dt.timedelta(minutes=minutes))

    def _go_to(self, moment: dt.datetime) -> None:
        if moment > self.end:
            raise Over
        self.at = moment

    # --- rows ---------------------------------------------------------------------------------

    def add(self, sheet: str, **values: Any) -> Values:
        """A new row; what is not given is empty."""
        row = {**BLANK[sheet], "reference": self.initiative["reference"], **values}
        self.rows[sheet].append(row)
        return row

    def log(
        self, act: Act, role: Role, organisation: str, text: str = "", *, to: Status | None = None, actor: str = ""
    ) -> None:
        """An event, recorded by the holder of the role unless somebody else is named."""
        self.add(
            "events",
            occurred_at=self.at,
            word=str(act.label),
            from_status=(self.status or "") if to else "",
            to_status=to or "",
            organisation=organisation,
            role=role,
            actor_name=actor or holder(role, organisation),
            text=text,
        )

    def decide(
        self, act: Act, organisation: str, text: str = "", *, to: Status | None = None, role: Role | None = None
    ) -> None:
        """A decision: one person decides, the organisation's lead writes it down."""
        role = role or deciding_role(organisation)
        self.log(act, role, organisation, text or self.pick(words.MOTIVATIONS), to=to)
        event = self.rows["events"][-1]
        event["decider_name"], event["actor_name"] = holder(role, organisation), holder(Role.LEAD, organisation)

    # --- the process --------------------------------------------------------------------------

    def move(self, act: Act, to: Status, role: Role, organisation: str, text: str = "", actor: str = "") -> None:
        """A step of the process, by a person who needs no decision for it."""
        self._before_step()
        self.log(act, role, organisation, text, to=to, actor=actor)
        self._stand_in(to)

    def decide_to_move(self, act: Act, to: Status, organisation: str, text: str = "", role: Role | None = None) -> None:
        """A step of the process that is a decision."""
        self._before_step()
        self.decide(act, organisation, text, to=to, role=role)
        self._stand_in(to)

    def _before_step(self) -> None:
        if self.plan.bound_for is not None and self.status == self.plan.bound_for:
            raise Over
        self.steps += 1
        if self.steps == self.plan.pauses_before and self.status:
            self._pause()

    def _stand_in(self, status: Status) -> None:
        self.status = status
        if status is Status.SUBMITTED:
            self.initiative["submitted_at"] = self.at
        if status is Status.V6_RECEIVED and self.initiative["shared_at"] is None:
            self.initiative["shared_at"] = self.at

    def _pause(self) -> None:
        before = self.status
        role, place = (Role.COORDINATOR, V6) if before in V6_OPEN else (Role.LEAD, self.own)
        self.log(Act.PAUSE, role, place, self.pick(words.PAUSES), to=Status.PAUSED)
        self.status = Status.PAUSED
        if self.plan.bound_for is Status.PAUSED:
            raise Over
        self.wait(20, 150)
        self.log(Act.RESUME, role, place, "Det som väntades på är klart.", to=before)
        self.status = before
        self.wait(1, 15)

    @property
    def has_arrived(self) -> bool:
        return self.plan.bound_for is None or self.status == self.plan.bound_for

    # --- chance -------------------------------------------------------------------------------

    def pick(self, among: tuple[str, ...] | list[str]) -> str:
        return self.rng.choice(among)

    def chance(self, probability: float) -> bool:
        return self.rng.random() < probability
