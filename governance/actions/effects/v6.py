"""Effects in the joint process: sending on, asking the kommuner, Göliska IT's part, the start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives import actions as initiative_actions
from v6portal.organizations.errors import Refused
from v6portal.organizations.models import Organisation

from ...models import Cost, CostKind, CostValue, InterestAnswer, ItAssessment, ProcessSettings, StageType
from . import ledger, work

if TYPE_CHECKING:
    from ..step import Step


def send(step: Step) -> None:
    """A kommun that sends leads to begin with; for Göliska IT's own, one that has agreed."""
    own = step.case.initiative.organisation
    leader: Organisation = step.given["leader"]
    if not leader.is_kommun:
        raise Refused(_("Det är en kommun som leder i V6. Välj en kommun som har tackat ja."))
    if own.is_kommun and leader != own:
        raise Refused(_("Kommunen som skickar leder till att börja med. Ledningen kan bytas senare."))
    step.case.motive = step.given["motive"]
    initiative_actions.share(initiative=step.case.initiative, by=step.by, at=step.at)
    ledger.begin_leading(step, leader)


def ask_the_kommuner(step: Step) -> None:
    if step.given["deadline"] <= timezone.localdate(step.at):
        raise Refused(_("Sista svarsdag ska ligga framåt i tiden."))
    step.case.interest_deadline = step.given["deadline"]
    step.case.answers_shown = ProcessSettings.objects.on(step.on).answers_shown
    step.case.interest_answers.standing().update(superseded=True)


def answer(step: Step) -> None:
    """A kommun that answers *Delta* takes part from that day; the other answers leave the ledger as it is."""
    assert step.decision is not None  # noqa: S101 - the row asks for a decision
    organisation = step.organisation
    joins = step.given["answer"] == InterestAnswer.Answer.JOIN
    takes_part = organisation.pk in step.facts.participants
    if takes_part and not joins:
        raise Refused(_("Kommunen deltar redan. Välj ”Lämna samarbetet” om den inte ska vara med, och ange princip."))
    step.case.interest_answers.standing().filter(organisation=organisation).update(superseded=True)
    InterestAnswer.objects.create(
        case=step.case,
        organisation=organisation,
        answer=step.given["answer"],
        offers_to_lead=joins and bool(step.given.get("offers_to_lead")),
        decision=step.decision,
    )
    if joins and not takes_part:
        ledger.begin_taking_part(step, organisation)


def ask_goliska(step: Step) -> None:
    """What is asked, and from when it is wished. A case that comes a second time is assessed and decided on anew; what
    was said before stays in the log, and its text as a beginning."""
    if step.given["wished_start"] < step.on:
        raise Refused(_("Önskad start ligger bakåt i tiden. Välj en dag som kommer."))
    ItAssessment.objects.update_or_create(
        case=step.case,
        defaults={
            "request": step.given["it_request"],
            "wished_start": step.given["wished_start"],
            "users": step.given["it_users"],
            "objects_concerned": step.given.get("it_objects", ""),
            "handed_in_at": None,
            "commitment": "",
        },
    )


def draft_it_assessment(step: Step) -> None:
    assessment, _created = ItAssessment.objects.get_or_create(case=step.case)
    for part in (*ItAssessment.PARTS, "commitment_needed", "effort_hours"):
        if part in step.given:
            setattr(assessment, part, step.given[part])
    assessment.save()


def hand_in_it_assessment(step: Step) -> None:
    ItAssessment.objects.filter(case=step.case).update(handed_in_at=step.at)


def decide_commitment(step: Step) -> None:
    ItAssessment.objects.filter(case=step.case).update(commitment=step.given["commitment"])


def prioritise(step: Step) -> None:
    step.case.v6_order = step.given["order"]


def start(step: Step) -> None:
    """The first stage begins, with its budget; another kommun may take over the lead with it."""
    leader: Organisation = step.given["leader"]
    if leader.pk != step.facts.leading:
        ledger.hand_over_lead(step, leader)
    stage = work.begin_stage(step, organisation=step.given.get("organisation") or leader)
    Cost.objects.create(
        case=step.case,
        stage=stage,
        kind=CostKind.PRESTUDY if stage.type == StageType.PRESTUDY else CostKind.DEVELOPMENT,
        value=CostValue.BUDGET,
        amount=step.given["budget"],
        date=step.given["start"],
    )


def return_to_kommun(step: Step) -> None:
    """What Göliska IT answered binds no later round, also one that does not ask it; its text stays as a beginning."""
    step.case.interest_deadline = None
    ItAssessment.objects.filter(case=step.case).update(handed_in_at=None, commitment="", commitment_needed=False)
