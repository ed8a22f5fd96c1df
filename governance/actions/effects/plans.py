"""Effects on what is planned: an end that is moved, a stage that is coming, or one that will not be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from v6portal.organizations.errors import Refused

from ...models import Case, ComingStage, EarlierPlan, Stage, StageType
from .checking import checked, stage_words

if TYPE_CHECKING:
    from ..step import Step

NEW = "new"
"""What is given as ``planned`` for a stage that has not been planned before."""


def said_of_plan(case: Case, given: Mapping[str, Any]) -> dict[str, Any]:
    """Which stage, and what was planned before, so that the log says it when the plan has changed again."""
    planned = given["planned"]
    # The plan as it is now, under the lock: the person may have had an older one before her.
    before = None if planned == NEW else type(planned).objects.values_list("planned_end", flat=True).get(pk=planned.pk)
    return {
        "planned": _("ny etapp, %s") % _type_of(given) if planned == NEW else stage_words(planned),
        "before": before,
    }


def replan(step: Step) -> None:
    """Keeps what was planned, and plans anew."""
    planned = step.given["planned"]
    if planned == NEW:
        _plan_new(step)
    elif step.given.get("dropped"):
        _drop(step, planned)
    else:
        _move(step, planned)


def take_from_plan(step: Step, stage: Stage) -> None:
    """A stage that was coming has begun; its plan goes with it. A planned end that is another now, is a new plan."""
    if step.given.get("coming") is None:
        return
    coming = _waiting(step, step.given["coming"])
    if coming.type != stage.type:
        raise Refused(_("I planen är etappen %s. Välj samma typ.") % coming.get_type_display())
    stage.planned_start, stage.planned_end = coming.planned_start, stage.planned_end or coming.planned_end
    stage.save()
    coming.stage = stage
    coming.save()
    coming.earlier_plans.update(stage=stage, coming=None)
    if stage.planned_end != coming.planned_end:
        _keep(step, coming, stage=stage)


def _plan_new(step: Step) -> None:
    start, end = step.given.get("planned_start"), _end_of(step)
    if not step.given.get("stage_type"):
        raise Refused(_("Välj vilken sorts etapp som är planerad."))
    if start is None:
        raise Refused(_("Ange när etappen är planerad att börja."))
    coming = ComingStage(
        case=step.case,
        type=step.given["stage_type"],
        planned_start=start,
        planned_end=end,
        organisation=step.organisation,
    )
    checked(coming)
    coming.save()


def _drop(step: Step, planned: Stage | ComingStage) -> None:
    if isinstance(planned, Stage):
        raise Refused(_("Etappen har börjat. Avsluta den i stället."))
    coming = _waiting(step, planned)
    coming.dropped_in = step.event
    coming.save()


def _move(step: Step, planned: Stage | ComingStage) -> None:
    row = _ongoing(step, planned) if isinstance(planned, Stage) else _waiting(step, planned)
    start, end = step.given.get("planned_start"), _end_of(step)
    if start is not None and isinstance(row, Stage):
        raise Refused(_("Etappen har redan börjat. Ändra bara när den beräknas vara klar."))
    start = start or row.planned_start
    if (start, end) == (row.planned_start, row.planned_end):
        raise Refused(_("Så är det redan planerat."))
    _keep(step, row, stage=row if isinstance(row, Stage) else None)
    row.planned_end = end
    if isinstance(row, ComingStage):
        row.planned_start = start or row.planned_start
    elif end < row.start:
        raise Refused(_("Etappen kan inte planeras att sluta innan den börjat."))
    checked(row)
    row.save()


def _keep(step: Step, planned: Stage | ComingStage, *, stage: Stage | None) -> None:
    EarlierPlan.objects.create(
        event=step.event,
        stage=stage,
        coming=planned if stage is None and isinstance(planned, ComingStage) else None,
        planned_start=planned.planned_start,
        planned_end=planned.planned_end,
    )


def _ongoing(step: Step, stage: Stage) -> Stage:
    found = step.case.stages.ongoing().filter(pk=stage.pk).first()
    if found is None:
        raise Refused(_("Etappen är redan avslutad."))
    return found


def _waiting(step: Step, coming: ComingStage) -> ComingStage:
    found = step.case.coming_stages.waiting().filter(pk=coming.pk).first()
    if found is None:
        raise Refused(_("Etappen finns inte längre i planen."))
    return found


def _end_of(step: Step) -> dt.date:
    if step.given.get("planned_end") is None:
        raise Refused(_("Ange när etappen nu beräknas vara klar."))
    return step.given["planned_end"]


def _type_of(given: Mapping[str, Any]) -> str:
    return str(dict(StageType.choices).get(given.get("stage_type", ""), ""))
