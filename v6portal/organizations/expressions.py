"""Database expressions for Swedish order and Swedish dates, and for the days of a membership."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import Case, F, Func, Value, When
from django.db.models.functions import Coalesce, Lower

from .letters import FOLDED, UNFOLDED


class SwedishKey(Func):
    """A sort key that puts å, ä and ö last under any collation of the server.

    The column must carry the collation "C": other collations sort the stand-ins ``{ | }`` first.
    """

    function = "translate"

    def __init__(self, expression: Any, **extra: Any) -> None:
        super().__init__(Lower(expression), Value("åäæöøéèëáàüúíóçñ"), Value("{||}}eeeaayuiocn"), **extra)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return (
            "v6portal.organizations.expressions.SwedishKey",
            [self.get_source_expressions()[0].get_source_expressions()[0]],
            {},
        )


class Folded(Func):
    """Small letters without dots, rings and accents."""

    function = "translate"

    def __init__(self, expression: Any, **extra: Any) -> None:
        super().__init__(Lower(expression), Value(UNFOLDED), Value(FOLDED), **extra)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return (
            "v6portal.organizations.expressions.Folded",
            [self.get_source_expressions()[0].get_source_expressions()[0]],
            {},
        )


class FoldedStems(Func):
    """The Swedish stems of a text in small letters without dots, rings and accents, as an array."""

    template = "tsvector_to_array(to_tsvector('swedish', %(expressions)s))"

    def __init__(self, expression: Any, **extra: Any) -> None:
        super().__init__(Folded(expression), **extra)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        folded = self.get_source_expressions()[0]
        return ("v6portal.organizations.expressions.FoldedStems", folded.deconstruct()[1], {})


class LocalDate(Func):
    """The calendar date in Europe/Stockholm of a point in time; every indicator compares such dates."""

    template = "(timezone('Europe/Stockholm', %(expressions)s))::date"
    output_field = models.DateField()


PERIOD = Func(
    F("valid_from"),
    Coalesce(F("valid_to"), Value(dt.date.max)),
    Case(When(ended_at__isnull=True, then=Value("[]")), default=Value("[)")),
    function="daterange",
)
"""The days of a membership, the last one included unless it was ended early on that day."""
