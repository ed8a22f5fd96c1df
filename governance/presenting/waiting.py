"""What must be true of a case for something to wait in it: the conditions of *Att göra*, asked of the database.

They say in SQL what ``governance.obstacles`` says of one case's facts; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThanOrEqual
from django.utils import timezone

from initiatives.models import (
    Assessment,
    GateAnswer,
    GateQuestion,
    Initiative,
    Level,
    Revision,
    Round,
)
from v6portal.organizations.models import Organisation, User

from ..actions.seats import same_seat
from ..models import (
    Commitment,
    FollowUp,
    Handing,
    InterestAnswer,
    ItAssessment,
    Participation,
    ProcessSettings,
    Stage,
)
from ..statuses import KOMMUN_OPEN, V6_OPEN

Condition = Callable[[User, int], Q]
"""What must be true, for a person acting in an organisation (0 where she acts as the author)."""


# Whose the case is


def written_by(user: User) -> Q:
    written = Initiative.co_authors.through.objects.filter(user=user).values("initiative_id")
    return Q(initiative__author=user) | Q(pk__in=written)


def _ongoing() -> QuerySet[Participation]:
    return Participation.objects.ongoing().filter(case=OuterRef("pk"))


def own(organisation: int) -> Q:
    return Q(initiative__organisation=organisation)


def led_by(organisation: int) -> tuple[Q, ...]:
    """Led by the kommun: in the kommun process its own; in V6 where it leads, and its own where nobody does.

    Three conditions of which one holds, so that each can be asked by its own index.
    """
    at_home = Q(status__in=KOMMUN_OPEN)
    leads = Q(Exists(_ongoing().leading().filter(organisation=organisation)))  # type: ignore[attr-defined]
    somebody_leads = Q(Exists(_ongoing().leading()))  # type: ignore[attr-defined]
    return (at_home & own(organisation), ~at_home & leads, ~at_home & own(organisation) & ~somebody_leads)


def taken_part_in_by(organisation: int) -> Q:
    return Q(Exists(_ongoing().active().filter(organisation=organisation)))  # type: ignore[attr-defined]


def given_away(user: User, organisation: int) -> Q:
    """A colleague in the organisation has been asked to take what waits in the case."""
    others = Handing.objects.held().filter(case=OuterRef("pk"), organisation=organisation).exclude(handed_to=user)
    return Q(Exists(others))


def always(user: User, organisation: int) -> Q:
    return Q()


def begun_by_herself_before_today(user: User, organisation: int) -> Q:
    """A draft is nobody's hurry on the day it is begun, and its co-authors need not be reminded of it."""
    return Q(initiative__author=user) & ~Q(initiative__created_at__date=timezone.localdate())


def nobody_wrote(user: User, organisation: int) -> Q:
    return Q(initiative__author__isnull=True)


# The gate questions


def gate_passed(level: Level) -> Condition:
    """Every question that the case is asked has an answer that does not stop it."""
    good = GateAnswer.objects.standing().passing().filter(question=OuterRef("pk"), initiative=OuterRef(OuterRef("pk")))
    left = GateQuestion.objects.asked_of(OuterRef(OuterRef("pk")), level).filter(~Exists(good))

    def passed(user: User, organisation: int) -> Q:
        return ~Q(Exists(left))

    return passed


# Assessments


def _open_round() -> QuerySet[Round]:
    return Round.objects.open().filter(initiative=OuterRef("pk"))


def _round_closed(level: Level) -> Q:
    """Closed, and the case stands there still: what was enough then is enough."""
    return ~Q(Exists(_open_round())) & Q(Exists(Round.objects.filter(initiative=OuterRef("pk"), level=level)))


def not_assessed_yet(user: User, organisation: int) -> Q:
    """A round is open, and the person has neither declared jäv in it nor handed in on the text as it reads now; nor
    has her stand-in, or the one she stands in for."""
    newer = Revision.objects.filter(initiative=OuterRef("round__initiative"), number__gt=OuterRef("revision__number"))
    lasting = ~Q(conflict_reason="") | ~Q(Exists(newer))
    own = Assessment.objects.handed_in().filter(lasting, round=OuterRef("pk"), assessor=user)
    others = Assessment.objects.counting().filter(same_seat(user, organisation), round=OuterRef("pk"))
    return Q(Exists(_open_round().filter(~Exists(own), ~Exists(others))))


def nobody_assessed_for(organisation: int) -> Q:
    """No complete assessment has come from the organisation in the round that is open."""
    sheets = Assessment.objects.counting().filter(round=OuterRef("pk"), organisation=organisation)
    return ~Q(Exists(_open_round().filter(Exists(sheets))))


def _setting(name: str) -> Subquery:
    valid = ProcessSettings.objects.filter(valid_from__lte=timezone.localdate()).order_by("-valid_from")
    return Subquery(valid.values(name)[:1])


def enough_assessed_at_home(user: User, organisation: int) -> Q:
    enough = _open_round().filter(handed_in__gte=_setting("kommun_minimum"))
    return Q(Exists(enough)) | _round_closed(Level.KOMMUN)


def enough_assessed_in_v6(user: User, organisation: int) -> Q:
    """Complete assessments from as many participating kommuner as the settings ask for."""
    taking_part = Participation.objects.ongoing().active().filter(case=OuterRef("round__initiative"))
    sheets = (
        Assessment.objects.counting()
        .filter(round__initiative=OuterRef("pk"), round__closed_at__isnull=True)
        .filter(organisation__in=taking_part.values("organisation"))
    )
    return _at_least(sheets, "organisation", _setting("v6_minimum")) | _round_closed(Level.V6)


def _at_least(rows: QuerySet, column: str, minimum: Subquery) -> Q:
    """As many different values of the column among the rows."""
    counted = rows.order_by().values("round").annotate(n=Count(column, distinct=True)).values("n")
    return Q(GreaterThanOrEqual(Coalesce(Subquery(counted, output_field=IntegerField()), 0), minimum))


# The inquiry to the kommuner


def interest_not_answered(user: User, organisation: int) -> Q:
    answered = InterestAnswer.objects.standing().filter(case=OuterRef("pk"), organisation=organisation)
    return ~Q(Exists(answered)) & ~taken_part_in_by(organisation)


def interest_over(user: User, organisation: int) -> Q:
    """All have answered, or the last day to answer has passed."""
    answered = InterestAnswer.objects.standing().filter(case=OuterRef(OuterRef("pk")), organisation=OuterRef("pk"))
    taking_part = (
        Participation.objects.ongoing().active().filter(case=OuterRef(OuterRef("pk")), organisation=OuterRef("pk"))
    )
    silent = Organisation.objects.kommuner().filter(~Exists(answered), ~Exists(taking_part))
    return ~Q(Exists(silent)) | Q(interest_deadline__lt=timezone.localdate())


# Göliska IT


def it_parts_written(user: User, organisation: int) -> Q:
    empty = Q()
    for part in ItAssessment.PARTS:
        empty |= Q(**{f"{part}__regex": r"^\s*$"})
    return Q(Exists(ItAssessment.objects.filter(~empty, case=OuterRef("pk"))))


def commitment_missing(user: User, organisation: int) -> Q:
    return Q(it_assessment__commitment_needed=True, it_assessment__commitment="")


def commitment_settled(user: User, organisation: int) -> Q:
    """Nothing is needed of Göliska IT, or it has said yes."""
    lacking = ItAssessment.objects.filter(case=OuterRef("pk"), commitment_needed=True)
    return ~Q(Exists(lacking.exclude(commitment=Commitment.YES)))


def commitment_declined(user: User, organisation: int) -> Q:
    return Q(it_assessment__commitment_needed=True, it_assessment__commitment=Commitment.NO)


# Work under way


def _stages() -> QuerySet[Stage]:
    return Stage.objects.ongoing().filter(case=OuterRef("pk"))


def stage_overdue(user: User, organisation: int) -> Q:
    return Q(Exists(_stages().filter(planned_end__lt=timezone.localdate())))


def no_stage_going_on(user: User, organisation: int) -> Q:
    return ~Q(Exists(_stages()))


def adopted_without_object(user: User, organisation: int) -> Q:
    return no_stage_going_on(user, organisation) & Q(first_in_use_on__isnull=False, managed_object="")


def adopted_with_object(user: User, organisation: int) -> Q:
    return no_stage_going_on(user, organisation) & Q(first_in_use_on__isnull=False) & ~Q(managed_object="")


def benefit_due(user: User, organisation: int) -> Q:
    """The kommun has a solution in use whose benefit it is time to follow up."""
    due = FollowUp.objects.waiting().due(timezone.localdate())
    return Q(Exists(due.filter(case=OuterRef("pk"), organisation=organisation)))


# What lies dormant


def _review_due() -> Q:
    return Q(review_on__lte=timezone.localdate())


def review_due_in_kommun(user: User, organisation: int) -> Q:
    return _review_due() & Q(paused_from__in=KOMMUN_OPEN)


def review_due_in_v6(user: User, organisation: int) -> Q:
    return _review_due() & Q(paused_from__in=V6_OPEN)
