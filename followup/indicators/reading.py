"""One reading of the database for one half-year: every statement runs once, whoever asks for its rows."""

from __future__ import annotations

import datetime as dt
from collections import namedtuple
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db import connection

from governance.acts import Act
from governance.known import KEPT, end_of, kept, known_day
from governance.models import CostKind, CostValue, Outcome, StageType
from governance.models.ledger import ACTIVE_ROLES
from governance.remembering import KNOWN, as_known
from governance.statuses import ENDED, V6_BEFORE_START, Status
from v6portal.organizations.models import Organisation
from v6portal.organizations.roles import Kind

from ..models import Adoption, Confirmation
from ..periods import HalfYear

REMEMBERED = KEPT | {one.name: one for one in (kept(Adoption), kept(Confirmation))}
SETTLED = ("governance_principle",)
"""Read as it is, whatever was known when: a new wording of a principle is a new row."""

DELIVERING = (StageType.ASSIGNMENT, StageType.PROJECT)
STARTING = (StageType.PRESTUDY, *DELIVERING)


class Reading:
    """The half-year ``period`` as it stands with everything dated on or before ``per``.

    ``cases`` narrows what is read initiative by initiative (B5) to those primary keys; None means all. Within
    ``governance.known.knowing`` nothing that was recorded after its day is read.
    """

    def __init__(self, period: HalfYear, per: dt.date, cases: Sequence[int] | None = None) -> None:
        self.period = period
        self.per = per
        self.cases = cases
        self.known = known_day()
        self._rows: dict[str, list[Any]] = {}

    @cached_property
    def organisations(self) -> list[Organisation]:
        """The six kommuner and Göliska IT, by name."""
        found = Organisation.objects.filter(kind__in=(Kind.KOMMUN, Kind.FEDERATION)).order_by()
        return sorted(found, key=lambda organisation: organisation.short_name)

    @cached_property
    def names(self) -> dict[int, str]:
        """The short name of an organisation by its primary key."""
        return {organisation.pk: organisation.short_name for organisation in self.organisations}

    def rows(self, statement: str, **more: Any) -> list[Any]:
        """The rows of a statement, as named tuples. It may use the names of ``parameters`` and those given."""
        if statement not in self._rows:
            asked, given = statement, self.parameters | more
            if self.known is not None:
                asked, given = as_known(statement, REMEMBERED, SETTLED), given | {KNOWN: end_of(self.known)}
            with connection.cursor() as cursor:
                cursor.execute(asked, given)
                row = namedtuple("Row", [column.name for column in cursor.description])  # type: ignore[misc]
                self._rows[statement] = [row(*values) for values in cursor.fetchall()]
        return self._rows[statement]

    @cached_property
    def parameters(self) -> dict[str, Any]:
        return {
            "first": self.period.first,
            "per": self.per,
            "eve": self.period.first - dt.timedelta(days=1),
            "cases": None if self.cases is None else list(self.cases),
            "done": Outcome.DONE.value,
            "delivering": _values(DELIVERING),
            "starting": _values(STARTING),
            "active": _values(ACTIVE_ROLES),
            "actual": CostValue.ACTUAL.value,
            "budget": CostValue.BUDGET.value,
            "one_off": _values((CostKind.PRESTUDY, CostKind.DEVELOPMENT)),
            "ended": _values(sorted(ENDED)),
            "waiting": _values(sorted(V6_BEFORE_START)),
            "duplicate": Status.DUPLICATE.value,
            "received": Status.V6_RECEIVED.value,
            "returned": Act.RETURN_TO_KOMMUN.value,
        }


def _values(choices: Sequence[Any]) -> list[str]:
    return [choice.value for choice in choices]
