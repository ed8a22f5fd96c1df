"""The worker beside the server: it ends with it, and begins again when it dies. With a stand-in that only waits."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from v6portal import worker as module
from v6portal.worker import Worker, beside

ROOT = Path(__file__).resolve().parents[2]
WAITS = [sys.executable, "-c", "import sys; sys.stdin.read()"]
DIES = [sys.executable, "-c", "raise SystemExit(3)"]
STUBBORN = [sys.executable, "-c", "import signal, time; signal.signal(15, signal.SIG_IGN); print(); time.sleep(60)"]


def wait_until(true: Callable[[], bool]) -> None:
    give_up = time.monotonic() + 15
    while not true():
        assert time.monotonic() < give_up
        time.sleep(0.02)


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def pid_of(worker: Worker) -> int:
    wait_until(lambda: worker.child is not None)
    assert worker.child is not None
    return worker.child.pid


def test_it_ends_with_the_server() -> None:
    worker = Worker(WAITS)
    worker.start()
    pid = pid_of(worker)
    assert is_running(pid)
    worker.stop()
    assert not is_running(pid)


def test_also_when_the_server_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Worker.__init__, "__defaults__", (WAITS,))
    pids = []

    def serve() -> None:
        with beside() as worker:
            worker.start()
            pids.append(pid_of(worker))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        serve()
    assert not is_running(pids[0])


def test_also_one_that_does_not_listen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "GRACE", 0.5)
    worker = Worker(STUBBORN)
    worker.start()
    pid = pid_of(worker)
    time.sleep(0.3)
    worker.stop()
    assert not is_running(pid)


def test_one_that_was_never_started_is_no_trouble() -> None:
    Worker(WAITS).stop()


def test_one_that_dies_is_started_again_and_it_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(module, "FIRST_REST", 0.05)
    worker = Worker(DIES)
    worker.start()
    first = pid_of(worker)
    wait_until(lambda: worker.child is not None and worker.child.pid != first)
    worker.stop()
    assert "Arbetaren som skickar mejl dog (3)" in capsys.readouterr().err


def test_it_ends_by_itself_when_the_server_is_killed() -> None:
    """The pipe closes with the process that held it, however that ended."""
    code = (
        "import sys, time; from v6portal.worker import Worker;"
        f"w = Worker({WAITS!r}); w.start(); time.sleep(0.5); print(w.child.pid, flush=True); time.sleep(60)"
    )
    server = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    pid = int(server.stdout.readline())
    server.kill()
    server.communicate()
    wait_until(lambda: not is_running(pid))
