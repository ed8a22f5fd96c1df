"""What the database keeps, whoever writes to it: each rule is tried by going around the actions."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from governance.actions.assessing import save_scores
from governance.models import (
    Case,
    Cost,
    Decision,
    Event,
    Participation,
    Principle,
    Stage,
)
from governance.statuses import Status
from initiatives.actions.assessing import Mark
from initiatives.models import Assessment, AssessmentModel, Criterion, GateQuestion, Initiative, Score
from tests.walk import Walk

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 3, 2)
LATER = DAY + dt.timedelta(days=30)


@pytest.fixture
def case(cast) -> Case:
    return Walk(cast).to(Status.SUBMITTED).case


def refused(constraint: str):
    return pytest.raises(IntegrityError, match=constraint)


def participation(case: Case, organisation, role: str = "takes_part", **more) -> Participation:
    with transaction.atomic():
        return Participation.objects.create(
            case=case, organisation=organisation, role=role, **{"joined_on": DAY, **more}
        )


def test_a_kommun_cannot_leave_before_it_joined(case, orgs):
    with refused("participation_leaves_after_joining"):
        participation(case, orgs["vara"], left_on=DAY - dt.timedelta(days=1), ending="changed")


@pytest.mark.parametrize("missing", ["principle", "reason", "decider_name"])
def test_a_leave_names_principle_reason_and_decider(case, orgs, missing):
    whole = {"principle": Principle.objects.first(), "reason": "Budget.", "decider_name": "Ingela Fornstad"}
    participation(case, orgs["essunga"], left_on=LATER, ending="left", **whole)
    with refused("leave_names_principle_reason_and_decider"):
        lacking = {**whole, missing: None if missing == "principle" else ""}
        participation(case, orgs["vara"], left_on=LATER, ending="left", **lacking)


def test_a_row_that_has_ended_says_how_and_one_that_goes_on_does_not(case, orgs):
    with refused("participation_ending_has_date"):
        participation(case, orgs["vara"], left_on=LATER)
    with refused("participation_ending_has_date"):
        participation(case, orgs["vara"], ending="changed")


def test_the_rows_of_a_kommun_never_overlap_but_may_follow_on_each_other(case, orgs):
    participation(case, orgs["vara"], left_on=LATER, ending="changed")
    participation(case, orgs["vara"], role="follows", joined_on=LATER)
    with refused("participation_no_overlap"):
        participation(case, orgs["vara"], joined_on=LATER + dt.timedelta(days=5))


def test_at_most_one_kommun_leads_at_a_time(case, orgs):
    participation(case, orgs["vara"], role="leads", left_on=LATER, ending="changed")
    participation(case, orgs["skara"], role="leads", joined_on=LATER)
    with refused("participation_one_leader"):
        participation(case, orgs["essunga"], role="leads", joined_on=LATER + dt.timedelta(days=1))


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"end": DAY - dt.timedelta(days=1), "outcome": "done"}, "stage_ends_after_start"),
        ({"end": LATER}, "stage_outcome_with_end"),
        ({"outcome": "done"}, "stage_outcome_with_end"),
        ({"type": "workshop"}, "stage_type_known"),
        ({"number": 0}, "stage_number_from_one"),
    ],
)
def test_a_stage_ends_after_it_starts_and_has_an_outcome_exactly_when_it_has_ended(case, wrong, constraint):
    with refused(constraint), transaction.atomic():
        Stage.objects.create(**{"case": case, "number": 1, "type": "project", "start": DAY, **wrong})


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"amount": Decimal("-0.01")}, "cost_amount_in_range"),
        ({"amount": Decimal("10000000000.01")}, "cost_amount_in_range"),
        ({"until": LATER}, "only_running_costs_end"),
        ({"kind": "operation", "until": DAY - dt.timedelta(days=1)}, "only_running_costs_end"),
        ({"kind": "coffee"}, "cost_kind_known"),
    ],
)
def test_money_is_never_negative_and_only_running_costs_have_an_end(case, wrong, constraint):
    with refused(constraint), transaction.atomic():
        Cost.objects.create(
            **{"case": case, "kind": "development", "value": "actual", "amount": Decimal(1), "date": DAY, **wrong}
        )


def test_a_cost_of_nothing_is_a_cost(case):
    assert Cost.objects.create(case=case, kind="operation", value="actual", amount=Decimal(0), date=DAY).pk


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"decider_name": ""}, "decision_names_its_decider"),
        ({"motivation": ""}, "decision_gives_its_reasons"),
        ({"body": "Kommunstyrelsen"}, "decision_of_a_body_names_its_protocol"),
        ({"protocol_reference": "§ 12"}, "decision_of_a_body_names_its_protocol"),
    ],
)
def test_a_decision_names_its_decider_and_its_reasons(case, wrong, constraint):
    whole = {
        "case": case,
        "event": Event.objects.filter(case=case).last(),
        "act": "reject",
        "organisation": case.initiative.organisation,
        "decider_name": "Håkan Brobäcker",
        "decided_on": DAY,
        "motivation": "Därför.",
    }
    with refused(constraint), transaction.atomic():
        Decision.objects.create(**{**whole, **wrong})


@pytest.mark.parametrize("field", ["need", "benefit"])
def test_what_is_submitted_is_complete(cast, field):
    initiative = Walk(cast).case.initiative
    with refused("submitted_initiative_is_complete"), transaction.atomic():
        Initiative.objects.filter(pk=initiative.pk).update(submitted_at=timezone.now(), **{field: ""})
    with refused("submitted_initiative_is_complete"), transaction.atomic():
        Initiative.objects.filter(pk=initiative.pk).update(submitted_at=timezone.now(), targets_residents=False)


def test_nothing_is_sent_to_v6_before_it_is_submitted(cast):
    initiative = Walk(cast).case.initiative
    with refused("shared_initiative_is_submitted"), transaction.atomic():
        Initiative.objects.filter(pk=initiative.pk).update(shared_at=timezone.now())


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"paused_from": "qualified"}, "case_paused_remembers_where"),
        ({"status": "paused"}, "case_paused_remembers_where"),
        ({"status": "duplicate"}, "case_duplicate_names_original"),
        ({"status": "klart"}, "case_status_known"),
    ],
)
def test_a_case_remembers_what_its_status_needs(case, wrong, constraint):
    with refused(constraint), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(**wrong)


def test_one_assessment_per_assessor_round_and_revision_with_marks_from_1_to_5(cast):
    walk = Walk(cast).to(Status.QUALIFIED)
    walk.assess_at_home()
    sheet = Assessment.objects.get()
    with refused("assessment_one_per_revision"), transaction.atomic():
        Assessment.objects.create(
            round=sheet.round,
            revision=sheet.revision,
            assessor=sheet.assessor,
            organisation=sheet.organisation,
            assessor_name="Någon annan",
        )
    save_scores(case=walk.case, by=cast.lead("skara", 2), marks={"N1": Mark(3)})
    for wrong in (0, 6):
        with refused("score_value_in_range"), transaction.atomic():
            Score.objects.filter(assessment__handed_in_at__isnull=True).update(value=wrong)


@pytest.mark.parametrize("kept", [Criterion, GateQuestion])
def test_what_a_published_model_asks_is_never_changed(db, kept):
    rows = kept.objects.filter(model=AssessmentModel.objects.current())
    with pytest.raises(DatabaseError, match="Gör en ny version"), transaction.atomic():
        rows.update(help="Något annat.")
    with pytest.raises(DatabaseError, match="Gör en ny version"), transaction.atomic():
        rows.delete()
