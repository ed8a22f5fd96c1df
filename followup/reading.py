"""Everything that the page of one initiative shows, in few statements however much has happened.

What hangs on a case in small numbers comes in one statement, a column with an array of JSON rows for each sort, and is
made into objects of its model here.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Exists, Model, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone

from governance.acts import Act
from governance.models import (
    Case,
    ComingStage,
    Cost,
    Decision,
    EarlierPlan,
    Event,
    Evidence,
    FollowUp,
    Handing,
    Participation,
    Stage,
)
from governance.models.inquiry import rows_shown_to, with_withheld
from initiatives.models import (
    Assessment,
    Attachment,
    BenefitCalculation,
    CalculationLine,
    GateAnswer,
    Initiative,
    JointMark,
    Revision,
    Round,
    Watch,
)
from initiatives.models.rounds import RESULTS
from v6portal.organizations.models import Membership, MembershipQuerySet, Organisation, User
from v6portal.organizations.roles import Kind, Role

from .models import Adoption, Confirmation, RealisedBenefit

Columns = dict[str, Any]

STEP_ROLES = (Role.LEAD, Role.MANAGER, Role.DIRECTOR, Role.COORDINATOR, Role.IT_OFFICER, Role.IT_DIRECTOR)
"""Those who move a case on; the rest recommend, register or read."""


def _as_is(*names: str) -> Columns:
    return {name: name for name in names}


def _rows(rows: QuerySet[Any], columns: Columns) -> ArraySubquery:
    return ArraySubquery(rows.values(row=JSONObject(**columns)))


REALISED = _as_is("id", "organisation_id", "date", "hours_a_year", "kronor_a_year", "kronor_once", "said_by_name")
REALISED |= _as_is("grounds")
FOLLOWED_UP = _as_is("organisation_id", "months", "due_on", "answer_by", "answered_in_id")
CASE, READER, TODAY = -1, -2, dt.date.min
"""Stand in the statement where the case's and the reader's keys and today's date go."""


def _small_rows() -> dict[str, tuple[type[Model], QuerySet[Any], Columns]]:
    """What is read of a case in one statement: by name, of which model, which rows, which columns."""
    own = Assessment.objects.filter(round=OuterRef("pk"), assessor=READER)
    mine = own.counting()
    mine_on = mine.order_by("-revision__number").values("revision__number")[:1]
    agreed = JointMark.objects.standing().filter(round=OuterRef("pk"), value__isnull=False)
    of_case, of_initiative = Q(case=OuterRef("pk")), Q(initiative=OuterRef("pk"))
    return {
        "orgs": (
            Organisation,
            Organisation.objects.in_order(),
            _as_is("id", "key", "short_name", "kind", "order"),
        ),
        "moves": (
            Event,
            Event.objects.moves().filter(of_case).in_order(),
            _as_is("to_status", "occurred_at"),
        ),
        "last_moves": (
            Event,
            Event.objects.moves().filter(of_case).order_by("-id")[:1],
            _as_is("kind", "actor_id", "actor_name", "organisation_id", "role", "decider_name", "text", "data"),
        ),
        "holders": (
            Membership,
            _holders().in_order(),
            _as_is("organisation_id", "role")
            | {"first": "user__first_name", "last": "user__last_name", "username": "user__username"},
        ),
        "newest_revisions": (
            Revision,
            Revision.objects.filter(of_initiative).order_by("-number")[:1],
            _as_is("number"),
        ),
        "advice": (
            Event,
            Event.objects.filter(of_case, kind=Act.RECOMMEND).in_order(),
            _as_is("actor_name", "organisation_id", "role", "text", "data", "occurred_at"),
        ),
        "decision_rows": (
            Decision,
            Decision.objects.filter(of_case),
            _as_is(
                "act",
                "organisation_id",
                "decider_name",
                "in_place_of",
                "body",
                "protocol_reference",
                "decided_on",
                "motivation",
                "delegation_reference",
                "to_be_reported",
                "year",
                "running",
            )
            | {
                "corrected_in": "corrected_by__year",
                "corrected_as": "corrected_by__running",
                "correcting_in": "corrects__year",
                "correcting_as": "corrects__running",
                "prepared": "event__data__prepared_by",
                "answer": "interest_answer__answer",
                "offers_to_lead": "interest_answer__offers_to_lead",
                "superseded": "interest_answer__superseded",
            },
        ),
        "cost_rows": (
            Cost,
            Cost.objects.filter(of_case),
            _as_is("id", "kind", "value", "amount", "date", "until", "organisation_id", "stage_id")
            | _as_is("corrected_in_id", "replaced_by_id")
            | {"corrected_by": "corrected_in__actor_name", "why": "corrected_in__text"},
        ),
        "coming_rows": (
            ComingStage,
            ComingStage.objects.waiting().filter(of_case),
            _as_is("id", "type", "planned_start", "planned_end", "organisation_id"),
        ),
        "earlier_rows": (
            EarlierPlan,
            EarlierPlan.objects.filter(Q(stage__case=OuterRef("pk")) | Q(coming__case=OuterRef("pk"))),
            _as_is("stage_id", "coming_id", "planned_start", "planned_end") | {"why": "event__text"},
        ),
        "evidence_rows": (
            Evidence,
            Evidence.objects.current().filter(attachment__initiative=OuterRef("pk")),
            _as_is("kind", "stage_id", "cost_id")
            | {"public_id": "attachment__public_id", "name": "attachment__name", "size": "attachment__size"}
            | {"added_by": "attachment__uploaded_by_name"},
        ),
        "adoption_rows": (Adoption, Adoption.objects.filter(of_case), _as_is("organisation_id", "in_use_on", "note")),
        "confirmation_rows": (
            Confirmation,
            Confirmation.objects.filter(of_case),
            _as_is("kind", "holds", "date", "grounds", "confirmed_by_name", "organisation_id"),
        ),
        "realised_rows": (RealisedBenefit, RealisedBenefit.objects.filter(of_case), REALISED),
        "follow_up_rows": (FollowUp, FollowUp.objects.filter(of_case), FOLLOWED_UP),
        "answer_rows": (
            GateAnswer,
            GateAnswer.objects.standing().filter(of_initiative),
            _as_is("reply", "motivation", "override_reason", "answered_by_name", "answered_at")
            | {"text": "question__text", "level": "question__level", "kind": "question__kind"},
        ),
        "calculations": (
            BenefitCalculation,
            BenefitCalculation.objects.standing().filter(of_initiative),
            _as_is(
                "number",
                "made_by_name",
                "made_at",
                "years",
                "hours_per_year",
                "cost_per_hour",
                "realised_percent",
                "first_year_percent",
            ),
        ),
        "calculation_lines": (
            CalculationLine,
            CalculationLine.objects.filter(calculation__initiative=OuterRef("pk"), calculation__superseded=False),
            _as_is("kind", "name", "amount", "first_year"),
        ),
        "round_rows": (
            Round,
            Round.objects.filter(of_initiative)
            .annotate(mine=Exists(mine), mine_on=Subquery(mine_on), agreed=Exists(agreed))
            .annotate(my_conflict=Exists(own.exclude(conflict_reason="")))
            .order_by("-opened_at", "-pk"),
            _as_is("level", "opened_at", "closed_at", *RESULTS, "mine", "mine_on", "my_conflict", "agreed"),
        ),
        "attachment_rows": (
            Attachment,
            Attachment.objects.current().filter(of_initiative),
            _as_is("public_id", "name", "content_type", "size", "uploaded_at", "uploaded_by_name", "purged_at"),
        ),
        "handed": (
            Handing,
            Handing.objects.live().filter(of_case),
            _as_is("organisation_id", "handed_by_name", "handed_to_name", "handed_by_id", "handed_to_id", "text"),
        ),
        "watches": (
            Watch,
            Watch.objects.filter(of_initiative, user=READER),
            _as_is("since"),
        ),
        "co_authors": (
            User,
            User.objects.filter(co_authored=OuterRef("pk")).order_by("last_name", "first_name", "pk"),
            _as_is("id", "first_name", "last_name", "username"),
        ),
    }


def _holders() -> MembershipQuerySet:
    """Who has a step to take, today: in the own organisation, in the kommun that leads, and outside the kommuner."""
    leads = Participation.objects.ongoing().leading().filter(case=OuterRef(OuterRef("pk")))
    concerned = (
        Q(organisation=OuterRef("initiative__organisation"))
        | Q(organisation__in=leads.values("organisation"))
        | ~Q(organisation__kind=Kind.KOMMUN)
    )
    return Membership.objects.on(TODAY).with_role(*STEP_ROLES).filter(concerned, user__is_active=True)


MODELS = {name: model for name, (model, _rows_of, _columns) in _small_rows().items()}


@cache
def _statement() -> tuple[str, tuple[Any, ...]]:
    """Written once: the ORM takes longer to write it than the database to answer it."""
    small = {name: _rows(rows, columns) for name, (_model, rows, columns) in _small_rows().items()}
    query = Case.objects.filter(pk=CASE).annotate(**small).values_list(*small).query
    sql, params = query.sql_with_params()
    return sql, tuple(params)


def small_rows(case: Case, user: User) -> dict[str, list[Any]]:
    """What hangs on the case in small numbers, as objects of their models; one statement."""
    sql, params = _statement()
    keys: dict[Any, Any] = {CASE: case.pk, READER: user.pk, TODAY: timezone.localdate()}
    with connection.cursor() as cursor:
        cursor.execute(sql, [keys.get(value, value) if isinstance(value, int | dt.date) else value for value in params])
        columns = dict(zip(MODELS, cursor.fetchone(), strict=True))
    organisations: dict[int, Organisation] = {}
    found: dict[str, list[Any]] = {}
    for name, model in MODELS.items():
        found[name] = [_revived(model, json.loads(row), organisations) for row in columns[name]]
        if model is Organisation:
            organisations.update({organisation.pk: organisation for organisation in found[name]})
    return found


def case_for_page(user: User) -> QuerySet[Case]:
    """The cases the person may see, with what both the process and the page ask of them: three statements."""
    ledger = Participation.objects.filter(rows_shown_to(user)).select_related("organisation", "principle")
    stages = Stage.objects.select_related("organisation")
    return (
        with_withheld(Case.objects.visible_to(user), user)
        .select_related(
            "initiative__organisation", "initiative__secrecy", "it_assessment", "duplicate_of", "managed_by"
        )
        .annotate(may_see_original=Exists(Initiative.objects.visible_to(user).filter(pk=OuterRef("duplicate_of"))))
        .prefetch_related(Prefetch("participations", ledger.order_by("joined_on", "pk")), Prefetch("stages", stages))
    )


def _revived(model: type[Model], row: Mapping[str, Any], organisations: Mapping[int, Organisation]) -> Any:
    """An object of the model from its JSON row; columns of other models become plain attributes."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    known = {name: fields[name].to_python(value) for name, value in row.items() if name in fields}
    thing = model(**known)
    for name in row.keys() - known.keys():
        setattr(thing, name, row[name])
    if row.get("organisation_id") in organisations:
        thing.organisation = organisations[row["organisation_id"]]  # type: ignore[attr-defined]
    return thing


def reached(moves: list[Event]) -> dict[str, dt.date]:
    """On which local day the case last entered each status."""
    return {move.to_status: timezone.localdate(move.occurred_at) for move in moves}
