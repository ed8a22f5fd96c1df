"""``manage.py rebuild``: what the figures are read from is thrown away and comes back the same, row by row."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from followup.exports import as_json
from followup.imports.register import import_register
from followup.periods import HalfYear
from followup.reports import compute
from governance.chain import ENTRIES, first_break, head
from governance.models import Entry
from governance.statuses import Status
from tests.governance.recorded import owner, settle, sql
from tests.walk import Walk

from .history import day
from .reporting import EXAMPLE, EXPECTED

pytestmark = pytest.mark.django_db

# Typed by hand: everything that an indicator reads and that may change after it is written.
DERIVED = {
    "initiatives_initiative": "submitted_at is not null",
    "governance_case": "status <> 'draft'",
    "governance_participation": "true",
    "governance_stage": "true",
    "governance_comingstage": "true",
    "governance_cost": "true",
    "followup_adoption": "true",
    "followup_confirmation": "true",
    "followup_realisedbenefit": "true",
    "governance_followup": "true",
}
TODAY = day("2026-11-23")


def everything() -> dict[str, list[Any]]:
    """Every row of every derived table, drafts too, just as the database writes it."""
    found = {}
    with connection.cursor() as cursor:
        for table in DERIVED:
            cursor.execute(f"select to_jsonb(t)::text from {table} t order by 1")
            found[table] = cursor.fetchall()
    return found


def reports() -> list[bytes]:
    return [
        as_json(compute(period, TODAY)) for period in map(HalfYear.parse, json.loads(EXPECTED.read_text())["perioder"])
    ]


def thrown_away() -> None:
    """With every guard down, what holds the tables together too."""
    settle()
    sql("set local session_replication_role = replica")
    for table, condition in DERIVED.items():
        sql(f"delete from {table} where {condition}")
    sql("set local session_replication_role = origin")


def told(*args: str) -> str:
    out = io.StringIO()
    call_command("rebuild", *args, stdout=out)
    return out.getvalue()


@pytest.fixture
def filled(cast, read_here) -> Walk:
    """The example register, which is imported, beside two that have gone through the portal's own acts; and a draft."""
    assert import_register(EXAMPLE).ok
    Walk(cast, title="Ett utkast")
    walk = Walk(cast, title="Genom portalen").to(Status.IN_PROGRESS)
    walk.record_cost(1_000)
    walk.record_cost(900, corrects=walk.case.costs.get(amount=1_000), motivation="Fel.")
    walk.leave("vara")
    settle()
    return walk


def test_thrown_away_and_written_anew_the_rows_are_the_same_and_the_reports_byte_by_byte(filled):
    rows, before, kept = everything(), reports(), Entry.objects.count()
    thrown_away()
    assert {table: len(left) for table, left in everything().items()} == {
        **dict.fromkeys(DERIVED, 0), "initiatives_initiative": 1, "governance_case": 1
    }, "the draft alone is left, of which the log has kept nothing"  # fmt: skip
    answer = told()
    assert "Allt är skrivet på nytt ur loggen." in answer
    assert everything() == rows
    assert reports() == before
    assert Entry.objects.count() == kept, "nothing has happened"
    counted = dict(line.removesuffix(" skilde sig").split(": ") for line in answer.splitlines()[:-1])
    assert counted.keys() == DERIVED.keys()
    assert counted["followup_adoption"] == "46 rader, 46", "as many as the example has"
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pg_trigger where tgenabled = 'D' and not tgisinternal")
        assert cursor.fetchone() == (0,), "the guards are up again"


def test_what_was_changed_behind_the_log_is_told_and_put_right(filled):
    assert "Allt är vad loggen säger." in told("--check")
    rows = everything()
    with owner("governance_cost", "user"):
        sql("update governance_cost set amount = amount + 1 where id = (select min(id) from governance_cost)")
        sql("delete from governance_cost where id = (select max(id) from governance_cost where corrected_in_id is null"
            " and not exists (select from governance_cost w where w.replaced_by_id = governance_cost.id))")  # fmt: skip
    with pytest.raises(CommandError, match="2 rader är inte vad loggen säger"):
        told("--check")
    assert everything() != rows
    assert "governance_cost: " in told()
    assert everything() == rows


def test_an_entry_changed_by_the_owner_is_named_and_nothing_is_built_upon_it(filled):
    stage = Entry.objects.filter(table_name="governance_stage").latest("pk")
    with owner("governance_entry", "entry_append_only"):
        sql(
            "update governance_entry set content = jsonb_set(content, '{start}', '\"2020-01-01\"') where id = %s",
            stage.pk,
        )
    named = rf"Anteckningarnas kedja är bruten: anteckning {stage.pk} \(governance_stage {stage.row_id}\) har ändrats"
    for command in ("verify_log", "rebuild"):
        with pytest.raises(CommandError, match=named):
            call_command(command)


def test_an_entry_taken_away_is_missed_and_a_cut_off_tail_against_a_head_that_was_noted(filled):
    noted = head(ENTRIES)
    call_command("verify_log", entries_head=f"{noted.number}:{noted.hash}")
    with owner("governance_entry", "entry_append_only"):
        sql("delete from governance_entry where id = %s", noted.number)
    assert first_break(ENTRIES) is None
    with pytest.raises(CommandError, match=f"Anteckningarna är hela, men {noted.number}:{noted.hash} finns inte kvar"):
        call_command("verify_log", entries_head=f"{noted.number}:{noted.hash}")
    with owner("governance_entry", "entry_append_only"):
        sql("delete from governance_entry where id = %s", noted.number - 2)
    with pytest.raises(CommandError, match="en anteckning saknas före anteckning"):
        call_command("verify_log")


def test_each_entry_says_by_which_event_and_one_without_was_made_past_the_door(filled):
    cost = Entry.objects.filter(table_name="governance_cost").latest("pk")
    assert cost.event.kind == "leave", "the newest of the transaction, which in a test is one"
    sql("set local portal.event = '1'")  # somebody who wants it to look as if
    sql("update governance_stage set planned_end = '2030-01-01' where id = (select max(id) from governance_stage)")
    with connection.cursor() as cursor:  # as a transaction that began when that event was long since written
        cursor.execute("select count(*) from governance_event where id = 1 and recorded_at < now()")
        began_later = cursor.fetchone()[0]
    settle()
    newest = Entry.objects.latest("pk")
    assert newest.content["planned_end"] == "2030-01-01"
    assert (newest.event_id is None) == bool(began_later)


def test_nothing_is_kept_of_a_draft_and_what_is_not_changed_leaves_no_entry(cast):
    walk = Walk(cast)
    settle()
    assert Entry.objects.count() == 0
    walk.submit()
    settle()
    assert set(Entry.objects.values_list("table_name", flat=True)) == {"initiatives_initiative", "governance_case"}
    kept = Entry.objects.count()
    walk.case.save()
    settle()
    assert Entry.objects.count() == kept


@pytest.mark.parametrize(
    "statement",
    ["update governance_entry set content = null", "delete from governance_entry", "truncate governance_entry"],
)
def test_the_database_refuses_its_owner_too_to_change_an_entry(cast, statement):
    Walk(cast).to(Status.SUBMITTED)
    settle()
    with pytest.raises(DatabaseError, match="bara fyllas på"), transaction.atomic():
        sql(statement)
