"""Göliska IT: what it is asked to assess, what waits for its commitment, how much it has time for, how fast it answers.

The lists show what the reader may read and say how many she may not; the figures are about everybody. Source:
docs/process.md, *Göliska IT*.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, Q
from django.utils import timezone

from governance.acts import Act
from governance.expected import expected_by
from governance.models import Case, Commitment, Event, Participation, ProcessSettings
from governance.statuses import Status
from initiatives.models import visible_to
from v6portal.organizations.models import User

from ..it_capacity import Answer, AnswerTime, Effort, Load, answer_times, loads
from ..models import Capacity
from ..periods import HalfYear

S = Status
SHOWN = 50
MEASURED = 4
"""Half-years whose answer times are shown: the one that runs and those before it."""

BEFORE_START = (S.IT_ASSESSMENT, S.V6_PRIORITISING, S.AWAITING_START)
DECIDABLE = (S.V6_PRIORITISING, S.AWAITING_START)
TO_ASSESS = Q(status=S.IT_ASSESSMENT)
TO_COMMIT = Q(status__in=DECIDABLE, it_assessment__commitment_needed=True, it_assessment__commitment="")


@dataclass(frozen=True)
class Row:
    """One case that waits for Göliska IT."""

    case: Case
    kommuner: str
    deadline: dt.date
    today: dt.date

    @property
    def it(self) -> Any:
        """What was asked and estimated; None for what came here before the portal asked."""
        return getattr(self.case, "it_assessment", None)

    @property
    def days(self) -> int:
        return self.case.days_in_status

    @property
    def days_late(self) -> int:
        return max((self.today - self.deadline).days, 0)

    @property
    def due(self) -> str:
        """Late, today or ahead."""
        return "late" if self.days_late else "today" if self.deadline == self.today else "ahead"


@dataclass(frozen=True)
class Waiting:
    """A list of cases, and of how many the reader is not shown the names."""

    rows: list[Row]
    total: int
    unreadable: int

    @property
    def more(self) -> int:
        return self.total - self.unreadable - len(self.rows)


@dataclass(frozen=True)
class Goliska:
    """What the page shows."""

    to_assess: Waiting
    to_commit: Waiting
    loads: list[Load]
    undated: int
    """Initiatives without a wished start: in no half-year."""
    times: list[AnswerTime]
    days: int
    """Within so many days an assessment should be handed in, by the settings of today."""


def goliska(user: User) -> Goliska:
    """Everything on the page. Nine statements, however much there is."""
    today = timezone.localdate()
    settings = list(ProcessSettings.objects.filter(valid_from__lte=today).order_by("valid_from"))
    counts = _counts(user)
    efforts = _efforts()
    half_year = HalfYear.of(today)
    before = [half_year]
    while len(before) < MEASURED:
        before.append(before[-1].previous())
    return Goliska(
        to_assess=_waiting(user, TO_ASSESS, counts["to_assess"], counts["may_assess"], settings[-1], today),
        to_commit=_waiting(user, TO_COMMIT, counts["to_commit"], counts["may_commit"], settings[-1], today),
        loads=loads(efforts, _capacities(), today),
        undated=sum(effort.wished_start is None for effort in efforts),
        times=answer_times(_answers(settings), before),
        days=settings[-1].it_assessment_days,
    )


def _counts(user: User) -> dict[str, int]:
    readable = visible_to(user, "initiative__")
    cases = Case.objects.filter(TO_ASSESS | TO_COMMIT)
    conditions = {"to_assess": TO_ASSESS, "to_commit": TO_COMMIT}
    conditions |= {"may_assess": TO_ASSESS & readable, "may_commit": TO_COMMIT & readable}
    return cases.aggregate(**{name: Count("pk", filter=q, distinct=True) for name, q in conditions.items()})


def _waiting(user: User, condition: Q, total: int, readable: int, settings: ProcessSettings, today: dt.date) -> Waiting:
    ledger = Participation.objects.ongoing().active().select_related("organisation").order_by("organisation__order")
    cases = Case.objects.visible_to(user).filter(condition).select_related("initiative", "it_assessment")
    shown = cases.prefetch_related(Prefetch("participations", ledger, to_attr="taking_part"))
    rows = [_row(case, settings, today) for case in shown.order_by("status_since", "pk")[:SHOWN]]
    return Waiting(rows, total, total - readable)


def _row(case: Case, settings: ProcessSettings, today: dt.date) -> Row:
    names = (row.organisation.short_name for row in case.taking_part)  # type: ignore[attr-defined]
    days = settings.days_in(case.standing) or 0
    return Row(case, ", ".join(names), expected_by(timezone.localdate(case.status_since), days), today)


def _efforts() -> list[Effort]:
    """Every claim on Göliska IT that is not declined or done."""
    live = Q(status__in=BEFORE_START) | Q(status=S.IN_PROGRESS, it_assessment__isnull=False)
    rows = Case.objects.filter(live).exclude(it_assessment__commitment=Commitment.NO)
    asked = rows.filter(Q(it_assessment__isnull=False) | Q(status=S.IT_ASSESSMENT))
    columns = ("it_assessment__wished_start", "it_assessment__effort_hours", "it_assessment__commitment", "status")
    return [
        Effort(wished_start, hours, commitment == Commitment.YES or status == S.IN_PROGRESS)
        for wished_start, hours, commitment, status in asked.values_list(*columns)
    ]


def _capacities() -> dict[HalfYear, int]:
    return {HalfYear(year, half): hours for year, half, hours in Capacity.objects.values_list("year", "half", "hours")}


def _answers(settings: list[ProcessSettings]) -> Iterable[Answer]:
    """Each assessment that was handed in, with the day it was last asked for before that."""
    events = Event.objects.filter(kind__in=(Act.ASK_GOLISKA, Act.IT_ASSESS)).order_by("case", "occurred_at", "id")
    asked: dict[int | None, dt.date] = {}
    for case, kind, day in events.values_list("case", "kind", "occurred_on"):
        if kind == Act.ASK_GOLISKA:
            asked[case] = day
        elif case in asked:
            began = asked.pop(case)
            yield Answer(began, day, expected_by(began, _on(settings, began).it_assessment_days))


def _on(settings: list[ProcessSettings], day: dt.date) -> ProcessSettings:
    """The settings of the day; of a day before there were any, the first."""
    return next((one for one in reversed(settings) if one.valid_from <= day), settings[0])
