"""A small client for measuring pages of running applications on this machine, in turn. Standard library only.

Requests go A, B, C, A, B, C …, so that a machine that slows down slows all of them. What the answer costs is seen
from four sides: seconds on the clock, seconds of the workers' processors, statements in the database, bytes.
"""

from __future__ import annotations

import http.client
import math
import statistics
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

LOOPBACK = "127.0.0.1"
TICKS_A_SECOND = 100
LONGEST_ANSWER = 900


class WrongAnswer(Exception):
    """The page did not answer as it should; the text says how."""


@dataclass(frozen=True)
class Answer:
    seconds: float
    status: int
    body: bytes


@dataclass(frozen=True)
class Site:
    """A running application: where it listens, and the process number of its gunicorn."""

    name: str
    port: int
    master: int

    def get(self, address: str, session: str) -> Answer:
        """One request on a connection of its own, timed from connecting to the last byte."""
        headers = {"Cookie": f"sessionid={session}", "Connection": "close"}
        begun = time.perf_counter()
        with closing(http.client.HTTPConnection(LOOPBACK, self.port, timeout=LONGEST_ANSWER)) as connection:
            connection.request("GET", address, headers=headers)
            response = connection.getresponse()
            body = response.read()
        seconds = time.perf_counter() - begun
        if response.status != http.HTTPStatus.OK:
            raise WrongAnswer(f"{self.name} {urlsplit(address).path}: {response.status}")
        return Answer(seconds, response.status, body)

    def workers(self) -> list[int]:
        children = Path(f"/proc/{self.master}/task/{self.master}/children")
        return [int(number) for number in children.read_text().split()]

    def processor_seconds(self) -> float:
        """What the workers have used so far; the database's processes are not in it."""
        spent = 0
        for worker in self.workers():
            fields = Path(f"/proc/{worker}/stat").read_text().rsplit(")", 1)[1].split()
            spent += int(fields[11]) + int(fields[12])
        return spent / TICKS_A_SECOND

    def memory(self) -> float:
        """The largest worker's resident memory, in MB."""
        return max(self._kilobytes(worker, "VmRSS") for worker in self.workers()) / 1024

    def peak(self) -> float:
        """The most that any worker has had since it began, in MB."""
        return max(self._kilobytes(worker, "VmHWM") for worker in self.workers()) / 1024

    @staticmethod
    def _kilobytes(process: int, name: str) -> int:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
        return int(next(line.split()[1] for line in lines if line.startswith(name)))


@dataclass
class Figures:
    """What one page of one site took."""

    seconds: list[float] = field(default_factory=list)
    processor: float = 0.0
    """Seconds of the workers for all the requests together."""
    size: int = 0
    statements: float | None = None
    database_ms: float | None = None

    @property
    def median_ms(self) -> float:
        return statistics.median(self.seconds) * 1000

    @property
    def p95_ms(self) -> float:
        ordered = sorted(self.seconds)
        return ordered[math.ceil(0.95 * len(ordered)) - 1] * 1000

    @property
    def processor_ms(self) -> float:
        return self.processor / len(self.seconds) * 1000


Request = Callable[[], Answer]
Spent = Callable[[], float]


def in_turn(
    requests: Mapping[str, Request], spent: Mapping[str, Spent], *, times: int, warm_up: int, longest: float
) -> dict[str, Figures]:
    """Sends each request as many times, one site after the other, for at most about as many seconds as ``longest``."""
    for request in [request for request in requests.values() for _ in range(warm_up)]:
        request()
    figures = {name: Figures() for name in requests}
    begun = time.perf_counter()
    for _round in range(times):
        for name, request in requests.items():
            before = spent[name]()
            answer = request()
            figures[name].processor += spent[name]() - before
            figures[name].seconds.append(answer.seconds)
            figures[name].size = len(answer.body)
        if time.perf_counter() - begun > longest:
            break
    return figures


def at_once(request: Request, *, users: int, seconds: float) -> float:
    """Requests a second when as many users ask again and again."""
    stop = time.perf_counter() + seconds
    done: list[int] = []

    def one_user() -> None:
        count = 0
        while time.perf_counter() < stop:
            request()
            count += 1
        done.append(count)

    threads = [threading.Thread(target=one_user) for _ in range(users)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / (time.perf_counter() - begun)


def middle(values: Sequence[float]) -> float:
    return statistics.median(values)
