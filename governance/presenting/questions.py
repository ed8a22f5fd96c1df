"""What a development lead asked: the question to the whole, and those about single answers."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from initiatives.models import ANSWERS, name_of_answer

from ..acts import Act
from ..models import Event
from .numbers import in_questions


@dataclass(frozen=True)
class Asked:
    """What was asked about one answer: what the answer is called, and the question."""

    answer: str
    question: str


def asked_about(event: Event) -> dict[str, str]:
    """The answers that were asked about, each with its question, empty where there is none; in the order of the form.

    An event that asks for nothing asks about none, nor does one that was brought in with other data.
    """
    data = event.data if event.kind == Act.REQUEST_SUPPLEMENT and isinstance(event.data, dict) else {}
    questions = data.get("questions")
    found = questions if isinstance(questions, dict) else {}
    return {name: str(found[name] or "") for name in ANSWERS if name in found}


def asked_of(event: Event, *, author: bool = True) -> tuple[Asked, ...]:
    """The same in words, as they are told to an ``author`` or to somebody else."""
    lone = look_over(event) if author else _("%s vill att det här svaret ses över.") % event.actor_name
    return tuple(Asked(name_of_answer(name), question or lone) for name, question in asked_about(event).items())


def look_over(event: Event) -> str:
    """Said to the author beside an answer that was marked without a question of its own."""
    return _("%s vill att du ser över det här svaret.") % event.actor_name


def number_of_questions(event: Event) -> int:
    """The question to the whole and each with words of its own about an answer."""
    return bool(event.text) + sum(bool(question) for question in asked_about(event).values())


def label_of(event: Event) -> str:
    """What stands above them: *Frågan*, *Fyra frågor*; empty for an event that asks nothing."""
    if event.kind != Act.REQUEST_SUPPLEMENT:
        return ""
    number = number_of_questions(event)
    return _("Frågan") if number < 2 else in_questions(number).capitalize()
