"""Effects on evidence: files tied to what they speak of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _

from initiatives import actions as initiative_actions
from v6portal.organizations.errors import Refused

from ...models import Case, Cost, Evidence, Stage
from ...statuses import Status
from . import kommun
from .checking import cost_words, stage_words

if TYPE_CHECKING:
    from ..step import Step


def said_of_attachment(case: Case, given: Mapping[str, Any]) -> dict[str, Any]:
    """What the file speaks of, in words; nothing where it belongs to the text."""
    of = given.get("belongs_to")
    if of is None:
        return {}
    return {"belongs_to": stage_words(of) if isinstance(of, Stage) else cost_words(of)}


def attach(step: Step) -> None:
    """In a supplement the file becomes a part of the text; where the work goes on it is evidence."""
    if step.source == Status.SUPPLEMENT:
        kommun.attach(step)
        return
    of: Stage | Cost = step.given["belongs_to"]
    received = step.given["attachment"]
    _may_speak_of(step, of)
    there = list(of.evidence.current().select_related("attachment"))
    if same := next((one for one in there if one.attachment.sha256 == received.sha256), None):
        raise Refused(_("Filen finns redan där, som ”%s”.") % same.attachment.name)
    if len(there) >= settings.ATTACHMENT_COUNT:
        raise Refused(_("Där finns redan %d filer, fler får det inte vara.") % settings.ATTACHMENT_COUNT)
    attachment = initiative_actions.attach_evidence(
        initiative=step.case.initiative, by=step.by, received=received, at=step.at
    )
    Evidence.objects.create(
        attachment=attachment,
        kind=step.given["evidence_kind"],
        stage=of if isinstance(of, Stage) else None,
        cost=of if isinstance(of, Cost) else None,
    )


def remove_attachment(step: Step) -> None:
    """In a supplement what belongs to the text; where the work goes on, evidence and nothing else."""
    if step.source != Status.SUPPLEMENT:
        evidence = Evidence.objects.filter(attachment=step.given["attachment"]).select_related("stage", "cost").first()
        if evidence is None:
            raise Refused(_("Bilagorna till beskrivningen går inte att ändra nu."))
        _may_speak_of(step, evidence.stage or evidence.cost)
    kommun.remove_attachment(step)


def _may_speak_of(step: Step, of: Stage | Cost | None) -> None:
    """The leading kommun's lead of everything, the lead of another only of what her own kommun pays."""
    if of is None or of.case_id != step.case.pk:
        raise Refused(_("Underlaget hör till ett annat initiativ."))
    if isinstance(of, Cost) and of.corrected_in_id:
        raise Refused(_("Kostnaden är rättad. Bifoga till raden som står i stället."))
    leads = step.organisation.pk == step.facts.leading
    if not leads and (isinstance(of, Stage) or of.organisation_id != step.organisation.pk):
        raise Refused(_("Du kan bara ändra underlag till kostnader som din egen kommun betalar."))
