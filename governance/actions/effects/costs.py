"""Effects on costs: one that is new, one that takes another's place from a day, one that puts a wrong one right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from v6portal.organizations.errors import Refused

from ...models import Case, Cost
from ...models.work import RUNNING_KINDS
from .checking import checked, cost_words

if TYPE_CHECKING:
    from ..step import Step

UNSAID = ("kind", "value", "amount", "date", "until", "stage", "organisation", "instead_of")
"""What the form carries of a row that never was: it is not so, and is not said."""


def said_of_cost(case: Case, given: Mapping[str, Any]) -> dict[str, Any]:
    """The other rows in words, so that the log says what they were."""
    said = {key: cost_words(given[key]) for key in ("corrects", "instead_of") if given.get(key)}
    return dict.fromkeys(UNSAID, "") | said if given.get("corrects") and given.get("never_was") else said


def record_cost(step: Step) -> None:
    """A new row; nothing that is recorded is changed but that it was wrong, or when it ended."""
    wrong: Cost | None = step.given.get("corrects")
    if wrong is not None:
        wrong = _standing(step, wrong)
        if not step.given.get("motivation"):
            raise Refused(_("Skriv vad som var fel."))
    elif step.given.get("never_was"):
        raise Refused(_("Välj vilken kostnad som inte ska finnas."))
    cost = None if step.given.get("never_was") else _new(step)
    if wrong is not None:
        wrong.corrected_in, wrong.replaced_by = step.event, cost
        wrong.save()
        if cost is not None:
            wrong.evidence.update(cost=cost)


def _new(step: Step) -> Cost:
    given = step.given
    if given["date"] > timezone.localdate():
        raise Refused(_("Kostnaden kan inte ha ett datum i framtiden."))
    stage = given.get("stage")
    if stage is not None and stage.case_id != step.case.pk:
        raise Refused(_("Etappen hör till ett annat initiativ."))
    cost = Cost(
        case=step.case,
        stage=stage,
        kind=given["kind"],
        value=given["value"],
        amount=given["amount"],
        organisation=given.get("organisation"),
        date=given["date"],
        until=given.get("until") if given["kind"] in RUNNING_KINDS else None,
    )
    if given.get("until") and cost.until is None:
        raise Refused(_("Ange slutdag bara för drift och förvaltning."))
    checked(cost)
    if given.get("instead_of"):
        _end(_standing(step, given["instead_of"]), cost)
    cost.save()
    return cost


def _end(earlier: Cost, cost: Cost) -> None:
    """What was paid a year until now is no longer in force the day the new amount is."""
    if earlier.kind not in RUNNING_KINDS or (earlier.kind, earlier.value) != (cost.kind, cost.value):
        raise Refused(_("Det nya beloppet ska vara av samma slag som det som upphör."))
    if cost.date <= earlier.date:
        raise Refused(_("Det nya beloppet ska börja gälla efter det som upphör. Var det fel från början, rätta det."))
    if earlier.until and earlier.until < cost.date:
        raise Refused(_("Kostnaden har redan upphört. Registrera den nya för sig."))
    earlier.until = cost.date - dt.timedelta(days=1)
    checked(earlier)
    earlier.save()


def _standing(step: Step, cost: Cost) -> Cost:
    """The row as it stands now; the leading kommun's to change, or that of the kommun which pays it."""
    found = step.case.costs.standing().filter(pk=cost.pk).first()
    if found is None:
        raise Refused(_("Kostnaden är redan rättad."))
    if step.organisation.pk not in (step.facts.leading, found.organisation_id):
        raise Refused(_("Du kan bara ändra kostnader som din egen kommun betalar."))
    return found
