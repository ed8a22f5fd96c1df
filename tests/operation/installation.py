"""An installation of its own, set up word for word as docs/drift.md says, that can be killed and started again."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg

from v6portal.embedded import Embedded

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "drift.md"
PATIENCE = 90
"""Seconds that a busy machine may take to start something."""
DURABLE = "alter system set synchronous_commit = on"
"""As in production; the desk's own server hurries (v6portal.embedded)."""


def until(true: Callable[[], bool], what: str) -> None:
    give_up = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > give_up:
            raise AssertionError(f"{what}: nothing within {PATIENCE} s")
        time.sleep(0.05)


def block(heading: str, language: str) -> str:
    """The first block of code in the language under the heading of the guide."""
    part = GUIDE.read_text().split(f"\n## {heading}\n")[1].split("\n## ")[0]
    found = re.search(rf"```{language}\n(.*?)```", part, re.DOTALL)
    assert found, heading
    return found[1]


class Installation:
    """A folder, a PostgreSQL in it, and gunicorn before it. ``with Installation() as one`` leaves nothing behind."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="portal-try-", dir="/var/tmp"))
        self.folder.chmod(0o755)  # PostgreSQL's own user goes through it when root runs the tests
        self.server = Embedded(self.folder / "pg")
        self.web: subprocess.Popen[bytes] | None = None
        self.port = _free_port()

    def __enter__(self) -> Installation:
        try:
            self.server.join()
            with self.connect("postgres") as connection:
                connection.execute(DURABLE)
                connection.execute("select pg_reload_conf()")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_failure: object) -> None:
        with contextlib.suppress(Exception):
            self.kill_web()
        try:
            self.server.leave()
        finally:
            copied = [path for path in self.server.bin.parents if path.name.startswith("portal-pgbin-")]
            for path in (self.folder, self.server.state, self.server.socket, *copied):
                shutil.rmtree(path, ignore_errors=True)

    # The database
    def connect(self, database: str = "portal", role: str = "portal") -> psycopg.Connection:
        """As the superuser of the server unless a role is named; each statement for itself."""
        return psycopg.connect(self.server.url(database, role), autocommit=True)

    def kill_database(self) -> None:
        """The postmaster and all its children, with no time to say anything."""
        postmaster = int((self.server.data / "postmaster.pid").read_text().split()[0])
        with self.connect() as connection:
            pids = [pid for (pid,) in connection.execute("select pid from pg_stat_activity").fetchall()]
            for pid in (postmaster, *pids):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        until(lambda: not any(map(_is_running, (postmaster, *pids))), "the killed server is gone")

    def start_database(self) -> None:
        self.server.leave()
        self.server.join()

    # The portal
    def environment(self, role: str) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("COV", "PYTEST"))}
        return {
            **inherited,
            "DATABASE_URL": self.server.url("portal", role),
            "SECRET_KEY": "a key for this installation only, and long enough for every check",
            "ALLOWED_HOSTS": "127.0.0.1",
            "HTTPS": "off",
            "DEBUG": "off",
            "DEMO": "off",
            "STATIC_MANIFEST": "off",
            "DATABASE_POOL": "off",
            "MEDIA_ROOT": str(self.folder / "media"),
            "ATTACHMENT_COUNT": "1000",
            "DJANGO_SUPERUSER_PASSWORD": "ett-lösenord-för-tester",
            "DJANGO_SUPERUSER_EMAIL": "ada@example.se",
        }

    def python(self, *arguments: str, role: str = "portal_owner") -> str:
        """What the command prints; its complaints are the test's."""
        command = [sys.executable, *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.environment(role), capture_output=True, text=True)
        assert done.returncode == 0, f"{' '.join(arguments)}: {done.stdout}{done.stderr}"
        return done.stdout

    def start_web(self) -> None:
        environment = self.environment("portal_app") | {"BIND": f"127.0.0.1:{self.port}", "DATABASE_POOL": "on"}
        command = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "v6portal.wsgi"]
        with (self.folder / "web.log").open("ab") as log:
            self.web = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True
            )
        until(self.is_up, "the portal answers")

    def is_up(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", "/halsa/")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def kill_web(self) -> None:
        """The master and its workers at once."""
        if self.web is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.web.pid, signal.SIGKILL)
            self.web.wait()
            self.web = None

    # The guide
    def follow_the_guide(self) -> None:
        """Runs what the guide says about the roles and the first time, all of it that concerns the database."""
        with self.connect("postgres") as connection:
            for statement in block("Två databasroller", "sql").split(";\n"):
                connection.execute(statement)  # type: ignore[call-overload]
        for line in _commands(block("Första gången, och varje ny version", "sh")):
            self.python("manage.py", *line)


ELSEWHERE = (
    "python3 -m venv .venv",
    ".venv/bin/pip install ",
    "systemctl stop portal ",
    ".venv/bin/python manage.py collectstatic ",
    ".venv/bin/python manage.py check --deploy",
)
"""Lines of the guide that do not concern the database."""


def _commands(lines: str) -> Iterator[list[str]]:
    """The commands that the guide gives as the owner, with a name where it says NAMN."""
    as_owner = False
    for line in filter(None, (line.split(" #")[0].strip() for line in lines.splitlines())):
        if line.startswith("export DATABASE_URL=postgresql://portal_owner:"):
            as_owner = True
        elif line == "unset DATABASE_URL":
            as_owner = False
        elif not line.startswith(ELSEWHERE):
            python, script, *arguments = line.split()
            assert (python, script, as_owner) == (".venv/bin/python", "manage.py", True), line
            asks = ["--noinput", "--username", "ada"] if arguments == ["createsuperuser"] else []
            yield [argument.replace("NAMN", "ada") for argument in arguments] + asks


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except ProcessLookupError:
        return False
    except OSError:
        return not Path("/proc").exists()
