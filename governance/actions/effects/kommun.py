"""Effects in the kommun's own process, and of what a registrar does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives import actions as initiative_actions
from initiatives.models import ANSWERS, GateReply, Initiative, Revision
from v6portal.organizations.errors import Refused

from ...acts import Act
from ...models import Case
from ...statuses import Status

if TYPE_CHECKING:
    from ..step import Step


def submit(step: Step) -> None:
    initiative_actions.submit(initiative=step.case.initiative, by=step.by, at=step.at)


def request_supplement(step: Step) -> None:
    """The questions are about answers that the form has; anything else is a fault of the caller's."""
    if unknown := set(step.given.get("questions", {})) - set(ANSWERS):
        raise TypeError(f"no answers of an initiative: {sorted(unknown)}")


def supplement(step: Step) -> None:
    initiative_actions.revise(
        initiative=step.case.initiative, by=step.by, at=step.at, fields=step.given.get("fields", {})
    )


def amend(step: Step) -> None:
    """A new revision while the case is assessed: who has answered is asked again. The case is locked.

    ``replaces`` is the number of the revision that the person had before her; Refused if another has come since.
    """
    newest: Revision = step.case.initiative.revisions.latest("number")
    if step.given.get("replaces", newest.number) != newest.number:
        told = _(
            "%(who)s ändrade texten medan du skrev. Inget är sparat. Tryck en gång till, så visas vad som är nytt."
        )
        raise Refused(told % {"who": newest.made_by_name})
    if not initiative_actions.would_change(initiative=step.case.initiative, fields=step.given.get("fields", {})):
        raise Refused(_("Inget är ändrat."))
    supplement(step)


def refer(step: Step) -> None:
    step.case.referred_to = step.given["referred_to"]


def mark_duplicate(step: Step) -> None:
    original: Initiative = step.given["original"]
    if original.pk == step.case.pk:
        raise Refused(_("Ett initiativ kan inte vara en dubblett av sig självt."))
    case = Case.objects.visible_to(step.by).filter(pk=original.pk).first()
    if case is None or case.status == Status.DRAFT:
        raise Refused(_("Originalet finns inte, eller så får du inte läsa det."))
    if case.status == Status.DUPLICATE:
        raise Refused(_("Originalet är självt markerat som dubblett. Välj det initiativ som är kvar."))
    step.case.duplicate_of = original


def calculate(step: Step) -> None:
    """A new version of the benefit calculation; it changes neither score nor order."""
    initiative_actions.save_calculation(
        initiative=step.case.initiative,
        by=step.by,
        organisation=step.organisation,
        assumptions=step.given["calculation"],
        grounds=step.given["motivation"],
        replaces=step.given.get("replaces") or 0,
        at=step.at,
    )


def same_need(step: Step) -> None:
    """Who says so watches it from now on; who wrote it herself hears of it anyway. Said once is enough."""
    said = step.case.events.filter(kind=Act.SAME_NEED, actor=step.by)
    if said.exclude(pk=step.event.pk).exists():
        raise Refused(_("Du har redan sagt att det är samma sak."))
    if not step.case.initiative.is_written_by(step.by):
        initiative_actions.watch(initiative=step.case.initiative, by=step.by, at=step.at)


def prioritise(step: Step) -> None:
    step.case.backlog_order = step.given["order"]


def pause(step: Step) -> None:
    if step.given["review_on"] <= timezone.localdate(step.at):
        raise Refused(_("Datumet då initiativet ska tas upp igen ligger inte framåt i tiden."))
    step.case.review_on = step.given["review_on"]


def resume(step: Step) -> None:
    step.case.review_on = None


def said_of_answers(case: Case, given: Mapping[str, Any]) -> dict[str, Any]:
    """Which questions are passed by in spite of a *nej*, with the reasons, and which ask for preparation; by their
    words, so that the log says the same when the model has another version. What was so before is not said again."""
    changed = initiative_actions.changed_replies(initiative=case.initiative, replies=given.get("replies", {}))
    said = {
        "overridden": {q.text: reply.override_reason for q, reply, _old in changed if reply.override_reason},
        "flagged": [q.text for q, reply, _old in changed if q.is_routing and reply.reply == GateReply.YES],
    }
    return {key: value for key, value in said.items() if value}


def answer_gate(step: Step) -> None:
    initiative_actions.answer_gate(
        initiative=step.case.initiative,
        by=step.by,
        organisation=step.organisation,
        replies=step.given.get("replies", {}),
        over=step.given.get("over"),
        version=step.given.get("version"),
        at=step.at,
    )


def attach(step: Step) -> None:
    initiative_actions.attach(
        initiative=step.case.initiative, by=step.by, received=step.given["attachment"], at=step.at
    )


def remove_attachment(step: Step) -> None:
    initiative_actions.remove_attachment(
        initiative=step.case.initiative, attachment=step.given["attachment"], by=step.by, at=step.at
    )


def set_registry_number(step: Step) -> None:
    step.case.registry_number = step.given["registry_number"]


def mark_secret(step: Step) -> None:
    initiative_actions.mark_secret(
        initiative=step.case.initiative,
        by=step.by,
        legal_basis=step.given["legal_basis"],
        marked_on=step.given["marked_on"],
        readers=step.given["readers"],
    )


def lift_secrecy(step: Step) -> None:
    initiative_actions.lift_secrecy(initiative=step.case.initiative, by=step.by)
