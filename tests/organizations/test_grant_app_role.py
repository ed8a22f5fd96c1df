"""The web application's database role may do its work, and may not rewrite history."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.utils import ProgrammingError

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
        "drop trigger event_append_only on governance_event",
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
