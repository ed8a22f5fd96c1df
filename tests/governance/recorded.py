"""Acts that were recorded on another day than they are: the database's own clock cannot be set by a test.

What is written within the block is dated back as only the owner of the tables could, with the guards down; the hashes
are left as they are, so the chains do not hold afterwards.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.utils import timezone

LOGS = {"governance_event": "event_append_only", "governance_entry": "entry_append_only"}


def sql(statement: str, *params: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, params or None)


def settle() -> None:
    """What waits for the transaction's end is done now: a test's transaction never ends."""
    sql("set constraints all immediate")
    sql("set constraints all deferred")


@contextmanager
def owner(table: str, guard: str) -> Iterator[None]:
    settle()
    sql(f"alter table {table} disable trigger {guard}")
    yield
    settle()
    sql(f"alter table {table} enable trigger {guard}")


@contextmanager
def recorded(day: str, time: str = "12:00") -> Iterator[None]:
    """``with recorded("2026-05-10"):`` what is done in the block was recorded on that day."""
    settle()
    newest = {}
    with connection.cursor() as cursor:
        for table in LOGS:
            cursor.execute(f"select coalesce(max(id), 0) from {table}")
            newest[table] = cursor.fetchone()[0]
    yield
    moment = timezone.make_aware(dt.datetime.fromisoformat(f"{day} {time}"))
    for table, guard in LOGS.items():
        with owner(table, guard):
            sql(f"update {table} set recorded_at = %s where id > %s", moment, newest[table])
