"""What the survey's rules ask, read out of the database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db.models import Count
from django.utils import timezone

from v6portal.organizations.access import coordinates
from v6portal.organizations.models import Membership, User

from .models import Invitation, Survey
from .surveying import Reader


def reader_of(survey: Survey, user: User) -> Reader:
    """The person as the rules see her, for one survey. One statement."""
    invitation = invitation_of(survey, user)
    return Reader(
        coordinates=coordinates(user),
        is_invited=invitation is not None,
        has_answered=invitation is not None and invitation.has_answered,
    )


def invitation_of(survey: Survey, user: User) -> Invitation | None:
    return survey.invitations.of(user).select_related("organisation").first()


def to_invite(roles: Collection[str]) -> dict[int, int]:
    """The organisation of each person who has any of the roles today for herself, by the person's key.

    Who has them in several places is invited once, for the place that comes first.
    """
    held = Membership.objects.current().own().filter(role__in=roles, user__is_active=True)
    found: dict[int, int] = {}
    for user, organisation in held.in_order().values_list("user_id", "organisation_id"):
        found.setdefault(user, organisation)
    return found


def answers_by_organisation(survey: Survey) -> dict[int, int]:
    """How many have answered, by the organisation's key; those where nobody was invited are not there."""
    answered = dict(survey.responses.order_by().values_list("organisation").annotate(number=Count("pk")))
    invited = survey.invitations.order_by("organisation__order").values_list("organisation", flat=True)
    return {organisation: answered.get(organisation, 0) for organisation in dict.fromkeys(invited)}


def waiting_for_answer(user: User, today: dt.date | None = None) -> list[Invitation]:
    """The open surveys that the person is invited to and has not answered. One statement."""
    running = Survey.objects.running(today or timezone.localdate())
    mine = Invitation.objects.of(user).filter(has_answered=False, survey__in=running)
    return list(mine.select_related("survey").order_by("survey__last_day"))
