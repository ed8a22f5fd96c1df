"""Databases and web servers of the measuring's own: started, asked for, and stopped again."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from benchmarks.measure import LOOPBACK, Site, WrongAnswer

ROOT = Path(__file__).resolve().parent.parent
WORKERS = 2
NOT_COUNTED = "^(begin|commit|rollback|savepoint|release|set|show|fetch|close|deallocate)"
"""Statements that carry no question of their own, a streamed query's next rows among them."""
COUNT = """
select coalesce(sum(calls), 0)::float, coalesce(sum(total_exec_time), 0)::float from pg_stat_statements s
join pg_database d on d.oid = s.dbid where d.datname = %s and query !~* %s
"""


@contextmanager
def database_server() -> Iterator[str]:
    """The address of a PostgreSQL: the one in DATABASE_URL, else the checkout's embedded one, set up for counting."""
    if url := os.environ.get("DATABASE_URL"):
        yield url
        return
    from v6portal import embedded

    counting = "shared_preload_libraries = 'pg_stat_statements'\n"
    if counting not in embedded.CONF:
        embedded.CONF += counting
    server = embedded.Embedded(embedded.VAR / "benchmarks-pg")
    embedded.exit_in_order()
    try:
        server.join()
        server.create("postgres")
        yield server.url("postgres")
    finally:
        server.leave()


def named(url: str, database: str) -> str:
    """The address of another database on the same server."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


def create(url: str, database: str, *, fresh: bool) -> str:
    """A database of that name and its address; an old one is kept unless a fresh one is asked for."""
    name = sql.Identifier(database)
    with psycopg.connect(named(url, "postgres"), autocommit=True) as connection:
        if fresh:
            connection.execute(sql.SQL("drop database if exists {}").format(name))
        if not connection.execute("select 1 from pg_database where datname = %s", [database]).fetchone():
            connection.execute(sql.SQL("create database {}").format(name))
        connection.execute(sql.SQL("alter database {} set jit = off").format(name))
    return named(url, database)


class StatementCount:
    """How many statements a database has been asked, by the server's own account."""

    def __init__(self, url: str) -> None:
        self.connection = psycopg.connect(named(url, "postgres"), autocommit=True)
        try:
            self.connection.execute("create extension if not exists pg_stat_statements")
            self.connection.execute("select count(*) from pg_stat_statements")
            self.works = True
        except psycopg.Error:
            self.works = False

    def so_far(self, database: str) -> tuple[float, float]:
        """Statements, and milliseconds spent on them."""
        row = self.connection.execute(COUNT, [database, NOT_COUNTED]).fetchone()
        return (row[0], row[1]) if row else (0.0, 0.0)


@contextmanager
def web_server(name: str, application: str, environment: dict[str, str], wanted: str = "/") -> Iterator[Site]:
    """gunicorn with the product's own configuration and two workers, on a free port of this machine."""
    port = _free_port()
    settings = {"BIND": f"{LOOPBACK}:{port}", "WEB_CONCURRENCY": str(WORKERS), "PYTHONPATH": str(ROOT)}
    configuration = ["-c", "deploy/gunicorn.conf.py", "--max-requests", "0", "--timeout", "900"]
    log = ROOT / "var" / f"benchmarks-{name}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", *configuration, application],
            cwd=ROOT, env={**os.environ, **environment, **settings}, stdout=output, stderr=output,
        )  # fmt: skip
        try:
            site = Site(name, port, process.pid)
            _wait_for(site, process, log)
            yield site
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def _wait_for(site: Site, process: subprocess.Popen[bytes], log: Path) -> None:
    give_up = time.monotonic() + 60
    while time.monotonic() < give_up and process.poll() is None:
        try:
            socket.create_connection((LOOPBACK, site.port), 1).close()
        except OSError:
            time.sleep(0.2)
        else:
            if len(site.workers()) == WORKERS:
                return
    raise WrongAnswer(f"{site.name} startade inte, se {log.name}")
