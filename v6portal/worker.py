"""The background worker beside `python3 dev.py run`: begins with the server, ends with it, begins again if it dies."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

COMMAND = [sys.executable, "manage.py", "worker", "--with-stdin"]
GRACE = 10
"""Seconds for what is under way when the server ends."""
FIRST_REST, LONGEST_REST = 1.0, 60.0
"""Seconds before a worker that died is started again; doubled each time it dies soon."""
LIVED = 60


class Worker:
    """A child process, and a thread that looks after it.

    The child reads from a pipe whose other end is held here only: if this process is gone, in whatever way, the child
    notices and ends by itself. A session of its own keeps the terminal's Ctrl-C for the server, which ends the child.
    """

    def __init__(self, command: list[str] = COMMAND) -> None:
        self.command = command
        self.child: subprocess.Popen[bytes] | None = None
        self._ending = threading.Event()
        self._starting = threading.Lock()
        self._thread = threading.Thread(target=self._look_after, name="worker", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Returns when the child is gone."""
        self._ending.set()
        with self._starting:  # one that is being started is there to be ended
            child = self.child
        if child is not None:
            child.terminate()
            try:
                child.wait(GRACE)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        if self._thread.is_alive():
            self._thread.join()

    def _look_after(self) -> None:
        rest = FIRST_REST
        while (child := self._start()) is not None:
            began = time.monotonic()
            with child:  # which closes the pipe, too
                code = child.wait()
            if self._ending.is_set():
                return
            rest = FIRST_REST if time.monotonic() - began > LIVED else min(rest * 2, LONGEST_REST)
            print(
                f"  Arbetaren som skickar mejl dog ({code}). Den startas om {rest:.0f} s.", file=sys.stderr, flush=True
            )
            self._ending.wait(rest)

    def _start(self) -> subprocess.Popen[bytes] | None:
        with self._starting:
            if self._ending.is_set():
                return None
            environment = {**os.environ, "DATABASE_POOL": "off"}
            self.child = subprocess.Popen(self.command, env=environment, stdin=subprocess.PIPE, start_new_session=True)
            return self.child


@contextmanager
def beside() -> Iterator[Worker]:
    """A worker to start when the door is open; gone when the block ends."""
    worker = Worker()
    try:
        yield worker
    finally:
        worker.stop()
