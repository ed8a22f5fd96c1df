"""Brought-in history: the second door to a case's state, for what happened before the portal.

Used by the register import alone, which has checked every step against the workflow table. What happens now goes
through ``governance.actions.perform``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from .acts import DECIDING, Act
from .models import Case, Cost, Decision, Event, Participation, Stage
from .statuses import Status

BATCH = 1_000


@dataclass(frozen=True)
class Standing:
    """Where a history leaves a case."""

    status: str
    since: dt.datetime
    paused_from: str


def standing_after(events: Sequence[Event]) -> Standing:
    """Where the events, in the order of time, leave the case. At least one of them moved it."""
    last = [event for event in events if event.to_status][-1]
    paused_from = last.from_status if last.to_status == Status.PAUSED else ""
    return Standing(last.to_status, last.occurred_at, paused_from)


@transaction.atomic
def bring_in_cases(
    *,
    cases: Sequence[Case],
    participations: Sequence[Participation],
    stages: Sequence[Stage],
    costs: Sequence[Cost],
) -> None:
    """Writes the cases and what they hold. Their log must follow in the same transaction."""
    Case.objects.bulk_create(cases, batch_size=BATCH)
    Participation.objects.bulk_create(participations, batch_size=BATCH)
    Stage.objects.bulk_create(stages, batch_size=BATCH)
    Cost.objects.bulk_create(costs, batch_size=BATCH)


@transaction.atomic
def bring_in_log(*, events: Sequence[Event], decider_of: Callable[[Event], int | None]) -> None:
    """Writes the log in the order of time; what decides becomes decisions.

    Events of the same moment keep the order they are given in. ``decider_of`` finds the person behind a name. Nobody
    else can write to the log from here to the end of the transaction, so this comes last.
    """
    log = sorted(events, key=lambda event: event.occurred_at)
    Event.objects.bulk_create(log, batch_size=BATCH)
    decisions = [_decision(event, decider_of(event)) for event in log if _decides(event)]
    Decision.objects.bulk_create(decisions, batch_size=BATCH)


def _decides(event: Event) -> bool:
    """Whether the event is a decision that names its decider, its reasons and for whom it was taken."""
    return event.kind in DECIDING and bool(event.decider_name and event.text and event.organisation_id)


def _decision(event: Event, decider_id: int | None) -> Decision:
    return Decision(
        case_id=event.case_id,
        event=event,
        act=Act(event.kind),
        organisation_id=event.organisation_id,  # type: ignore[misc]
        decider_id=decider_id,
        decider_name=event.decider_name,
        decided_on=timezone.localdate(event.occurred_at),
        motivation=event.text,
    )
