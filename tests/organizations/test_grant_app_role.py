"""The web application's database role may do its work, and may not rewrite history."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError

from governance.chain import first_break
from governance.statuses import Status
from tests.cast import Cast
from tests.walk import Walk

ROLE = 'odd "name'
A_JOB = "row('mail', 'x', 0, null, null, '{}', null)"


@pytest.fixture
def role(db: None) -> str:
    """A role with its rights, gone with the test's transaction. Its name would break careless quoting."""
    with connection.cursor() as cursor:
        cursor.execute('create role "odd ""name" login')
    call_command("grant_app_role", ROLE, verbosity=0)
    return ROLE


@contextmanager
def as_application() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute('set local role "odd ""name"')
        yield
        cursor.execute("reset role")


@pytest.mark.parametrize(
    "statement",
    [
        "select count(*) from governance_event",
        "select count(*) from organizations_user",
        "update organizations_organisation set name = name",
        "delete from django_session",
        "select nextval('organizations_user_id_seq')",
        # What the worker asks of its queue
        f"select procrastinate_defer_jobs_v1(array[{A_JOB}::procrastinate_job_to_defer_v1])",
        "select * from procrastinate_fetch_job_v2(array['mail'], null)",
        "insert into procrastinate_workers default values",
        "delete from procrastinate_jobs",
        "delete from procrastinate_workers",
        "listen procrastinate_any_queue_v1",
    ],
)
def test_the_application_may_do_its_work(role: str, statement: str) -> None:
    with as_application(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "update governance_event set id = id",
        "delete from governance_event",
        "truncate governance_event",
        "alter table governance_event disable trigger all",
        "alter table governance_event disable trigger event_chain",
        "alter table governance_event disable trigger user",
        "alter table governance_event drop column previous_hash",
        "alter table governance_event rename to events",
        "alter table governance_event owner to current_user",
        "drop trigger event_append_only on governance_event",
        "create trigger own before insert on governance_event for each row execute function portal_refuse_delete()",
        "create rule own as on update to governance_event do instead nothing",
        "create or replace function governance_event_refuse() returns trigger language sql as 'select null'",
        "alter function governance_event_chain() rename to other",
        "drop function governance_event_digest(governance_event)",
        "create index own on governance_event (text)",
        "merge into governance_event e using governance_event f on e.id = f.id when matched then update set text = ''",
        "select 1 from governance_event for update",
        "copy governance_event from program 'true'",
        "select setval('governance_event_id_seq', 900)",
        "alter sequence governance_event_id_seq restart",
        "create temp table governance_event (like public.governance_event)",
        "insert into governance_entry (table_name, row_id, recorded_at) values ('governance_case', 1, now())",
        "update governance_entry set content = null",
        "delete from governance_entry",
        "truncate governance_entry",
        "alter table governance_entry disable trigger all",
        "drop trigger entry_on_update on governance_stage",
        "alter table governance_stage disable trigger entry_on_update",
        "create or replace function governance_entry_keep() returns trigger language sql as 'select null'",
        "call governance_keep_entries('governance_stage', 'id', 'case_id')",
        "alter table governance_case disable trigger all",
        "drop trigger state_follows_log on governance_case",
        "set session_replication_role = replica",
        "delete from django_migrations",
        "create table public.own (id int)",
        "drop table organizations_user",
    ],
)
def test_the_application_may_not_touch_history_or_tables(role: str, statement: str) -> None:
    refused = pytest.raises(ProgrammingError, match=r"permission denied|must be owner")
    with refused, transaction.atomic(), as_application(), connection.cursor() as cursor:
        cursor.execute(statement)


WRITTEN = """
(id, previous_hash, hash, recorded_at, reference, kind, word, from_status, to_status, occurred_at, actor_name, role,
decider_name, text, data)
"""
CHOSEN = [900, r"\x01", r"\x02", "2001-01-01", "X", "comment", "", "", "", "2026-01-01", "Ada", "", "", "", "{}"]
INSERTED = f"insert into public.governance_event {WRITTEN} %s values ({str(CHOSEN)[1:-1]})".replace("\\\\", "\\")
NEWEST = """
select id, previous_hash is not distinct from (select hash from governance_event where id = e.id - 1),
       hash = governance_event_digest(e), recorded_at > now() - interval '1 day'
from governance_event e order by id desc limit 1
"""


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def newest() -> tuple[int, bool, bool, bool]:
    """The newest event's number, and whether it follows on from the one before, is whole, and was written now."""
    with connection.cursor() as cursor:
        cursor.execute(NEWEST)
        return cursor.fetchone()


@pytest.mark.parametrize("by", ["insert", "overriding", "copy"])
def test_number_time_and_hashes_are_the_databases_to_choose(role: str, cast: Cast, by: str) -> None:
    Walk(cast).to(Status.SUBMITTED)
    sql("set constraints all immediate")
    with as_application(), connection.cursor() as cursor:
        if by == "copy":
            with cursor.copy(f"copy governance_event {WRITTEN} from stdin") as copy:
                copy.write_row(CHOSEN)
        else:
            cursor.execute(INSERTED % ("overriding system value" if by == "overriding" else ""))
    assert newest() == (3, True, True, True)
    assert first_break() is None


def test_what_the_application_does_is_noted_though_it_may_note_nothing_itself(role: str, cast: Cast) -> None:
    walk = Walk(cast).to(Status.SUBMITTED)
    sql("set constraints all immediate")
    with as_application(), connection.cursor() as cursor:
        cursor.execute("update governance_case set review_on = '2030-01-01' where initiative_id = %s", [walk.case.pk])
        cursor.execute("set constraints all immediate")
        cursor.execute("select content ->> 'review_on' from governance_entry order by id desc limit 1")
        assert cursor.fetchone() == ("2030-01-01",)


class TestATableOfTheSessionsOwnInTheWay:
    """What is named without its schema is looked for among the session's temporary tables first. The application may
    make none, and who may is not helped by it."""

    TABLE = "create temp table governance_event as select * from public.governance_event"

    def test_the_chain_goes_on_from_the_log(self, cast: Cast) -> None:
        Walk(cast).to(Status.SUBMITTED)
        sql("set constraints all immediate")
        sql(self.TABLE)
        sql("update pg_temp.governance_event set id = id + 5000")
        sql(INSERTED % "")
        sql("drop table pg_temp.governance_event")
        assert newest() == (3, True, True, True)

    def test_a_case_is_not_moved_past_the_log(self, cast: Cast) -> None:
        case = Walk(cast).to(Status.SUBMITTED).case
        sql("set constraints all immediate")
        sql(self.TABLE)
        sql("update pg_temp.governance_event set to_status = 'closed'")
        with pytest.raises(IntegrityError, match="stämmer inte med händelseloggen"), transaction.atomic():
            sql(f"update governance_case set status = 'closed' where initiative_id = {case.pk}")


def test_running_it_again_changes_nothing(role: str) -> None:
    call_command("grant_app_role", role, verbosity=0)


def test_a_role_that_is_not_there_is_refused(db: None) -> None:
    with pytest.raises(CommandError, match="finns inte"):
        call_command("grant_app_role", "nobody_of_that_name")


def test_the_owner_cannot_be_its_own_application(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("create role plain_owner login")
        cursor.execute("set local role plain_owner")
    with pytest.raises(CommandError, match="äger databasen"):
        call_command("grant_app_role", "plain_owner")


def test_a_superuser_is_refused(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("create role too_mighty superuser")
    with pytest.raises(CommandError, match="superanvändare"):
        call_command("grant_app_role", "too_mighty")
