"""Decisions as a list, a paper and a workbook show them: the same rows in the same words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..models import Decision, DecisionQuerySet
from .seen import capital
from .telling import tell


@dataclass(frozen=True)
class Line:
    """One decision in words. ``corrected_by`` and ``corrects`` are numbers of other decisions, or nothing."""

    decision: Decision
    what: str
    decider: str
    concerns: str
    state: str
    corrected_by: Decision | None
    corrects: Decision | None

    @property
    def support(self) -> str:
        """By which delegation it was taken; of a body's decision, where it stands."""
        if self.decision.body:
            return f"{self.decision.body}, {self.decision.protocol_reference}"
        return self.decision.delegation_reference

    @property
    def mark(self) -> str:
        """That another decision has corrected this one, or that this one corrects another."""
        told = []
        if self.corrects:
            told.append(_("rättar %s") % self.corrects.number)
        if self.corrected_by:
            told.append(_("rättat av %s") % self.corrected_by.number)
        return ", ".join(told)


def with_all(decisions: DecisionQuerySet) -> DecisionQuerySet:
    """The same, with everything that a line says loaded."""
    return decisions.select_related(
        "organisation",
        "event__organisation",
        "case__initiative",
        "reporting",
        "corrects__organisation",
        "corrected_by__organisation",
    )


def lines(decisions: Iterable[Decision]) -> list[Line]:
    return [line_of(decision) for decision in decisions]


def line_of(decision: Decision) -> Line:
    """In words; the decision comes from ``with_all``."""
    return Line(
        decision,
        what_was_decided(decision),
        ", ".join(part for part in (decision.decider_told, decision.decider_title) if part),
        decision.concerns or decision.organisation.name,
        state_of(decision),
        getattr(decision, "corrected_by", None),
        decision.corrects,
    )


def what_was_decided(decision: Decision) -> str:
    """What the decision says, in the words of the log, which a list of decisions need not begin with *Beslut*."""
    told = decision.get_act_display() if decision.corrects_id else tell(decision.event).text
    return capital(told.removeprefix(_("Beslut: ")))


def state_of(decision: Decision) -> str:
    if decision.reporting is not None:
        return capital(str(decision.reporting))
    return _("Ska anmälas") if decision.to_be_reported else _("Anmäls inte")
