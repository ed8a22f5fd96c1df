"""A made-up register of any size. The same seed and the same date give the same register, to the last row."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random

from governance.models import ParticipationRole
from governance.statuses import ENDED, Status

from .generating import kommun, v6, work
from .generating.history import History, Over, Values
from .generating.ledger import Ledger
from .generating.outcomes import Outcomes
from .generating.people import GOLISKA, SHARES
from .generating.plans import PACES, Fate, Plan, plans
from .generating.words import AREAS

Sheets = dict[str, list[Values]]
"""The rows of one initiative by the sheet's key; values by the column's key, with the codes of the database."""

CLOSING_TIME = dt.time(17, 30)
KEPT = 200
"""How many earlier initiatives a new one may turn out to repeat."""


@dataclass
class Earlier:
    """What a later initiative may be a duplicate of: never a duplicate itself, and seen by who marks it."""

    by_organisation: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    in_v6: list[str] = field(default_factory=list)

    def note(self, history: History) -> None:
        row = history.initiative
        if history.status is not Status.DUPLICATE:
            self.by_organisation[history.own] = [*self.by_organisation[history.own][-KEPT:], row["reference"]]
        if history.status not in ENDED and row["shared_at"]:
            self.in_v6 = [*self.in_v6[-KEPT:], row["reference"]]


def generate(count: int, seed: int, today: dt.date, taken: Mapping[int, int] | None = None) -> Iterator[Sheets]:
    """So many initiatives in the order of submission, everything about each dated before ``today``.

    ``taken`` is the highest running number already used in each year.
    """
    end = dt.datetime.combine(today - dt.timedelta(days=1), CLOSING_TIME)
    numbers, earlier = Counter(taken or {}), Earlier()
    for number, plan in enumerate(plans(count, Random(f"{seed}"), end)):  # noqa: S311 - nothing here is secret
        year = plan.submitted_at.year
        numbers[year] += 1
        history = _settle(plan, f"{seed}/{number}", end, f"DI-{year}-{numbers[year]:03d}", earlier)
        earlier.note(history)
        yield history.rows


def _settle(plan: Plan, seed: str, end: dt.datetime, reference: str, earlier: Earlier) -> History:
    """The plan carried out, at a faster pace where it does not get where it is bound."""
    for pace in PACES:
        rng = Random(seed)  # noqa: S311
        own = rng.choices(list(SHARES), weights=list(SHARES.values()))[0]
        history = History(plan, rng, end, own, pace)
        history.initiative["reference"] = reference
        with suppress(Over):
            _live(history, earlier)
        if history.has_arrived:
            break
    _sum_up(history)
    return history


def _live(history: History, earlier: Earlier) -> None:
    """Everything that happens to one initiative, until it ends or is over for now."""
    area = history.rng.choice(AREAS)
    mine, theirs = earlier.by_organisation[history.own] or [""], earlier.in_v6 or [""]
    original, original_in_v6 = history.pick(mine), history.pick(theirs)
    kommun.submit(history, area)
    if not kommun.qualify(history, original) or not kommun.prioritise(history):
        return
    ledger, outcomes = Ledger(history), Outcomes(history)
    if history.plan.fate in (Fate.LOCAL, Fate.LOCAL_ENDED, Fate.OFFERED) and history.own != GOLISKA:
        work.start_locally(history)
        if not work.realise(history, ledger, outcomes):
            return
        if history.plan.fate is not Fate.OFFERED:
            return work.finish(history, outcomes)
    v6.send(history, ledger)
    if v6.collaborate(history, ledger, original_in_v6):
        work.start_together(history, ledger)
        if work.realise(history, ledger, outcomes):
            work.finish(history, outcomes)


def _sum_up(history: History) -> None:
    """The columns of the initiative that say how things stand."""
    row, rng = history.initiative, history.rng
    last = [event for event in history.rows["events"] if event["to_status"]][-1]
    row.update(status=last["to_status"], status_since=last["occurred_at"])
    for participation in history.rows["participations"]:
        if participation["role"] == ParticipationRole.LEADS and participation["left_on"] is None:
            row["leader"] = participation["organisation"]
    if rng.random() < 0.6:
        row["registry_number"] = (
            f"{rng.choice(('KS', 'SN', 'BUN', 'TN'))} {row['submitted_at'].year}/{rng.randint(1, 900)}"
        )
