"""The virus scanner, where the operator has one: a command that is given the file on standard input."""

from __future__ import annotations

import os
import shlex
import subprocess
from enum import Enum, auto
from pathlib import Path

SECONDS = 60


class Verdict(Enum):
    CLEAN = auto()
    INFECTED = auto()
    UNKNOWN = auto()


def scan(file: Path, command: str) -> tuple[Verdict, str]:
    """What the scanner says of the file, and why if it says nothing: 0 is clean, 1 infected, anything else unknown.

    ``command`` is split as a shell would, but no shell runs it. An empty command asks nobody.
    """
    if not command:
        return Verdict.CLEAN, ""
    try:
        with file.open("rb") as content:
            done = subprocess.run(  # noqa: S603 - the operator's own command
                shlex.split(command),
                stdin=content,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={"PATH": os.environ.get("PATH", os.defpath)},
                timeout=SECONDS,
            )
    except subprocess.TimeoutExpired:
        return Verdict.UNKNOWN, f"no answer within {SECONDS} s"
    except OSError as error:
        return Verdict.UNKNOWN, error.strerror or type(error).__name__
    verdict = {0: Verdict.CLEAN, 1: Verdict.INFECTED}.get(done.returncode, Verdict.UNKNOWN)
    return verdict, "" if verdict is not Verdict.UNKNOWN else f"exit code {done.returncode}"
