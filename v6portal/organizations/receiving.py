"""How much may be sent to a page? Asked by the middleware before anything is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Room:
    """Bytes of a whole request, and of each file in it; a file of 0 has no limit of its own."""

    request: int
    file: int = 0


USUAL = Room(request=4 * MEGABYTE)
"""For pages that take no files. Django itself reads at most 2.5 MB of text."""


def receives_files(room: Callable[[], Room]) -> Callable[[Any], Any]:
    """Marks a view that takes files, and how much; asked for each request, so that settings may change in tests."""

    def mark(view: Any) -> Any:
        view.room = room
        return view

    return mark


def room_of(view: Any) -> Room:
    """How much may be sent to the view."""
    asked: Callable[[], Room] | None = getattr(view, "room", None)
    return asked() if asked else USUAL
