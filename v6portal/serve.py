"""`python3 dev.py run`: database, demo data, server and worker, in one process tree that leaves nothing behind.

With DATABASE_URL set, that database is used and nothing embedded is imported or started; DATABASE_OWNER_URL,
if set too, is the role that migrates. Otherwise the checkout's own PostgreSQL is used the way production is
meant to be: the owner migrates, and the web application signs in as the lesser role `portal_app`.
"""

import argparse
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

import psycopg
from psycopg import sql

from v6portal.secret import secret_key
from v6portal.worker import beside

APP_ROLE = "portal_app"


@dataclass(frozen=True)
class Doors:
    """The two ways into the database, and whether it is ours to empty."""

    owner: str
    app: str
    role: str | None
    ours: bool


@contextmanager
def database() -> Iterator[Doors]:
    if url := os.environ.get("DATABASE_URL"):
        owner = os.environ.get("DATABASE_OWNER_URL", url)
        name = psycopg.conninfo.conninfo_to_dict(url).get("user")
        yield Doors(owner=owner, app=url, role=str(name) if owner != url else None, ours=False)
        return
    from v6portal.embedded import checkout_environment

    with checkout_environment() as server:
        owner = server.url("portal")
        with psycopg.connect(owner, autocommit=True) as connection:
            if not connection.execute("select 1 from pg_roles where rolname = %s", [APP_ROLE]).fetchone():
                connection.execute(sql.SQL("create role {} login").format(sql.Identifier(APP_ROLE)))
        yield Doors(owner=owner, app=server.url("portal", APP_ROLE), role=APP_ROLE, ours=True)


def holds_real_people(connection: psycopg.Connection) -> bool:
    """Whether anybody but the demo's cast has an account."""
    if not connection.execute("select to_regclass('organizations_user') is not null").fetchone()[0]:  # type: ignore[index]
        return False
    row = connection.execute("select exists(select from organizations_user where not is_demo)").fetchone()
    return bool(row and row[0])


def empty(doors: Doors) -> None:
    with psycopg.connect(doors.owner) as connection:
        if not doors.ours and holds_real_people(connection):
            sys.exit("--fresh tömmer bara en demodatabas. Den i DATABASE_URL har riktiga konton; inget är ändrat.")
        connection.execute("drop schema public cascade")
        connection.execute("create schema public")


def prepare(doors: Doors) -> None:
    command = [sys.executable, "-m", "v6portal.prepare"]
    if doors.role:
        command += ["--role", doors.role]
    code = subprocess.run(command, env={**os.environ, "DATABASE_URL": doors.owner}).returncode
    if code:
        sys.exit("Portalen kunde inte förberedas, se ovan. Är felet i demodatabasen: `python3 dev.py run --fresh`.")


def check_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            sys.exit(f"Port {port} går inte att använda ({error.strerror}). Välj en annan med --port.")


def greeting(host: str, port: int) -> str:
    """The address, and who one can be."""
    from v6portal.organizations.demo import DEMO_PASSWORD, accounts

    lines = ["", f"  V6-portalen: http://{host}:{port}/", ""]
    listed = accounts()
    if listed:
        lines.append(f"  Demokonton, alla med lösenordet {DEMO_PASSWORD} (eller välj ett på inloggningssidan):")
    width = max((len(account["username"]) for account in listed), default=0)
    for place, people in groupby(listed, key=itemgetter("organisation")):
        lines += ["", f"  {place}"]
        lines += [f"    {account['username']:<{width}}  {account['name']}, {account['roles']}" for account in people]
    if listed:
        lines += ["", f"  Mejlen lämnar inte datorn: var och en läser sina på http://{host}:{port}/demo/mejl/"]
    return "\n".join([*lines, "", "  Avsluta med Ctrl-C.", ""])


def serve(host: str, port: int) -> None:
    import django
    from django.core.servers.basehttp import run
    from django.core.wsgi import get_wsgi_application
    from django.db import connection, connections

    django.setup()
    text = greeting(host, port)
    connections.close_all()
    application = get_wsgi_application()
    with beside() as worker:

        def opened(_port: str) -> None:
            print(text, flush=True)
            worker.start()

        try:
            run(host, port, application, threading=True, on_bind=opened)
        except KeyboardInterrupt:
            print("\n  Portalen är stängd.")
        finally:
            connection.close_pool()  # type: ignore[attr-defined]


def main() -> None:
    parser = argparse.ArgumentParser(prog="dev.py run", description="Starta portalen med demodata.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--fresh", action="store_true", help="börja om med en ny demodatabas")
    options = parser.parse_args()
    check_port(options.host, options.port)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "v6portal.settings")
    os.environ.setdefault("DEMO", "on")
    os.environ.setdefault("PORTAL_URL", f"http://{options.host}:{options.port}")
    os.environ.setdefault("SECRET_KEY", secret_key())
    with database() as doors:
        if options.fresh:
            empty(doors)
        prepare(doors)
        os.environ["DATABASE_URL"] = doors.app
        os.environ.setdefault("DATABASE_POOL", "on")
        serve(options.host, options.port)


if __name__ == "__main__":
    main()
