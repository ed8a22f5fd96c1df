"""Effects on stages, and what the process needs to know of införanden."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from v6portal.organizations.errors import Refused
from v6portal.organizations.models import Organisation

from ...models import Stage
from .. import following_up
from . import plans
from .checking import checked

if TYPE_CHECKING:
    from ..step import Step


def begin_stage(step: Step, organisation: Organisation) -> Stage:
    last = step.case.stages.aggregate(last=Max("number"))["last"] or 0
    if step.given["start"] > timezone.localdate():
        raise Refused(_("Etappen kan inte börja i framtiden. Registrera den när den börjar."))
    if step.given["start"] < timezone.localdate(step.case.initiative.submitted_at):
        raise Refused(_("Etappen kan inte börja innan initiativet skickades in."))
    stage = Stage(
        case=step.case,
        number=last + 1,
        type=step.given["stage_type"],
        start=step.given["start"],
        planned_end=step.given.get("planned_end"),
        organisation=organisation,
    )
    checked(stage)
    stage.save()
    return stage


def start_stage(step: Step) -> None:
    stage = begin_stage(step, step.given.get("organisation") or step.organisation)
    plans.take_from_plan(step, stage)


def end_stage(step: Step) -> None:
    stage = step.case.stages.ongoing().filter(pk=step.given["stage"].pk).first()
    if stage is None:
        raise Refused(_("Etappen är redan avslutad."))
    if step.given["end"] > timezone.localdate():
        raise Refused(_("Etappen kan inte sluta i framtiden. Registrera slutet när det är dags."))
    stage.end, stage.outcome = step.given["end"], step.given["outcome"]
    checked(stage)
    stage.save()


def record_adoption(step: Step) -> None:
    """Keeps the first date in use on the case, so that *Överlämna* can ask for it, and what the kommun is to follow up;
    the row itself is followup's, which refuses a second one."""
    on = step.given["in_use_on"]
    first = step.case.first_in_use_on
    step.case.first_in_use_on = min(first, on) if first else on
    organisation = step.given.get("organisation") or step.organisation
    following_up.ask(case=step.case, organisation=organisation, in_use_on=on, on=step.on)


def confirm_benefit(step: Step) -> None:
    """Answers what the kommun has to follow up by then, whatever it says; the confirmation itself is followup's."""
    said_on = step.given["date"]
    following_up.answer(case=step.case, organisation=step.organisation, said_on=said_on, event=step.event)


def name_object(step: Step) -> None:
    step.case.managed_object = step.given["managed_object"]
    step.case.managed_by = step.given.get("managed_by")
