"""What is to become of each made-up initiative, and when it is submitted."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum, auto
from random import Random

from governance.statuses import Status

YEARS = 3
PACES = (1.0, 0.6, 0.35, 0.2, 0.1)
"""How much faster than usual things may have to go for a history to get where it is bound."""


class Fate(StrEnum):
    """Which way through the two processes."""

    WITHDRAWN = auto()
    REFERRED = auto()
    DUPLICATE = auto()
    REJECTED = auto()
    LOCAL = auto()
    LOCAL_ENDED = auto()
    OFFERED = auto()
    """Done by one kommun first, then offered to V6."""
    V6 = auto()
    V6_DUPLICATE = auto()
    V6_RETURNED = auto()
    V6_ENDED = auto()


SHARES = {
    Fate.WITHDRAWN: 4, Fate.REFERRED: 5, Fate.DUPLICATE: 4, Fate.REJECTED: 8, Fate.LOCAL: 20, Fate.LOCAL_ENDED: 3,
    Fate.OFFERED: 3, Fate.V6: 41, Fate.V6_DUPLICATE: 2, Fate.V6_RETURNED: 4, Fate.V6_ENDED: 6,
}  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """One initiative's way. ``bound_for`` is a status it is to stand in at the end, where one is wanted."""

    submitted_at: dt.datetime
    fate: Fate
    bound_for: Status | None = None
    supplements: bool = False
    asks_goliska: bool = False
    pauses_before: int | None = None
    """Made dormant before this step of the process."""
    closes: bool = False


S, F = Status, Fate
BOUND: tuple[tuple[Status, Fate, int], ...] = (
    (S.SUBMITTED, F.V6, 8),
    (S.QUALIFYING, F.V6, 20),
    (S.SUPPLEMENT, F.V6, 25),
    (S.QUALIFIED, F.LOCAL, 30),
    (S.PRIORITISED, F.V6, 60),
    (S.LOCAL, F.LOCAL, 150),
    (S.V6_RECEIVED, F.V6, 80),
    (S.V6_QUALIFYING, F.V6, 100),
    (S.INTEREST, F.V6, 120),
    (S.IT_ASSESSMENT, F.V6, 150),
    (S.V6_PRIORITISING, F.V6, 160),
    (S.AWAITING_START, F.V6, 200),
    (S.IN_PROGRESS, F.V6, 350),
    (S.MAINTENANCE, F.V6, 800),
    (S.PAUSED, F.V6, 150),
    (S.CLOSED, F.V6, 900),
    (S.ENDED_UNREALISED, F.V6_ENDED, 400),
    (S.REJECTED, F.REJECTED, 120),
    (S.REFERRED, F.REFERRED, 60),
    (S.DUPLICATE, F.DUPLICATE, 60),
    (S.WITHDRAWN, F.WITHDRAWN, 60),
)
"""Every status something can stand in, the way there, and about how many days ago that way was begun."""
EVERY = 5
"""As many initiatives go where chance takes them, less one, for each that is bound for a status."""


def plans(count: int, rng: Random, end: dt.datetime) -> list[Plan]:
    """As many plans as asked for, in the order of submission; the last moment anything can happen is ``end``."""
    made = [_bound(number // EVERY, rng, end) if number % EVERY == 0 else _free(rng, end) for number in range(count)]
    return sorted(made, key=lambda plan: plan.submitted_at)


def _free(rng: Random, end: dt.datetime) -> Plan:
    days = YEARS * 365 * (1 - rng.random() ** 0.8)
    fate = rng.choices(list(SHARES), weights=list(SHARES.values()))[0]
    return Plan(
        submitted_at=_working_time(rng, end - dt.timedelta(days=1 + days)),
        fate=fate,
        supplements=rng.random() < 0.2,
        asks_goliska=rng.random() < 0.4,
        pauses_before=rng.randint(3, 12) if rng.random() < 0.08 else None,
        closes=rng.random() < 0.2,
    )


def _bound(turn: int, rng: Random, end: dt.datetime) -> Plan:
    status, fate, days = BOUND[turn % len(BOUND)]
    free = _free(rng, end)
    return replace(
        free,
        submitted_at=_working_time(rng, end - dt.timedelta(days=3 + days * rng.uniform(0.9, 1.3))),
        fate=fate,
        bound_for=status,
        supplements=free.supplements or status is S.SUPPLEMENT,
        asks_goliska=free.asks_goliska or status is S.IT_ASSESSMENT,
        pauses_before=rng.randint(3, 9) if status is S.PAUSED else None,
        closes=status is S.CLOSED,
    )


def _working_time(rng: Random, moment: dt.datetime) -> dt.datetime:
    """Some time of a working day, the same day or the nearest one before."""
    day = moment.date() - dt.timedelta(days=max(0, moment.weekday() - 4))
    return dt.datetime.combine(day, dt.time(rng.randrange(8, 16), rng.randrange(60)))
