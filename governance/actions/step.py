"""A step on its way through the door: what is done, to what, by whom, with what."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from v6portal.organizations.models import Membership, Organisation, User

from ..facts import CaseFacts
from ..models import Case, Decision, Event
from ..statuses import Status
from ..workflow import Row
from .log import OnBehalf


@dataclass
class Step:
    """Handed to the effect of an act, inside the transaction and under the case's lock."""

    row: Row
    case: Case
    by: User
    capacity: Membership | OnBehalf | None
    given: dict[str, Any]
    at: dt.datetime
    facts: CaseFacts
    source: Status
    target: Status | None
    event: Event
    decision: Decision | None = None

    @property
    def on(self) -> dt.date:
        """The local date of the act."""
        return timezone.localdate(self.at)

    @property
    def organisation(self) -> Organisation:
        """The organisation the person acts for: by her role, else where the initiative was written."""
        return self.capacity.organisation if self.capacity else self.case.initiative.organisation
