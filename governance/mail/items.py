"""What is told in a mail, piece by piece, and who tells of what is about no case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..models import Notice
from ..presenting.questions import Asked


@dataclass(frozen=True)
class Attached:
    """A file that goes with the mail, made when it is sent."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class Item:
    """One event as it is told to one person. A neutral one has nothing of the case in it."""

    subject: str
    told: str
    url: str
    why: str
    title: str = ""
    reference: str = ""
    then: str = ""
    quote_label: str = ""
    quote: str = ""
    questions: tuple[Asked, ...] = ()
    """Those about single answers."""
    files: tuple[Attached, ...] = ()

    @property
    def is_neutral(self) -> bool:
        return not self.reference


@dataclass(frozen=True)
class Letter:
    subject: str
    text: str
    html: str


Teller = Callable[[Notice], Item | None]
TELLERS: dict[str, Teller] = {}
"""How events about no case are told, by their kind; filled by the later apps whose they are. None where the recipient
may not, or need not, be told any more. A reminder is a notice of such an event with a day (``remind_on``)."""
