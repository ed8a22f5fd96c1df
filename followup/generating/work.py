"""Stages, what they cost, and what came of them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from governance.acts import Act
from governance.models import CostKind, CostValue, Outcome, StageType
from governance.statuses import Status
from v6portal.organizations.roles import Role

from . import words
from .history import History, Values
from .ledger import Ledger
from .outcomes import Outcomes
from .people import GOLISKA, V6
from .plans import Fate

MAIN = (StageType.ASSIGNMENT, StageType.PROJECT)
LENGTHS = {
    StageType.PRESTUDY: (30, 110),
    StageType.ASSIGNMENT: (25, 120),
    StageType.PROJECT: (60, 260),
    StageType.IMPLEMENTATION: (25, 120),
}
"""Days that a stage takes."""
BUDGETS = {
    StageType.PRESTUDY: (30, 220),
    StageType.ASSIGNMENT: (40, 400),
    StageType.PROJECT: (150, 1900),
    StageType.IMPLEMENTATION: (20, 350),
}
"""Thousands of kronor."""


def realise(history: History, ledger: Ledger, outcomes: Outcomes) -> bool:
    """The stages one after another, with införanden after the main one; False where it ends unrealised."""
    for kind in _stages(history):
        done = _stage(history, ledger, kind)
        if not done and kind in MAIN:
            done = _stage(history, ledger, kind)
        if history.plan.fate in (Fate.V6_ENDED, Fate.LOCAL_ENDED) and not outcomes.adopted:
            history.wait(5, 40)
            reason = history.pick(words.REFUSALS)
            history.decide_to_move(Act.END_UNREALISED, Status.ENDED_UNREALISED, history.leading, reason)
            return False
        if kind in MAIN:
            outcomes.put_to_use(ledger)
    return True


def start_together(history: History, ledger: Ledger) -> None:
    """The leading kommun's director decides that the work starts, now and then with another kommun in the lead."""
    history.decide_to_move(Act.DECIDE_START, Status.IN_PROGRESS, history.leading)
    if ledger.others and history.chance(0.05):
        ledger.change_leader()


def start_locally(history: History) -> None:
    history.decide_to_move(Act.DECIDE_LOCAL, Status.LOCAL, history.own, role=Role.MANAGER)
    history.wait(1, 30)


def finish(history: History, outcomes: Outcomes) -> None:
    """To förvaltning, and what still comes there; some are closed in the end."""
    history.wait(5, 40)
    history.initiative["managed_object"] = history.pick(words.OBJECTS)
    history.log(Act.NAME_OBJECT, Role.LEAD, history.leading, history.initiative["managed_object"])
    history.spend(12)
    history.move(Act.HAND_OVER, Status.MAINTENANCE, Role.LEAD, history.leading)
    outcomes.go_on_being_used()
    if history.plan.closes:
        history.wait(30, 200)
        history.move(Act.CLOSE, Status.CLOSED, Role.LEAD, history.leading, "Ersatt av ett gemensamt system.")


def _stages(history: History) -> list[StageType]:
    """Repeatable and skippable: a förstudie perhaps, something to build, and mostly an implementation."""
    before = [StageType.PRESTUDY] if history.chance(0.45) else []
    after = [StageType.IMPLEMENTATION] if history.chance(0.6) else []
    return [*before, history.rng.choice(MAIN), *after]


def _stage(history: History, ledger: Ledger, kind: StageType) -> bool:
    """One stage from start to end with its costs; whether it was carried out."""
    history.spend(5)
    row = _begin(history, kind)
    budget = _thousands(history, *BUDGETS[kind])
    _cost(history, row, CostValue.BUDGET, budget)
    least, most = LENGTHS[kind]
    parts = history.rng.randint(1, 3)
    for _part in range(parts):
        history.wait(least / parts, most / parts)
        _cost(history, row, CostValue.ACTUAL, _spent(history, budget / parts))
        ledger.shuffle()
    history.spend(20)
    outcome = Outcome.ABORTED if history.chance(0.07) else Outcome.DONE
    row.update(end=history.today, outcome=outcome)
    history.log(Act.END_STAGE, Role.LEAD, history.leading, str(outcome.label))
    history.wait(1, 25)
    return outcome is Outcome.DONE


def _begin(history: History, kind: StageType) -> Values:
    responsible = GOLISKA if history.chance(0.15) else V6 if history.chance(0.05) else history.leading
    planned = history.today + dt.timedelta(days=round(sum(LENGTHS[kind]) / 2))
    history.log(Act.START_STAGE, Role.LEAD, history.leading, str(kind.label))
    return history.add(
        "stages",
        number=len(history.rows["stages"]) + 1,
        type=kind,
        start=history.today,
        organisation=responsible,
        planned_end=planned if history.chance(0.8) else None,
    )


def _cost(history: History, stage: Values, value: CostValue, amount: Decimal) -> None:
    kind = CostKind.PRESTUDY if stage["type"] == StageType.PRESTUDY else CostKind.DEVELOPMENT
    paid_by = history.leading if value is CostValue.ACTUAL and history.chance(0.3) else ""
    history.add(
        "costs",
        stage=stage["number"],
        kind=kind,
        value=value,
        amount=amount,
        organisation=paid_by,
        date=history.today,
    )
    history.log(Act.RECORD_COST, Role.LEAD, history.leading)


def _thousands(history: History, least: int, most: int) -> Decimal:
    return Decimal(history.rng.randint(least, most) * 1000)


def _spent(history: History, planned: Decimal) -> Decimal:
    """About as much as planned, now and then to the öre."""
    share = Decimal(history.rng.randint(70, 125)) / 100
    amount = Decimal(int(planned * share) // 100 * 100)
    return amount + Decimal("0.50") if history.chance(0.1) else amount
