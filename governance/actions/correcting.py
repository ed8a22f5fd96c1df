"""Correcting a decision: only by a new one that names it, by those who may decide so, and once."""

from __future__ import annotations

from django.utils.translation import gettext as _

from v6portal.organizations.errors import Refused
from v6portal.organizations.models import Organisation
from v6portal.organizations.roles import Role

from ..acts import Act
from ..models import Case, Decision, DecisionQuerySet
from ..workflow import roles_that
from .step import Step


def correctable_by(case: Case, organisation: Organisation, role: str) -> DecisionQuerySet:
    """The case's decisions that stand, of the organisation, of the sorts that the role may take by the table."""
    acts = [act for act in Act if Role(role) in roles_that(act)]
    return Decision.objects.filter(case=case, organisation=organisation, act__in=acts, corrected_by__isnull=True)


def decision_to_correct(step: Step) -> Decision | None:
    """The decision that the step corrects, if it corrects one; refused where it is not this person's to correct."""
    chosen: Decision | None = step.given.get("corrects")
    if step.row.act is not Act.CORRECT or chosen is None:
        return None
    found = Decision.objects.select_related("organisation").filter(case=step.case, pk=chosen.pk).first()
    if found is None:
        raise Refused(_("Beslutet hör till ett annat initiativ."))
    newer = Decision.objects.select_related("organisation").filter(corrects=found).first()
    if newer is not None:
        raise Refused(
            _("%(old)s är redan rättat av %(new)s. Är något fel i det beslutet rättar du det i stället.")
            % {"old": found.number, "new": newer.number}
        )
    role = step.capacity.role if step.capacity else ""
    if found.organisation_id != step.organisation.pk or Role(role) not in roles_that(Act(found.act)):
        raise Refused(_("Bara den som kan fatta beslutet i dag, i samma organisation, kan rätta det."))
    return found


def title_of_the_decider(step: Step) -> str:
    """What was written; else the role in which the one who decides and writes it down herself acts."""
    written: str = step.given.get("decider_title", "")
    is_own = step.given["decider_name"] == str(step.by) and not step.given.get("body")
    return written or (str(Role(step.capacity.role).label) if is_own and step.capacity else "")
