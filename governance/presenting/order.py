"""The order that people have set so far in a queue, for the one who sets the next place in it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from initiatives.models import Level
from v6portal.organizations.models import User

from ..models import Case
from .backlog import QUEUE

SHOWN = 8
"""As many places as are told; the whole order stands in the ranking."""
LONGEST_TITLE = 50


@dataclass(frozen=True)
class OrderSoFar:
    """Who stands on which place among the others in the queue, and how many there are with the one being placed."""

    placed: tuple[tuple[int, str], ...]
    length: int

    @property
    def lowest(self) -> int:
        """The place farthest down that can be given: one after the last."""
        return max([self.length, *(place + 1 for place, _title in self.placed)])

    @property
    def told(self) -> str:
        """The places that are taken, as a sentence; empty where none is."""
        places = [f"{place} {Truncator(title).chars(LONGEST_TITLE)}" for place, title in self.placed[:SHOWN]]
        rest = _(" och fler") if len(self.placed) > SHOWN else ""
        return (
            _("Fastställt hittills: %(places)s%(rest)s.") % {"places": ", ".join(places), "rest": rest}
            if places
            else ""
        )


def order_so_far(case: Case, level: Level, user: User) -> OrderSoFar:
    """The others in the queue that the case waits in, as far as the person sees them. One statement."""
    column = "v6_order" if level == Level.V6 else "backlog_order"
    others = Case.objects.visible_to(user).filter(status__in=QUEUE[level]).exclude(pk=case.pk)
    if level == Level.KOMMUN:
        others = others.filter(initiative__organisation=case.initiative.organisation_id)
    found = list(others.order_by(column, "pk").values_list(column, "initiative__title"))
    return OrderSoFar(tuple((place, title) for place, title in found if place), len(found) + 1)
