"""Answers that follow from what is recorded, remembered for as long as the log stands still (docs/decisions/0006)."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar, cast

from .overview import REMEMBERED, Desk

Answer = TypeVar("Answer")


def remembered(desk: Desk | None, depends: Hashable, count: Callable[[], Answer]) -> Answer:
    """The answer that was counted last under ``depends``, if nothing has been recorded since; else counted anew. It is
    shared between requests and never changed."""
    key = ((desk or Desk()).state, depends)
    found = REMEMBERED.get(key)
    if found is None:
        found = count()
        REMEMBERED.put(key, found)
    return cast(Answer, found)
