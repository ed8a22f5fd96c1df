"""What a report shows, as plain values of JSON and back: tables, cells, drawings, whole sections.

Written when a report is approved, read as long as the portal stands: a class is known by its name, a field that has
been added since gets its default, one that has been taken away is left out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from typing import Any

from django.utils.functional import Promise

TYPE, MONEY, DAY, CHOICE = "~", "~kr", "~dag", "~val"


def plain(value: Any) -> Any:
    """The value as JSON holds it. Raises TypeError for what a report is not made of."""
    match value:
        case Enum():
            return {CHOICE: [type(value).__name__, value.value]}
        case Promise():
            return str(value)
        case Decimal():
            return {MONEY: str(value)}
        case dt.date():
            return {DAY: value.isoformat()}
        case None | bool() | int() | float() | str():
            return value
        case dict():
            return {str(key): plain(inner) for key, inner in value.items()}
        case list() | tuple():
            return [plain(inner) for inner in value]
    if is_dataclass(value):
        given = {one.name: plain(getattr(value, one.name)) for one in fields(value) if one.init}
        return {TYPE: type(value).__name__, **given}
    raise TypeError(f"{type(value).__name__} is nothing that a report is made of")


class Reader:
    """Makes the values again, of the classes that it is given."""

    def __init__(self, classes: Sequence[type]) -> None:
        self.classes = {one.__name__: one for one in classes}

    def value(self, kept: Any) -> Any:
        """What ``plain`` was given; a list becomes a tuple."""
        if isinstance(kept, list):
            return tuple(self.value(inner) for inner in kept)
        if not isinstance(kept, dict):
            return kept
        if MONEY in kept:
            return Decimal(kept[MONEY])
        if DAY in kept:
            return dt.date.fromisoformat(kept[DAY])
        if CHOICE in kept:
            name, chosen = kept[CHOICE]
            return self.classes[name](chosen)
        made = {key: self.value(inner) for key, inner in kept.items() if key != TYPE}
        if TYPE not in kept:
            return made
        known = self.classes[kept[TYPE]]
        return known(**{one.name: made[one.name] for one in fields(known) if one.init and one.name in made})
