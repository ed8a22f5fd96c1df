"""What would go by each rule of retention, before anything goes; and what has gone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from django.utils import timezone

from initiatives.models import Attachment, Initiative
from v6portal.organizations.models import Organisation, User

from ..actions.purging import drafts_due, files_due, scenarios_due, shown
from ..acts import Act
from ..models import Event, RetentionRule
from ..retention import ABOUT, last_day
from .telling import Told, tell

LATEST = 50
"""Of what has been destroyed; all of it stands in the log of each case."""


@dataclass(frozen=True)
class CaseLine:
    """The files of one case that would go."""

    initiative: Initiative
    ended_on: dt.date
    files: list[Attachment]

    @property
    def size(self) -> int:
        return sum(file.size for file in self.files)


@dataclass(frozen=True)
class Preview:
    """Exactly what a rule lets go today, as the person sees it; of drafts only how many, for nobody else reads them."""

    rule: RetentionRule
    about: str
    until: dt.date
    cases: list[CaseLine] = field(default_factory=list)
    drafts: int = 0
    scenarios: int = 0
    withheld: int = 0
    """Files in cases of the organisation that the person may not read: they stay."""
    seen: str = ""

    @property
    def files(self) -> int:
        return sum(len(case.files) for case in self.cases)

    @property
    def size(self) -> int:
        return sum(case.size for case in self.cases)

    @property
    def count(self) -> int:
        return self.files + self.drafts + self.scenarios


def preview(rule: RetentionRule, by: User) -> Preview:
    """A few statements, whatever the rule lets go. Its organisation is loaded."""
    today = timezone.localdate()
    files = files_due(rule, by)
    return Preview(
        rule=rule,
        about=str(ABOUT[rule.what]),
        until=last_day(today, rule.years),
        cases=_by_case(files),
        drafts=len(drafts_due(rule)),
        scenarios=len(scenarios_due(rule)),
        withheld=rule.attachments_due(today).count() - len(files),
        seen=shown(rule, by),
    )


def _by_case(files: Sequence[Attachment]) -> list[CaseLine]:
    grouped = groupby(files, key=lambda file: file.initiative)
    return [
        CaseLine(initiative, timezone.localdate(initiative.case.status_since), list(own)) for initiative, own in grouped
    ]


@dataclass(frozen=True)
class Gone:
    """One event of destruction in the log; the reference only where the person may read the case."""

    told: Told
    reference: str


def gone(organisations: Sequence[Organisation], by: User) -> list[Gone]:
    """What has been destroyed in the organisations, the latest first. Two statements."""
    events = Event.objects.filter(kind=Act.PURGE, organisation__in=organisations).select_related("organisation")
    latest = list(events.order_by("-id")[:LATEST])
    mine = set(Event.objects.visible_to(by).filter(pk__in=[event.pk for event in latest]).values_list("pk", flat=True))
    return [
        Gone(tell(event), event.reference if event.pk in mine else "") for event in latest if _may_hear(event, mine)
    ]


def _may_hear(event: Event, mine: set[int]) -> bool:
    """What was about no case, or about a draft that is no more, is the organisation's own to know of."""
    data = event.data if isinstance(event.data, dict) else {}
    return event.pk in mine or "sha256" not in data
