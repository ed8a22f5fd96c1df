"""Införanden, running costs and 3N: what came of the work."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from followup.models import Confirmation
from governance.acts import Act
from governance.models import CostKind, CostValue
from v6portal.organizations.roles import Role

from . import words
from .history import History
from .ledger import Ledger
from .people import GOLISKA, KOMMUNER

K = Confirmation.Kind


class Outcomes:
    """What one initiative has led to so far."""

    def __init__(self, history: History) -> None:
        self.history = history
        self.adopted: list[str] = []

    def put_to_use(self, ledger: Ledger) -> None:
        """Those who take part take it into use, the leader first; then what it costs a year and whether it holds."""
        first = not self.adopted
        for kommun in self._takers(ledger):
            self._adopt(kommun)
            if first and len(self.adopted) == 1:
                self._costs_a_year()
            self.history.wait(2, 45)
        if first and self.adopted:
            self._confirm_all()

    def go_on_being_used(self) -> None:
        """Others take it into use in their own time, and some confirmations are taken back."""
        history = self.history
        late = [name for name in KOMMUNER if name not in self.adopted]
        if history.initiative["shared_at"] is None:
            late = []
        for kommun in late:
            if history.chance(0.2):
                history.wait(20, 250)
                self._adopt(kommun)
        if history.chance(0.12):
            history.wait(30, 200)
            kind = history.rng.choice((K.USEFUL, K.UTILISED))
            self._confirm(kind, holds=False)
            if history.chance(0.5):
                history.wait(30, 120)
                self._confirm(kind, holds=True)
        if history.chance(0.3):
            history.wait(200, 400)
            self._new_price()

    def _takers(self, ledger: Ledger) -> list[str]:
        leader = [] if self.history.leading == GOLISKA else [self.history.leading]
        wanting = leader + [name for name in ledger.others if self.history.chance(0.75)]
        return [name for name in wanting if name not in self.adopted]

    def _adopt(self, kommun: str) -> None:
        history = self.history
        history.add("adoptions", organisation=kommun, in_use_on=history.today, note=history.pick(words.NOTES))
        history.log(Act.RECORD_ADOPTION, Role.LEAD, kommun)
        self.adopted.append(kommun)

    def _confirm_all(self) -> None:
        history = self.history
        for kind, sure in ((K.NEW, 0.75), (K.USEFUL, 0.85), (K.UTILISED, 0.7)):
            if history.chance(0.85):
                history.wait(5, 70)
                self._confirm(kind, holds=history.chance(sure))

    def _confirm(self, kind: Confirmation.Kind, *, holds: bool) -> None:
        history, organisation = self.history, self.history.pick(self.adopted)
        history.log(Act.CONFIRM_BENEFIT, Role.LEAD, organisation, str(kind.label))
        history.add(
            "confirmations",
            kind=kind,
            holds=holds,
            date=history.today,
            confirmed_by_name=history.rows["events"][-1]["actor_name"],
            organisation=organisation,
            grounds=history.pick(words.GROUNDS),
        )

    def _costs_a_year(self) -> None:
        """Operation from the first day of use, mostly with förvaltning and with a budget beside it."""
        yearly = Decimal(self.history.rng.randint(0, 180) * 1000)
        self._running(CostKind.OPERATION, CostValue.ACTUAL, yearly)
        if self.history.chance(0.5):
            self._running(CostKind.OPERATION, CostValue.BUDGET, yearly)
        if self.history.chance(0.6):
            self._running(CostKind.MAINTENANCE, CostValue.ACTUAL, Decimal(self.history.rng.randint(5, 90) * 1000))

    def _running(self, kind: CostKind, value: CostValue, amount: Decimal) -> None:
        history = self.history
        ends = dt.date(history.today.year + history.rng.randint(1, 3), 12, 31) if history.chance(0.15) else None
        history.add("costs", kind=kind, value=value, amount=amount, date=history.today, until=ends)
        history.log(Act.RECORD_COST, Role.LEAD, history.leading)

    def _new_price(self) -> None:
        """The supplier's price changes: the row that held ends, another begins the day after."""
        history = self.history
        for row in history.rows["costs"]:
            if row["kind"] == CostKind.OPERATION and row["value"] == CostValue.ACTUAL and row["until"] is None:
                row["until"] = max(history.today - dt.timedelta(days=1), row["date"])
                raised = (row["amount"] * Decimal("1.08")).quantize(Decimal("0.01"))
                self._running(CostKind.OPERATION, CostValue.ACTUAL, raised)
                return
