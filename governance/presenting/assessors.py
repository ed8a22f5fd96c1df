"""Who is asked in a round of assessment and how far each has come: by name, never what anybody answered.

Source: docs/bedomning.md, *Så går poängsättningen till*: the coordinator sees who is done, not what, until the round
closes. No scores are read here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, Max, OuterRef
from django.utils.translation import gettext as _

from initiatives.models import Assessment, Round, SecrecyReader
from v6portal.organizations.models import Membership, MembershipQuerySet, Organisation
from v6portal.organizations.roles import Kind, Role

from ..acts import Act
from ..facts import Actor, Capacity, CaseFacts
from ..workflow import row_for, rows_for


@dataclass(frozen=True)
class Assessor:
    """One who is asked, or has answered, and a word for how far she has come."""

    name: str
    organisation: Organisation
    word: str
    tone: str
    note: str = ""
    reason: str = ""
    """Why she has declared jäv. It stands in the log too, for everybody who may see the initiative."""

    @property
    def is_waited_for(self) -> bool:
        return self.tone == "wait"


def may_see_who(facts: CaseFacts, actor: Actor) -> bool:
    """Those who are asked and those who close the round see who is done while it is open."""
    return any(row_for(act, facts, actor) is not None for act in (Act.ASSESS, Act.CLOSE_ROUND))


def assessors(round: Round, facts: CaseFacts) -> list[Assessor]:
    """Everybody in the round in the order of the organisations; those still waited for only while it is open.

    Three statements, two when the round is closed, whatever the number.
    """
    revisions = round.initiative.revisions
    until = revisions.filter(made_at__lte=round.closed_at) if round.closed_at else revisions
    newest = until.aggregate(newest=Max("number"))["newest"] or 1
    sheets = round.assessments.select_related("organisation", "revision", "assessor").order_by("revision__number", "pk")
    latest = {sheet.who: sheet for sheet in sheets if sheet.is_handed_in}
    answered = [_told(sheet, newest) for sheet in latest.values()]
    known = {sheet.assessor_id for sheet in latest.values()}
    waiting = _asked(round, facts, known) if round.is_open else []
    return sorted([*answered, *waiting], key=lambda one: (one.organisation.order, one.name))


def _told(sheet: Assessment, newest: int) -> Assessor:
    name, place = sheet.assessor_name, sheet.organisation
    if sheet.conflict_reason:
        return Assessor(name, place, _("Jäv"), "off", reason=sheet.conflict_reason)
    number = sheet.revision.number
    note = _("Bedömde version %(number)d av %(newest)d") % {"number": number, "newest": newest}
    return Assessor(name, place, _("Lämnad"), "go", note if number < newest else "")


def _asked(round: Round, facts: CaseFacts, known: Iterable[int | None]) -> list[Assessor]:
    """Those whose step it is to assess, by the workflow table, who may see the initiative and have not assessed it."""
    who = [who for row in rows_for(Act.ASSESS) if row.applies_to(facts) for who in row.who]
    held = Membership.objects.current().with_role(*(one.role for one in who if one.role))
    if facts.is_secret:
        held = held.filter(user__in=_readers_of_secret(round).values("user"))
    found = {}
    for membership in (
        held.filter(user__is_active=True)
        .exclude(user__in=known)
        .exclude(stands_in_for__in=known)
        .select_related("user", "organisation")
    ):
        place = membership.organisation
        capacity = Capacity(place.pk, Role(membership.role), Kind(place.kind))
        if any(one.matches(capacity, facts) for one in who):
            found[membership.user_id, place.pk] = Assessor(str(membership.user), place, _("Inte än"), "wait")
    return list(found.values())


def _readers_of_secret(round: Round) -> MembershipQuerySet:
    """The roles held today that the marking of the round's initiative names."""
    same_place = {"organisation": OuterRef("organisation"), "role": OuterRef("role")}
    named = SecrecyReader.objects.filter(marking__initiative=round.initiative_id, **same_place)
    return Membership.objects.current().filter(Exists(named))
