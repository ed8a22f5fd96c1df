"""What the effects on the work share: rows checked before they are kept, and what a stage and a cost are called."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from v6portal.organizations.errors import Refused

from ...models import ComingStage, Cost, Stage


def checked(row: models.Model) -> None:
    """Says in Swedish, before the database does in its own words, what is wrong with the row."""
    try:
        row.full_clean(validate_unique=False)
    except ValidationError as error:
        raise Refused(*error.messages) from error


def stage_words(stage: Stage | ComingStage) -> str:
    """As *etapp 2, projekt*; one that has not begun has no number."""
    if isinstance(stage, ComingStage):
        return _("kommande %s") % stage.get_type_display()
    return _("etapp %(number)s, %(type)s") % {"number": stage.number, "type": stage.get_type_display()}


def cost_words(cost: Cost) -> str:
    """As *utveckling, utfall, 12 000 kr, 2026-03-01*."""
    amount = number_format(cost.amount if cost.amount % 1 else int(cost.amount))
    return f"{cost.get_kind_display()}, {cost.get_value_display()}, {amount} kr, {cost.date}"
