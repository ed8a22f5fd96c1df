"""What both journeys share: one initiative, and the steps that its people take with the pages' own forms."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from followup.periods import HalfYear
from followup.reports import compute
from governance.models import Case
from tests.cast import Cast
from tests.journeys.visitor import Visitor
from v6portal.organizations.models import User

NAME = "Digitala nycklar i hemtjänsten"
DECIDED = {"motivation": "Det behövs.", "delegation_reference": "KS 3.1"}
CRITERIA = ("N1", "N2", "N3", "N4", "N5", "G1", "G2", "G3")


class Journey:
    """The initiative and the people who take it along."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self._visitors: dict[int, Visitor] = {}
        self.address = ""

    def at_home(self, person: User) -> Visitor:
        """The person, with the page of the initiative before her."""
        visitor = self._visitors.setdefault(person.pk, Visitor(person))
        visitor.open(self.address)
        return visitor

    def step(self, person: User, button: str, *, press: str = "", **answers: str | list[str]) -> None:
        """The person presses the button on the initiative's page, fills in the form there and sends it."""
        visitor = self.at_home(person)
        visitor.follow(button)
        visitor.press(press or button, **answers)
        assert visitor.address == self.address

    @property
    def status(self) -> str:
        return Case.objects.get().status


def assessed(journey: Journey, person: User, value: str) -> None:
    visitor = journey.at_home(person)
    visitor.follow("Bedöm")
    visitor.press("Lämna bedömning", **{f"value_{code}": value for code in CRITERIA})


def answered(journey: Journey, director: User, answer: str) -> None:
    """From Att göra: what waits is one press away."""
    visitor = Visitor(director)
    visitor.open("/")
    visitor.follow(f"Svara: {NAME}")
    visitor.press("Lämna svaret", answer=answer, **DECIDED)


def figures() -> dict[str, Any]:
    return compute(HalfYear.of(timezone.localdate()))
