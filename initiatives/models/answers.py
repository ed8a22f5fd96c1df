"""The answers that the text of an initiative is made of."""

from __future__ import annotations

from django.utils.translation import gettext as _

from .initiatives import Initiative

ANSWERS = (
    "title",
    "department",
    "need",
    "benefit",
    "target",
    "idea",
    "times_per_year",
    "minutes_each_time",
    "people_involved",
    "existing_solutions",
    "goal_or_law",
    "business_owner",
)
"""What the form asks, in its order; ``target`` stands for the two columns of the target group."""


def name_of_answer(name: str) -> str:
    """What an answer is called, with a capital letter."""
    if name == "existing_solutions":
        return _("Finns något liknande i dag?")
    label = _("målgrupp") if name == "target" else Initiative._meta.get_field(name).verbose_name  # type: ignore[union-attr]
    told = str(label)
    return told[:1].upper() + told[1:]
