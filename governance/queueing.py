"""In which order a person assesses what waits for her.

Who waits longest comes first, in whole weeks; within a week each person has an order of her own, which stays the same
from day to day. So nothing is left lying, and not everybody meets the same initiative first, when eyes are fresh, and
the same one last. Plain functions. Source: docs/decisions/0013.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WEEK = 7


@dataclass(frozen=True)
class Waiting:
    """Something to assess, and since when it waits."""

    key: int
    since: dt.date


def in_own_order(waiting: Iterable[Waiting], person: int, today: dt.date) -> list[int]:
    """The keys in the person's order. The same for the same things, person and day, however they are given."""

    def place(one: Waiting) -> tuple[int, bytes, int]:
        return -((today - one.since).days // WEEK), _lot(person, one.key), one.key

    return [one.key for one in sorted(waiting, key=place)]


def _lot(person: int, key: int) -> bytes:
    """What the person has drawn for the thing: as good as chance, and the same every time."""
    return hashlib.sha256(f"{person}:{key}".encode()).digest()


def after(order: Sequence[int], key: int) -> int | None:
    """The one to go on with from ``key`` when that is left for later: the next, from the last on to the first."""
    others = [one for one in order if one != key]
    if not others:
        return None
    passed = order.index(key) if key in order else 0
    return others[passed % len(others)]
