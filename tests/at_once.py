"""Many who press in the same instant: threads with a connection each, let go when all stand in each other's way."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from django.db import connection, transaction

from v6portal.organizations.errors import Refused

PATIENCE = 60
"""Seconds that a busy machine may take to bring them all to the door."""
CHAIN = "select pg_advisory_xact_lock(6, 1)"
"""The lock of the log's chain (governance, migration 0002), which every act takes after those of its case."""


def at_once(presses: Sequence[Callable[[], Any]]) -> list[Any]:
    """Runs them in as many threads; gives what each returned, or the refusal it met. Any other error is raised.

    The chain's lock is held here until each of them has come as far as it can: the one that is first waits for it
    with all the locks of its own, the others wait for those. Only then they are let go.
    """
    pids: list[int] = []

    def run(press: Callable[[], Any]) -> Any:
        try:
            connection.ensure_connection()
            pids.append(connection.connection.info.backend_pid)
            return press()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(presses)) as pool:
        with transaction.atomic():
            _execute(CHAIN)
            running = [pool.submit(run, press) for press in presses]
            _wait_until_all_stand_still(running, pids)
        return [one.result() for one in running]


def _wait_until_all_stand_still(running: list[Future[Any]], pids: list[int]) -> None:
    give_up = time.monotonic() + PATIENCE
    while time.monotonic() < give_up:
        done = sum(one.done() for one in running)
        waiting = _execute("select count(distinct pid) from pg_locks where not granted and pid = any(%s)", pids)
        if done + waiting >= len(running):
            return
        time.sleep(0.02)
    raise AssertionError("they did not all come to the door")


def _execute(statement: str, *params: object) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        found = cursor.fetchone()[0]
    return found if isinstance(found, int) else 0
