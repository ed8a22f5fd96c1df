"""Reads from the database the plain facts that the workflow's guards look at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Exists, FilteredRelation, OuterRef, Q, Subquery
from django.utils import timezone

from initiatives.actions import missing_fields
from initiatives.models import GateAnswer, GateQuestion, Level, Round, Side
from v6portal.organizations.models import (
    Membership,
    MembershipQuerySet,
    Organisation,
    User,
    organisation_ids,
)
from v6portal.organizations.roles import Kind, Role

from .acts import Act
from .facts import Actor, Capacity, CaseFacts
from .models import Case, Commitment, ItAssessment, Participation, ParticipationRole, ProcessSettings
from .models.inquiry import are_withheld
from .models.ledger import ACTIVE_ROLES
from .statuses import KOMMUN_OPEN, V6_OPEN, Status
from .who import At, Who
from .workflow import row_for


def actor_for(user: User, case: Case) -> Actor:
    """The person as the process sees her in this case."""
    return Actor(capacities=_capacities(user), is_author=case.initiative.is_written_by(user))


def comparing_side(case: Case, user: User) -> Side | None:
    """For whom the person compares the case with others: its authors while it is a draft, else who may mark it as a
    duplicate. None for everybody else. One statement for a co-author and in V6."""
    if case.status == Status.DRAFT:
        return Side.AUTHOR if case.initiative.is_written_by(user) else None
    if row_for(Act.MARK_DUPLICATE, read_places(case), by_role_only(user)) is None:
        return None
    return Side.V6 if case.status in V6_OPEN else Side.KOMMUN


def by_role_only(user: User) -> Actor:
    """The person as the process sees her where authorship makes no difference; no statement."""
    return Actor(capacities=_capacities(user))


def _capacities(user: User) -> tuple[Capacity, ...]:
    return tuple(Capacity(m.organisation_id, Role(m.role), Kind(m.organisation.kind)) for m in user.capacities)


def membership_of(user: User, capacity: Capacity | None) -> Membership | None:
    """The membership behind a capacity; None where the person acts as the author."""
    held = ((m.organisation_id, m.role, m) for m in user.capacities)
    wanted = (capacity.organisation, capacity.role) if capacity else None
    return next((m for organisation, role, m in held if (organisation, role) == wanted), None)


def registrar_in(user: User, organisation: Organisation) -> Membership | None:
    """The membership by which the person keeps the organisation's record; None where she does not."""
    held = (m for m in user.capacities if m.role == Role.REGISTRAR)
    return next((m for m in held if m.organisation_id == organisation.pk), None)


def _leading(case: Case, rows: list[Participation]) -> int | None:
    """The kommun that leads; the own organisation in the kommun process and where nothing ever went to V6."""
    where = case.paused_from or case.status
    leaders = [row.organisation_id for row in rows if row.role == ParticipationRole.LEADS]
    if where in KOMMUN_OPEN or not leaders:
        return case.initiative.organisation_id
    return leaders[0]


def _gate(case: Case) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """The words of unanswered and of stopping questions by level, where the status asks for them."""
    level = {Status.QUALIFYING: Level.KOMMUN, Status.V6_QUALIFYING: Level.V6}.get(case.standing)
    if level is None:
        return {}, {}
    standing = GateAnswer.objects.standing().filter(initiative=case.pk, question=OuterRef("pk"))
    questions = GateQuestion.objects.asked_of(case.pk, level).annotate(
        is_answered=Exists(standing), is_stopped=Exists(standing.stopping())
    )
    unanswered = tuple(q.text for q in questions if not q.is_answered)
    stopped = tuple(q.text for q in questions if q.is_stopped)
    return {level: unanswered}, {level: stopped}


ROUND_DURING = {Status.QUALIFIED: Level.KOMMUN, Status.V6_PRIORITISING: Level.V6}
"""Where an initiative is assessed, and at which level."""


SETTLED_DURING = {
    **ROUND_DURING,
    Status.PRIORITISED: Level.KOMMUN,
    Status.AWAITING_START: Level.V6,
}
"""Where what the assessors agree on may be written down, and at which level."""


def round_to_settle(case: Case) -> Round | None:
    """The newest round of the level that the case stands at; None where nothing is settled there."""
    rounds = case.initiative.rounds.filter(level=SETTLED_DURING.get(case.standing, ""))
    return rounds.select_related("model", "initiative").order_by("-opened_at", "-pk").first()


@dataclass(frozen=True)
class Assessed:
    """The complete assessments of the newest round, open or closed: how many, and from which kommuner."""

    complete: int = 0
    by: frozenset[int] = frozenset()
    is_closed: bool = False


def _assessed(case: Case) -> Assessed:
    level = ROUND_DURING.get(case.standing)
    if level is None:
        return Assessed()
    newest = case.initiative.rounds.filter(level=level).order_by("-opened_at", "-pk").values("pk")[:1]
    counting = Q(assessments__handed_in_at__isnull=False, assessments__conflict_reason="")
    rows = list(
        Round.objects.filter(pk=Subquery(newest))
        .annotate(counting=FilteredRelation("assessments", condition=counting))
        .values_list("closed_at", "counting__organisation", "counting__assessor_name")
        .distinct()
    )
    sheets = [organisation for _closed, organisation, _name in rows if organisation is not None]
    return Assessed(len(sheets), frozenset(sheets), any(closed for closed, *_sheet in rows))


def _not_answered(case: Case) -> tuple[str, ...]:
    if case.status != Status.INTEREST:
        return ()
    answered = case.interest_answers.standing().values("organisation")
    led = case.participations.ongoing().active().values("organisation")
    waiting = Organisation.objects.kommuner().exclude(pk__in=answered).exclude(pk__in=led)
    return tuple(waiting.in_order().values_list("short_name", flat=True))


def _offering(case: Case, places: CaseFacts) -> frozenset[int]:
    """Those that have said they can lead, take part still, and do not lead already."""
    if case.status != Status.INTEREST:
        return frozenset()
    offers = case.interest_answers.standing().filter(offers_to_lead=True)
    return (frozenset(offers.values_list("organisation", flat=True)) & places.participants) - {places.leading}


def holders_of(wanted: Iterable[Who], facts: CaseFacts) -> MembershipQuerySet:
    """The memberships by which people hold the roles today, where they are meant in a case of these facts."""
    found = Q(pk__in=[])
    for who in wanted:
        found |= Q(role=who.role) & _at(who.at, facts)
    return Membership.objects.current().filter(found)


def _at(at: At, facts: CaseFacts) -> Q:
    match at:
        case At.OWN:
            return Q(organisation=facts.own)
        case At.LEADING:
            return Q(organisation=facts.leading)
        case At.KOMMUN:
            return Q(organisation__kind=Kind.KOMMUN)
        case At.PARTICIPANT:
            return Q(organisation__in=facts.participants)
        case _:
            return Q(role__isnull=False)


def read_places(case: Case, today: dt.date | None = None) -> CaseFacts:
    """Enough of the facts to tell whose step it is, not what remains before it; at most one statement."""
    initiative = case.initiative
    rows = [row for row in case.participations.all() if row.left_on is None] if initiative.is_shared else []
    active = frozenset(row.organisation_id for row in rows if row.role in ACTIVE_ROLES)
    return CaseFacts(
        status=case.standing,
        paused_from=Status(case.paused_from) if case.paused_from else None,
        own=initiative.organisation_id,
        own_kind=Kind(initiative.organisation.kind),
        has_author=initiative.author_id is not None,
        leading=_leading(case, rows),
        participants=active,
        followers=frozenset(row.organisation_id for row in rows) - active,
        today=today or timezone.localdate(),
    )


def read_facts(case: Case, today: dt.date | None = None) -> CaseFacts:
    """Everything a guard may ask about the case, as it stands now.

    ``case`` has its initiative and the initiative's organisation loaded. At most five statements, fewer where the
    status makes a question pointless or where participations, stages and Göliska IT's assessment are loaded already.
    """
    today = today or timezone.localdate()
    initiative = case.initiative
    numbers = ProcessSettings.objects.on(today)
    places = read_places(case, today)
    unanswered, stopped = _gate(case)
    assessed = _assessed(case)
    it = getattr(case, "it_assessment", None) if initiative.is_shared else None
    return replace(
        places,
        missing_fields=missing_fields(initiative) if initiative.is_draft else (),
        unanswered=unanswered,
        stopped=stopped,
        complete_assessments=assessed.complete,
        participants_assessed=assessed.by & places.participants,
        round_closed=assessed.is_closed,
        kommun_minimum=numbers.kommun_minimum,
        v6_minimum=numbers.v6_minimum,
        participant_minimum=numbers.participant_minimum,
        usual_days=numbers.days_in(case.standing),
        answer_days=numbers.days_in(Status.QUALIFYING),
        interest_deadline=case.interest_deadline,
        not_answered=_not_answered(case),
        offering=_offering(case, places),
        it_missing=it.missing_parts if it else _all_parts(),
        commitment_needed=bool(it and it.commitment_needed),
        commitment_decided=bool(it and it.commitment),
        commitment_declined=bool(it and it.commitment == Commitment.NO),
        open_stages=sum(stage.end is None for stage in case.stages.all()),
        adoptions=int(case.first_in_use_on is not None),
        managed_object=case.managed_object,
        is_secret=initiative.is_secret,
        ever_in_v6=initiative.is_shared,
    )


def as_seen_by(user: User, case: Case, facts: CaseFacts) -> CaseFacts:
    """The facts as they may be told to the person: without a word of the others' answers where they are withheld.

    What a step requires is asked of the facts themselves; the steps that ask for the answers are the coordinator's.
    """
    if not are_withheld(case, user):
        return facts
    known = organisation_ids(user.current_memberships) | {facts.leading}
    return replace(
        facts,
        participants=facts.participants & known,
        offering=frozenset(),
        followers=facts.followers & known,
        not_answered=(),
        answers_withheld=True,
    )


def _all_parts() -> tuple[str, ...]:
    return ItAssessment().missing_parts
