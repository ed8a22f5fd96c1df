"""Effects in the participation ledger: rows begin and end, and never overlap."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from v6portal.organizations.errors import Refused
from v6portal.organizations.models import Organisation

from ...models import Ending, Participation, ParticipationRole

if TYPE_CHECKING:
    from ..step import Step


def _row_of(step: Step, organisation: Organisation) -> Participation | None:
    return step.case.participations.ongoing().filter(organisation=organisation).first()


def _end(row: Participation, on: dt.date, ending: Ending) -> None:
    if on < row.joined_on:
        raise Refused(_("%(kommun)s gick med senare än så.") % {"kommun": row.organisation})
    row.left_on, row.ending = on, ending
    row.save()


def _refuse_before_what_is_written(step: Step, organisation: Organisation, on: dt.date) -> None:
    """A kommun's rows follow upon each other: a new one begins when what it had before has ended, or later."""
    last = step.case.participations.filter(organisation=organisation, left_on__gt=on).order_by("left_on").last()
    if last is not None and last.left_on is not None:
        told = {"kommun": organisation, "day": date_format(last.left_on, "j F Y")}
        raise Refused(_("%(kommun)s har redan en rad fram till %(day)s. Välj den dagen eller en senare.") % told)


def _begin(step: Step, organisation: Organisation, role: ParticipationRole, on: dt.date) -> Participation:
    """A new row from the day; the one the kommun had, if any, ends the same day as a change of role."""
    _refuse_before_what_is_written(step, organisation, on)
    if (row := _row_of(step, organisation)) is not None:
        _end(row, on, Ending.CHANGED)
    return Participation.objects.create(
        case=step.case,
        organisation=organisation,
        role=role,
        joined_on=on,
        decider_name=step.given.get("decider_name", ""),
    )


def begin_leading(step: Step, organisation: Organisation) -> None:
    """The kommun leads from the day of the act, unless it already does; another leader steps down to taking part."""
    leader = step.case.participations.ongoing().leading().first()
    if leader is not None and leader.organisation_id == organisation.pk:
        return
    if leader is not None:
        _begin(step, leader.organisation, ParticipationRole.TAKES_PART, step.on)
    _begin(step, organisation, ParticipationRole.LEADS, step.on)


def begin_taking_part(step: Step, organisation: Organisation) -> None:
    _begin(step, organisation, ParticipationRole.TAKES_PART, step.on)


def hand_over_lead(step: Step, organisation: Organisation) -> None:
    """Another participant takes over the lead; the one who led goes on taking part. Nobody leaves by it."""
    if organisation.pk not in step.facts.participants:
        raise Refused(_("Den som ska leda ska först delta. %(kommun)s deltar inte.") % {"kommun": organisation})
    begin_leading(step, organisation)


def join(step: Step) -> None:
    """A kommun joins late by its director's decision."""
    if step.organisation.pk in step.facts.participants:
        raise Refused(_("Kommunen deltar redan."))
    on = step.given.get("joined_on") or step.on
    if on > timezone.localdate():
        raise Refused(_("Dagen då kommunen går med kan inte ligga i framtiden."))
    if on < timezone.localdate(step.case.initiative.shared_at):
        raise Refused(_("Kommunen kan inte gå med innan initiativet kom in till V6."))
    row = _row_of(step, step.organisation)
    if row is not None and on < row.joined_on:
        told = {"kommun": step.organisation, "day": date_format(row.joined_on, "j F Y")}
        raise Refused(_("%(kommun)s följer sedan %(day)s. Välj den dagen eller en senare.") % told)
    _begin(step, step.organisation, ParticipationRole.TAKES_PART, on)


def follow(step: Step) -> None:
    if _row_of(step, step.organisation) is not None:
        raise Refused(_("Kommunen deltar eller följer redan."))
    _begin(step, step.organisation, ParticipationRole.FOLLOWS, step.on)


def unfollow(step: Step) -> None:
    row = _row_of(step, step.organisation)
    if row is None or row.role != ParticipationRole.FOLLOWS:
        raise Refused(_("Kommunen följer inte initiativet."))
    _end(row, step.on, Ending.UNFOLLOWED)


def leave(step: Step) -> None:
    """A kommun leaves in relation to a named principle; the one that leads hands over first."""
    row = _row_of(step, step.organisation)
    if row is None:
        raise Refused(_("Kommunen deltar inte."))
    if row.role == ParticipationRole.LEADS:
        raise Refused(_("Kommunen leder. Byt ledande kommun först, lämna sedan."))
    row.principle, row.reason = step.given["principle"], step.given["reason"]
    row.decider_name = step.given["decider_name"]
    _end(row, step.on, Ending.LEFT)
    if step.given.get("goes_on_following"):
        _begin(step, step.organisation, ParticipationRole.FOLLOWS, step.on)


def change_leader(step: Step) -> None:
    leader: Organisation = step.given["leader"]
    if leader.pk == step.facts.leading:
        raise Refused(_("%(kommun)s leder redan.") % {"kommun": leader})
    hand_over_lead(step, leader)
