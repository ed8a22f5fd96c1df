"""What the portal itself has recorded can be handed out and brought in again: every status, by the real acts."""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from openpyxl import load_workbook

from followup import actions
from followup.exports.register import Extract
from followup.exports.register_workbook import write_register
from followup.imports.register import import_register
from followup.models import Confirmation
from governance.acts import Act
from governance.models import Case, Event, Participation, Referral
from governance.models.ledger import Ending
from governance.statuses import Status
from initiatives.actions.assessing import Mark
from initiatives.benefit_calculation import Assumptions, Expense
from initiatives.models import Assessment, Initiative, Round
from tests.cast import Cast
from tests.walk import CRITERIA, ROUTES, Walk, decision, marks

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("read_here")]

MONTHS_AGO = timezone.now() - dt.timedelta(days=200)


def cells_in(path: Path) -> dict[str, list[Any]]:
    return {page.title: list(page.iter_rows(values_only=True)) for page in load_workbook(path)}


def exported(folder: Path, name: str) -> Path:
    path = folder / name
    with path.open("wb") as file:
        write_register(file, Extract())
    return path


def full_circle(folder: Path, live: Any) -> dict[str, list[Any]]:
    """Runs ``live`` in the portal, hands the register out, starts over with an empty portal, brings it in and out."""
    with transaction.atomic():
        live()
        path = exported(folder, "first.xlsx")
        again = import_register(path)
        assert [str(fault) for fault in again.faults] == []
        assert again.totals.matched == again.totals.read > 0
        transaction.set_rollback(True)
    assert not Initiative.objects.exists()
    outcome = import_register(path)
    assert [str(fault) for fault in outcome.faults] == []
    first = cells_in(path)
    assert cells_in(exported(folder, "second.xlsx")) == first
    return first


@pytest.mark.parametrize("status", [status for status in ROUTES if status != Status.DRAFT])
def test_every_status_survives(status: Status, cast: Cast, tmp_path: Path) -> None:
    cells = full_circle(tmp_path, lambda: Walk(cast, at=MONTHS_AGO).to(status))
    assert cells["Initiativ"][1][13] == status.label
    case = Case.objects.get()
    assert case.status == status


@pytest.mark.parametrize(("status", "closer"), [(Status.QUALIFIED, "lead"), (Status.V6_PRIORITISING, "coordinator")])
def test_a_round_that_was_closed_while_the_case_stood_is_closed_again(
    status: Status, closer: str, cast: Cast, tmp_path: Path
) -> None:
    def live() -> None:
        walk = Walk(cast, at=MONTHS_AGO).to(status)
        if status == Status.QUALIFIED:
            walk.assess_at_home()
        else:
            walk.assess_in_v6("skara", 4)
            walk.assess_in_v6("lidkoping", 2)
        walk.act(Act.CLOSE_ROUND, getattr(cast, closer)())

    full_circle(tmp_path, live)
    newest = Round.objects.latest("opened_at")
    assert Case.objects.get().status == status
    assert newest.closed_at == Event.objects.get(kind=Act.CLOSE_ROUND).occurred_at
    assert newest.joint_score is not None


@pytest.mark.parametrize("status", [Status.QUALIFIED, Status.V6_PRIORITISING])
@pytest.mark.parametrize("confirmed", [False, True])
def test_a_text_that_was_changed_while_it_was_assessed(
    status: Status, confirmed: bool, cast: Cast, tmp_path: Path
) -> None:
    """The register has the text as it reads now, and of each person's scores those that count."""

    def live() -> None:
        walk = Walk(cast, at=MONTHS_AGO).to(status)
        walk.act(Act.ASSESS, walk.lead, marks=marks(4))
        walk.amend("Antalet är rättat.", need="Fjorton nycklar.")
        if confirmed:
            walk.act(Act.ASSESS, walk.lead, marks={code: Mark(2, "Färre än jag trodde.") for code in CRITERIA})

    cells = full_circle(tmp_path, live)
    assert [row for row in cells["Händelser"] if "Texten ändrad" in row and "Antalet är rättat." in row]
    assert Initiative.objects.get().need == "Fjorton nycklar."
    assert Event.objects.filter(kind=Act.AMEND).count() == 1
    (sheet,) = Assessment.objects.filter(assessor_name=str(cast.lead()), round=Round.objects.latest("opened_at"))
    assert {score.value for score in sheet.scores.all()} == {2 if confirmed else 4}


def test_a_life_with_everything_in_it_survives(cast: Cast, tmp_path: Path) -> None:
    def live() -> None:
        walk = Walk(cast, at=MONTHS_AGO).to(Status.IN_PROGRESS)
        walk.record_cost()
        walk.leave("lidkoping")
        walk.act(Act.FOLLOW, cast.lead("gotene"))
        walk.act(Act.FOLLOW, cast.lead("essunga"))
        walk.act(Act.UNFOLLOW, cast.lead("essunga"))
        vara, director = cast.orgs["vara"], cast.director("skara")
        walk.act(Act.CHANGE_LEADER, director, leader=vara, **decision(director))
        walk.act(Act.COMMENT, cast.lead("skara"), motivation="Ring Vara.\r\nIgen.")
        walk.leader = "vara"
        walk.end_stage()
        walk.act(Act.NAME_OBJECT, cast.lead("vara"), managed_object="E-tjänster")
        today = timezone.localdate(walk.at)
        actions.record_adoption(case=walk.case, by=cast.lead("vara"), organisation=vara, in_use_on=today)
        actions.confirm_benefit(
            case=walk.case, by=cast.lead("vara"), kind=Confirmation.Kind.NEW, holds=True, date=today, grounds="Ny."
        )

    cells = full_circle(tmp_path, live)
    assert {title: len(rows) - 1 for title, rows in cells.items() if title not in ("Händelser", "Bedömningar")} == {
        "Initiativ": 1, "Deltagande": 7, "Etapper": 1, "Kostnader": 2, "Införanden": 1, "3N": 1,
    }  # fmt: skip
    assert Participation.objects.filter(ending=Ending.LEFT).count() == 1
    assert Participation.objects.filter(ending=Ending.CHANGED).count() == 2
    assert Participation.objects.filter(ending=Ending.UNFOLLOWED).count() == 1
    assert Round.objects.filter(closed_at__isnull=True).count() == 0
    assert Assessment.objects.count() == 3


def test_back_to_the_kommun_and_into_v6_again_survives(cast: Cast, tmp_path: Path) -> None:
    def live() -> None:
        walk = Walk(cast, at=MONTHS_AGO).to(Status.AWAITING_START)
        walk.act(Act.RETURN_TO_KOMMUN, cast.coordinator(), motivation="För dyrt.")
        for step in ("send_to_v6", "v6_start", "v6_qualify", "close_interest", "v6_prioritise"):
            getattr(walk, step)()

    full_circle(tmp_path, live)
    assert Round.objects.filter(level="v6").count() == 2


def test_endings_survive(cast: Cast, tmp_path: Path) -> None:
    def live() -> None:
        original = Walk(cast, at=MONTHS_AGO).to(Status.SUBMITTED)
        other = Walk(cast, at=MONTHS_AGO).to(Status.QUALIFYING)
        other.act(Act.MARK_DUPLICATE, other.lead, original=original.case.initiative)
        referred = Walk(cast, at=MONTHS_AGO).to(Status.QUALIFYING)
        referred.act(Act.REFER, referred.lead, referred_to=Referral.IT_ORDER, motivation="En skärm.")
        rejected = Walk(cast, at=MONTHS_AGO).to(Status.PRIORITISED)
        rejected.act(Act.REJECT, rejected.decider, **decision(rejected.decider))
        paused = Walk(cast, at=MONTHS_AGO).to(Status.PAUSED)
        paused.act(Act.RESUME, paused.lead, motivation="Avtalet klart.")
        withdrawn = Walk(cast, at=MONTHS_AGO).to(Status.SUBMITTED)
        withdrawn.act(Act.WITHDRAW, withdrawn.author, motivation="Fel av mig.")

    full_circle(tmp_path, live)
    assert set(Case.objects.values_list("status", flat=True)) == {
        "submitted", "duplicate", "referred", "rejected", "qualified", "withdrawn",
    }  # fmt: skip


def test_everything_in_one_second_survives(cast: Cast, tmp_path: Path) -> None:
    full_circle(tmp_path, lambda: Walk(cast).to(Status.IN_PROGRESS))


def test_what_is_reckoned_of_the_benefit_is_told_in_the_log_that_goes_out_and_in(cast: Cast, tmp_path: Path) -> None:
    """The calculation itself stays in the portal: the register is about what was decided and what came of it."""

    def live() -> None:
        walk = Walk(cast, at=MONTHS_AGO).to(Status.SUBMITTED)
        given = Assumptions(one_off=(Expense("Inköp", Decimal(800_000)),))
        walk.act(Act.CALCULATE, walk.author, calculation=given, motivation="En offert.")

    cells = full_circle(tmp_path, live)
    assert any("Nyttokalkyl sparad" in row for page in cells.values() for row in page)
