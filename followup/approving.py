"""How the report of a half-year becomes a document that never changes: who takes which step, and what is in the way.

A draft is counted anew at every view. Somebody who knows the work goes through it (*granskad*), the coordinator adds a
summary and approves it (*fastställd*), the directors say that they have read it. Nobody approves what she has gone
through herself, nor other figures than those that were gone through. Source: docs/process.md, *Halvårsrapporten*.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.acts import Act
from v6portal.organizations.roles import Role

REVIEWERS = (Role.LEAD, Role.NETWORK)
"""Who knows the work that the figures tell of."""
READERS = (Role.DIRECTOR, Role.IT_DIRECTOR)
"""Who gets the report: the kommuner's directors and Göliska IT's."""


class Standing(models.TextChoices):
    """How far a report has come."""

    DRAFT = "draft", _("Utkast")
    REVIEWED = "reviewed", _("Granskad")
    APPROVED = "approved", _("Fastställd")


@dataclass(frozen=True)
class Step:
    """One row of the table: the act, its button, from where to where, and who takes it."""

    act: Act
    button: str
    source: Standing
    target: Standing
    roles: tuple[Role, ...]


S = Standing
# fmt: off
STEPS: tuple[Step, ...] = (
    Step(Act.REVIEW_REPORT,  _("Rapporten är granskad"),    S.DRAFT,    S.REVIEWED, REVIEWERS),
    Step(Act.RETURN_REPORT,  _("Tillbaka till utkast"),     S.REVIEWED, S.DRAFT,    (*REVIEWERS, Role.COORDINATOR)),
    Step(Act.APPROVE_REPORT, _("Fastställ rapporten"),      S.REVIEWED, S.APPROVED, (Role.COORDINATOR,)),
    Step(Act.READ_REPORT,    _("Jag har tagit del av den"), S.APPROVED, S.APPROVED, READERS),
)
# fmt: on

WHO = {
    Act.REVIEW_REPORT: _("Utvecklingsledare och V6 Chefsnätverk granskar rapporten."),
    Act.RETURN_REPORT: _("Utvecklingsledare, V6 Chefsnätverk och V6-samordnaren lämnar tillbaka rapporten."),
    Act.APPROVE_REPORT: _("V6-samordnaren fastställer rapporten."),
    Act.READ_REPORT: _("Kommundirektörerna och Göliska IT:s förbundsdirektör tar del av rapporten."),
}

NOT_THERE_YET = {
    (Act.REVIEW_REPORT, S.REVIEWED): _("Rapporten är redan granskad."),
    (Act.REVIEW_REPORT, S.APPROVED): _("Rapporten är redan fastställd och ändras aldrig."),
    (Act.RETURN_REPORT, S.DRAFT): _("Rapporten är ett utkast."),
    (Act.RETURN_REPORT, S.APPROVED): _("Rapporten är redan fastställd och ändras aldrig."),
    (Act.APPROVE_REPORT, S.DRAFT): _("Rapporten behöver granskas först."),
    (Act.APPROVE_REPORT, S.APPROVED): _("Rapporten är redan fastställd och ändras aldrig."),
    (Act.READ_REPORT, S.DRAFT): _("Rapporten är inte fastställd än."),
    (Act.READ_REPORT, S.REVIEWED): _("Rapporten är inte fastställd än."),
}


@dataclass(frozen=True)
class ReportFacts:
    """What the table asks about a report and the person before it."""

    standing: Standing
    has_ended: bool = True
    """Whether the half-year is over."""
    reviewed_it_herself: bool = False
    changed_since_review: bool = False
    """Whether the figures are others than those that were gone through."""


def step_of(act: Act) -> Step:
    """The row of the act. Raises KeyError for an act that is none of a report's."""
    return {step.act: step for step in STEPS}[act]


def obstacles(act: Act, facts: ReportFacts, roles: Collection[Role]) -> list[str]:
    """What is in the way of the act for somebody with those roles, in Swedish; empty means go."""
    step = step_of(act)
    if not set(roles) & set(step.roles):
        return [str(WHO[act])]
    if facts.standing != step.source:
        return [str(NOT_THERE_YET[act, facts.standing])]
    return [str(sentence) for holds, sentence in _in_the_way(act, facts) if holds]


def _in_the_way(act: Act, facts: ReportFacts) -> list[tuple[bool, str]]:
    approves = act == Act.APPROVE_REPORT
    return [
        (
            act == Act.REVIEW_REPORT and not facts.has_ended,
            _("Halvåret pågår. Rapporten granskas när halvåret är slut."),
        ),
        (
            approves and facts.reviewed_it_herself,
            _("Du har själv granskat rapporten. Någon annan behöver fastställa den."),
        ),
        (
            approves and facts.changed_since_review,
            _("Siffrorna har ändrats sedan granskningen. Lämna tillbaka rapporten så att den granskas igen."),
        ),
    ]


def may_ever(act: Act, roles: Collection[Role]) -> bool:
    """Whether somebody with those roles takes the step at some time."""
    return bool(set(roles) & set(step_of(act).roles))
