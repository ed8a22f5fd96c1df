"""Has a file looked into by a child process that has little time, little memory and nothing to steal."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from .kinds import BY_KEY, Kind
from .packages import MEGABYTE, Unsafe
from .reasons import Reason

PATIENCE = 3
"""How many times longer it may take on a busy machine."""
ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Limits:
    """What looking into one file may cost, in bytes and seconds of processor."""

    memory: int = 700 * MEGABYTE
    seconds: int = 20
    written: int = 64 * MEGABYTE


def inspect(source: Path, limits: Limits = Limits()) -> tuple[Kind, Path]:
    """The kind of the file, and the file to store: itself, or what was written anew beside it; raises Unsafe."""
    target = source.with_name(source.name + ".new")
    asked = json.dumps(asdict(limits))
    command = [sys.executable, "-m", "initiatives.attachments.child", str(source.resolve()), str(target), asked]
    try:
        done = subprocess.run(  # noqa: S603 - our own module, and paths that are never parsed by a shell
            command, cwd=ROOT, env={}, stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE * limits.seconds
        )
        told = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError) as error:  # it was stopped before it had said anything
        raise Unsafe(Reason.TOO_SLOW) from error
    if "refused" in told:
        raise Unsafe(Reason(told["refused"]))
    return BY_KEY[told["kind"]], target if told["rewritten"] else source
