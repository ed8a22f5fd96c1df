"""What a kommun is to follow up of a solution it has taken into use: asked when it is registered, answered once."""

from __future__ import annotations

import datetime as dt

from v6portal.organizations.models import Organisation

from ..following_up import answer_by, to_ask
from ..models import Case, Event, FollowUp


def ask(*, case: Case, organisation: Organisation, in_use_on: dt.date, on: dt.date) -> None:
    """Writes down what the kommun is to follow up of the solution that it registers on the day; asking twice is asking
    once."""
    asked = [
        FollowUp(case=case, organisation=organisation, months=months, due_on=due, answer_by=answer_by(due))
        for months, due in to_ask(in_use_on, on).items()
    ]
    FollowUp.objects.bulk_create(asked, ignore_conflicts=True)


def answer(*, case: Case, organisation: Organisation, said_on: dt.date, event: Event) -> None:
    """Everything that the kommun had to follow up by the day is answered by the event, whatever it said."""
    waiting = FollowUp.objects.waiting().due(said_on).filter(case=case, organisation=organisation)
    waiting.update(answered_in=event)
