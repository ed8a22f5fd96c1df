"""Effects in the rounds of assessment: answering, closing, and agreeing afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from initiatives import actions as initiative_actions
from initiatives.models import Round
from v6portal.organizations.errors import Refused

from ...reading import ROUND_DURING, round_to_settle
from ..seats import taken

if TYPE_CHECKING:
    from ..step import Step


def _open_round(step: Step) -> Round:
    current = step.case.initiative.rounds.open().select_related("model", "initiative").first()
    if current is None:
        raise Refused(_("Ingen bedömningsomgång är öppen."))
    return current


def assess(step: Step) -> None:
    round = _open_round(step)
    if told := taken(round, step.by, step.organisation.pk):
        raise Refused(told)
    initiative_actions.hand_in(
        round=round,
        by=step.by,
        organisation=step.organisation,
        marks=step.given.get("marks", {}),
        at=step.at,
    )


def declare_conflict(step: Step) -> None:
    initiative_actions.declare_conflict(
        round=_open_round(step),
        by=step.by,
        organisation=step.organisation,
        reason=step.given["motivation"],
        at=step.at,
    )


def close(step: Step) -> None:
    """The case stands where it is: the meeting talks about the answers before the order is fixed."""
    initiative_actions.close_round(
        initiative=step.case.initiative, level=ROUND_DURING[step.source], by=step.by, at=step.at
    )


def agree(step: Step) -> None:
    """About the newest round of the level where the case stands."""
    newest = round_to_settle(step.case)
    if newest is None:
        raise Refused(_("Initiativet är inte bedömt, så det finns inget att enas om."))
    initiative_actions.agree(
        round=newest,
        by=step.by,
        values=step.given["agreed"],
        motivation=step.given["motivation"],
        over=step.given.get("over"),
        at=step.at,
    )
