"""The made-up register: the same from the same seed, whole histories, nothing that the register itself refuses."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter, defaultdict
from io import BytesIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from openpyxl import load_workbook

from followup.generating.storing import save_workbook, store
from followup.generator import Sheets, generate
from followup.imports.register import import_register
from followup.models import Adoption, Confirmation
from governance.acts import Act
from governance.chain import first_break
from governance.models import Case, Decision, Event
from governance.statuses import Status
from governance.workflow import allows
from initiatives.models import Initiative, Level, Round

TODAY = dt.date(2026, 11, 23)
MANY = 130
ACTS = {str(act.label): act for act in Act}


@pytest.fixture(scope="module")
def register() -> list[Sheets]:
    return list(generate(MANY, 7, TODAY))


@pytest.fixture(scope="module")
def many() -> list[Sheets]:
    """Enough for the rarer things to have happened."""
    return list(generate(500, 1, TODAY))


def rows(register: list[Sheets], sheet: str) -> list[dict]:
    return [row for sheets in register for row in sheets[sheet]]


def initiative(sheets: Sheets) -> dict:
    return sheets["initiatives"][0]


# --- the same again ---------------------------------------------------------------------------


def test_the_same_seed_and_day_give_the_same_rows(register: list[Sheets]) -> None:
    assert list(generate(MANY, 7, TODAY)) == register


def test_another_seed_gives_another_register(register: list[Sheets]) -> None:
    assert list(generate(MANY, 8, TODAY)) != register


def test_the_same_seed_gives_workbooks_with_the_same_cells() -> None:
    first, second = BytesIO(), BytesIO()
    for file in (first, second):
        save_workbook(generate(12, 3, TODAY), file)
    assert cells(first) == cells(second)


def cells(file: BytesIO) -> dict[str, list[tuple]]:
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in load_workbook(file)}


# --- what it holds ----------------------------------------------------------------------------


def test_some_initiative_stands_in_every_status(register: list[Sheets]) -> None:
    assert {initiative(sheets)["status"] for sheets in register} == set(Status) - {Status.DRAFT}


def test_all_seven_organisations_submit(many: list[Sheets]) -> None:
    submitters = {initiative(sheets)["organisation"] for sheets in many}
    assert submitters == {"Essunga", "Grästorp", "Götene", "Lidköping", "Skara", "Vara", "Göliska IT"}


def test_they_come_in_over_three_years_and_are_numbered_as_they_come(register: list[Sheets]) -> None:
    submitted = [initiative(sheets)["submitted_at"] for sheets in register]
    assert submitted == sorted(submitted)
    assert dt.date(2023, 11, 1) < submitted[0].date() < dt.date(2024, 6, 1)
    assert submitted[-1].date() > dt.date(2026, 10, 1)
    assert len({initiative(sheets)["reference"] for sheets in register}) == MANY


def test_participation_work_costs_and_outcomes_are_of_every_sort(many: list[Sheets]) -> None:
    assert {row["role"] for row in rows(many, "participations")} == {"leads", "takes_part", "follows"}
    assert {row["principle"] for row in rows(many, "participations")} > {"P1", "P6", ""}
    assert {(row["type"], row["outcome"]) for row in rows(many, "stages")} >= {
        ("prestudy", "done"), ("assignment", "done"), ("project", "done"), ("implementation", "done"),
        ("project", "aborted"), ("project", ""),
    }  # fmt: skip
    assert {(row["kind"], row["value"]) for row in rows(many, "costs")} >= {
        ("prestudy", "budget"), ("prestudy", "actual"), ("development", "budget"), ("development", "actual"),
        ("operation", "actual"), ("operation", "budget"), ("maintenance", "actual"),
    }  # fmt: skip
    assert {(row["kind"], row["holds"]) for row in rows(many, "confirmations")} == {
        (kind, holds) for kind in ("new", "useful", "utilised") for holds in (True, False)
    }


def test_some_kommun_leaves_and_comes_back_and_some_lead_is_handed_over(many: list[Sheets]) -> None:
    came_back = handed_over = 0
    for sheets in many:
        left = {row["organisation"]: row["left_on"] for row in sheets["participations"] if row["principle"]}
        came_back += any(
            row["joined_on"] > left.get(row["organisation"], TODAY) and row["role"] == "takes_part"
            for row in sheets["participations"]
        )
        handed_over += sum(row["role"] == "leads" for row in sheets["participations"]) > 1
    assert came_back > 0
    assert handed_over > 0


def test_about_three_assess_each_initiative_in_v6(many: list[Sheets]) -> None:
    assessed = []
    for sheets in many:
        if initiative(sheets)["status"] in (Status.IN_PROGRESS, Status.MAINTENANCE) and initiative(sheets)["shared_at"]:
            of_v6 = [row for row in sheets["answers"] if row["level"] == Level.V6 and row["code"] == "N1"]
            assessed.append(len({row["organisation"] for row in of_v6}))
    assert min(assessed) >= 2
    assert 2.2 < sum(assessed) / len(assessed) < 3.5


# --- that it could have happened ----------------------------------------------------------------


def test_every_step_is_one_that_the_process_allows(register: list[Sheets]) -> None:
    refused = [
        (row["reference"], row["word"], row["from_status"], row["to_status"])
        for row in rows(register, "events")
        if row["to_status"] and not allows(ACTS[row["word"]], row["from_status"], row["to_status"])
    ]
    assert refused == []


def test_what_is_logged_comes_in_order_and_before_today(register: list[Sheets]) -> None:
    for sheets in register:
        times = [row["occurred_at"] for row in sheets["events"]]
        assert times == sorted(times)
        assert times[-1].date() < TODAY
    dates = [row[key] for sheet, key in DATED for row in rows(register, sheet) if row[key] is not None]
    assert max(dates) < TODAY


DATED = (
    ("participations", "joined_on"), ("participations", "left_on"), ("stages", "start"), ("stages", "end"),
    ("costs", "date"), ("adoptions", "in_use_on"), ("confirmations", "date"),
)  # fmt: skip


def test_one_kommun_leads_at_a_time_from_the_day_it_comes_to_v6(register: list[Sheets]) -> None:
    for sheets in register:
        leading = [row for row in sheets["participations"] if row["role"] == "leads"]
        shared = initiative(sheets)["shared_at"]
        assert bool(leading) == bool(shared)
        assert [row["left_on"] for row in leading[:-1]] == [row["joined_on"] for row in leading[1:]]
        assert all(row["left_on"] is None for row in leading[-1:])
        assert all(row["joined_on"] == shared.date() for row in leading[:1])


def test_no_kommun_takes_part_twice_at_once(register: list[Sheets]) -> None:
    for sheets in register:
        by_kommun = defaultdict(list)
        for row in sheets["participations"]:
            by_kommun[row["organisation"]].append(row)
        for own in by_kommun.values():
            for earlier, later in itertools.pairwise(own):
                assert earlier["left_on"] is not None
                assert earlier["left_on"] <= later["joined_on"]


def test_it_is_handed_over_only_when_no_stage_is_open_and_somebody_uses_it(register: list[Sheets]) -> None:
    for sheets in register:
        if initiative(sheets)["status"] in (Status.MAINTENANCE, Status.CLOSED):
            assert all(row["end"] for row in sheets["stages"])
            assert sheets["adoptions"]
            assert initiative(sheets)["managed_object"]


# --- into the portal --------------------------------------------------------------------------


@pytest.mark.django_db
def test_written_to_the_database_all_of_it_is_there_and_the_log_holds(register: list[Sheets]) -> None:
    store(register, note=lambda count: None)
    assert Initiative.objects.count() == Case.objects.count() == MANY
    assert Event.objects.count() == len(rows(register, "events"))
    assert Adoption.objects.count() == len(rows(register, "adoptions"))
    assert Confirmation.objects.count() == len(rows(register, "confirmations"))
    assert Decision.objects.exists()
    assert Round.objects.filter(joint_score__isnull=False).exists()
    assert first_break() is None


@pytest.mark.django_db
def test_as_a_workbook_the_import_takes_all_of_it(tmp_path: Path, register: list[Sheets]) -> None:
    file = tmp_path / "register.xlsx"
    with file.open("wb") as target:
        save_workbook(register[:40], target)
    known = {initiative(sheets)["reference"] for sheets in register[:40]}
    assert all(initiative(sheets)["duplicate_of"] in known | {""} for sheets in register[:40])
    outcome = import_register(file)
    assert [str(fault) for fault in outcome.faults] == []
    assert outcome.initiatives == 40


@pytest.mark.django_db
def test_a_database_with_initiatives_is_left_alone_unless_asked_for() -> None:
    call_command("generate_register", initiatives=3, today=TODAY, verbosity=0)
    with pytest.raises(CommandError, match="--add"):
        call_command("generate_register", initiatives=3, today=TODAY, verbosity=0)
    assert Initiative.objects.count() == 3
    call_command("generate_register", initiatives=3, today=TODAY, add=True, verbosity=0)
    assert Initiative.objects.count() == 6
    years = Counter(reference[3:7] for reference in Initiative.objects.values_list("reference", flat=True))
    assert sum(years.values()) == 6


@pytest.mark.django_db
def test_a_workbook_leaves_the_database_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "register.xlsx"
    call_command("generate_register", initiatives=5, today=TODAY, output=file, verbosity=0)
    assert file.exists()
    assert not Initiative.objects.exists()


def test_a_day_in_the_future_is_refused() -> None:
    with pytest.raises(CommandError, match="framtiden"):
        call_command("generate_register", initiatives=5, today=timezone.localdate() + dt.timedelta(days=1))
