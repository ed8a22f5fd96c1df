"""Histories with the dates a test needs, written as an import writes them: rows and log together, dated back.

The acts of the process happen now; an indicator's test is about what happened when. Points in time are given as
local text, ``2026-06-30 23:59`` or just the date.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from followup.models import Adoption, Confirmation
from governance.acts import Act
from governance.models import Case, Cost, Event, Participation, Principle, Stage
from governance.models.ledger import Ending
from governance.statuses import Status
from initiatives.models import Initiative
from v6portal.organizations.models import Organisation

ORGANISATIONS = {
    "Essunga": "essunga",
    "Grästorp": "grastorp",
    "Götene": "gotene",
    "Lidköping": "lidkoping",
    "Skara": "skara",
    "Vara": "vara",
    "Göliska IT": "goliska",
    "V6": "v6",
}


def moment(text: str) -> dt.datetime:
    """A local point in time; a date alone is nine in the morning."""
    naive = dt.datetime.fromisoformat(text if " " in text else f"{text} 09:00")
    return timezone.make_aware(naive)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def organisation(name: str) -> Organisation:
    return Organisation.objects.get(key=ORGANISATIONS[name])


class History:
    """One initiative whose past is written line by line."""

    def __init__(
        self, reference: str, kommun: str = "Skara", *, submitted: str = "2026-01-12", v6: str = "", **fields: Any
    ) -> None:
        self.reference = reference
        self.initiative = Initiative.objects.create(
            reference=reference,
            organisation=organisation(kommun),
            title=f"Initiativ {reference}",
            need="Behov",
            benefit="Nytta",
            author_name="Någon",
            created_at=moment(submitted),
            submitted_at=moment(submitted),
            shared_at=moment(v6) if v6 else None,
            **{"targets_residents": True} | fields,
        )
        self.case = Case.objects.create(
            initiative=self.initiative, status=Status.SUBMITTED, status_since=moment(submitted)
        )
        self.event(Act.SUBMIT, submitted, Status.SUBMITTED)
        if v6:
            self.event(Act.SEND_TO_V6, v6, Status.V6_RECEIVED)

    def event(self, act: Act, when: str, to: Status | str = "", **case: Any) -> History:
        """An event; where it moves the case, the case follows. ``case`` sets what the new status needs."""
        Event.objects.create(
            case=self.case,
            reference=self.reference,
            kind=act,
            to_status=to,
            occurred_at=moment(when),
            actor_name="Någon",
        )
        if to:
            Case.objects.filter(pk=self.case.pk).update(status=to, status_since=moment(when), **case)
        return self

    def joins(
        self, kommun: str, joined: str, left: str = "", role: str = "takes_part", ending: str = "", reason: str = "Skäl"
    ) -> History:
        """A row of the ledger. One that ends is a leave by principle P4 unless another ending is given."""
        ending = ending or (Ending.LEFT if left else "")
        leave = ending == Ending.LEFT
        Participation.objects.create(
            case=self.case,
            organisation=organisation(kommun),
            role=role,
            joined_on=day(joined),
            left_on=day(left) if left else None,
            ending=ending,
            principle=Principle.objects.get(code="P4", valid_to=None) if leave else None,
            reason=reason if leave else "",
            decider_name="Direktören" if leave else "",
        )
        return self

    def stage(self, kind: str, start: str, end: str = "", outcome: str = "done") -> History:
        Stage.objects.create(
            case=self.case,
            number=self.case.stages.count() + 1,
            type=kind,
            start=day(start),
            end=day(end) if end else None,
            outcome=outcome if end else "",
        )
        return self

    def cost(self, kind: str, amount: str, date: str, until: str = "", value: str = "actual") -> History:
        Cost.objects.create(
            case=self.case,
            kind=kind,
            value=value,
            amount=amount,
            date=day(date),
            until=day(until) if until else None,
        )
        return self

    def adopted(self, kommun: str, in_use: str) -> History:
        Adoption.objects.create(case=self.case, organisation=organisation(kommun), in_use_on=day(in_use))
        return self

    def confirmed(self, kind: str, date: str, *, holds: bool = True) -> History:
        Confirmation.objects.create(
            case=self.case, kind=kind, holds=holds, date=day(date), confirmed_by_name="Någon", grounds="Så"
        )
        return self

    def confirmed_in_all(self, date: str) -> History:
        for kind in Confirmation.Kind:
            self.confirmed(kind, date)
        return self
