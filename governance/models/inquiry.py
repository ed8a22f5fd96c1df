"""Who may see what the kommuner have answered while an *intresseförfrågan* is open.

The one home of the rule, for pages, lists, files, the log, mail and the administration. Source: docs/process.md,
*Intresseförfrågan*. While the answers are withheld, nothing tells whether another kommun has answered either: of the
others' rows in the ledger only the one that leads is shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, Value

from v6portal.organizations.models import User, organisation_ids
from v6portal.organizations.roles import Role

from ..acts import Act
from ..statuses import Status
from .cases import AnswersShown, Case, CaseQuerySet
from .ledger import ACTIVE_ROLES, ParticipationRole

TELLING = frozenset({Act.ANSWER_INTEREST, Act.LEAVE, Act.CORRECT, Act.SHARE_COSTS})
"""Acts that tell what a kommun has answered; leaving tells that it had answered *Delta*, what is corrected may be an
answer, and shares are given to those who take part by name."""


class Taken(Protocol):
    """An act taken for an organisation, such as a decision."""

    act: str
    organisation_id: int


T = TypeVar("T", bound=Taken)
EVERYWHERE = ~Q(pk__in=[])


def shown_to(user: User, prefix: str = "") -> Q:
    """The cases in which the person may see what every kommun has answered. ``prefix`` is the path to the case.

    The coordinator always may. Where no inquiry is open everybody may who sees the case.
    """
    if user.holds(Role.COORDINATOR):
        return EVERYWHERE

    def q(**conditions: object) -> Q:
        return Q(**{prefix + name: value for name, value in conditions.items()})

    is_open = q(status=Status.INTEREST) | q(paused_from=Status.INTEREST)
    own = organisation_ids(user.current_memberships)
    answered = Q(interest_answers__superseded=False, interest_answers__organisation__in=own)
    takes_part = Q(
        participations__left_on__isnull=True,
        participations__role__in=ACTIVE_ROLES,
        participations__organisation__in=own,
    )
    given = Exists(Case.objects.filter(answered | takes_part, pk=OuterRef(f"{prefix}pk")))
    shown = q(answers_shown=AnswersShown.AT_ONCE) | (q(answers_shown=AnswersShown.OWN_GIVEN) & Q(given))
    return ~is_open | shown


def rows_shown_to(user: User) -> Q:
    """Rows of the ledger: one's own kommun's, those who lead, and all where the answers are shown."""
    own = organisation_ids(user.current_memberships)
    return Q(organisation__in=own) | Q(role=ParticipationRole.LEADS) | shown_to(user, "case__")


def shown_to_all() -> Q:
    """Rows of the ledger that a report of everybody's tells of: an open inquiry's answers count when it is closed."""
    is_open = Q(case__status=Status.INTEREST) | Q(case__paused_from=Status.INTEREST)
    return Q(role=ParticipationRole.LEADS) | Q(case__answers_shown=AnswersShown.AT_ONCE) | ~is_open


def acts_shown_to(user: User, column: str) -> Q:
    """Events or decisions, whose act stands in ``column``: less the others' answers where they are withheld."""
    own = organisation_ids(user.current_memberships)
    return ~Q(**{f"{column}__in": TELLING}) | Q(organisation__in=own) | shown_to(user, "case__")


def with_withheld(cases: CaseQuerySet, user: User) -> CaseQuerySet:
    """Each with ``answers_withheld``: whether the others' answers are kept from the person."""
    if user.holds(Role.COORDINATOR):
        return cases.annotate(answers_withheld=Value(False))
    return cases.annotate(answers_withheld=ExpressionWrapper(~shown_to(user), output_field=BooleanField()))


def are_withheld(case: Case, user: User) -> bool:
    """Whether the others' answers are kept from the person; a statement only while an inquiry is open."""
    known = getattr(case, "answers_withheld", None)
    if known is not None:
        return bool(known)
    if Status.INTEREST not in (case.status, case.paused_from) or case.answers_shown == AnswersShown.AT_ONCE:
        return False
    return not Case.objects.filter(shown_to(user), pk=case.pk).exists()


def acts_shown_in(case: Case, user: User, decisions: Iterable[T]) -> list[T]:
    """The same of decisions in one case that are read already; they have ``act`` and ``organisation_id``."""
    if not are_withheld(case, user):
        return list(decisions)
    own = organisation_ids(user.current_memberships)
    return [d for d in decisions if d.act not in TELLING or d.organisation_id in own]
