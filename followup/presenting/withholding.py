"""The figures as a reader may have them: counts are everybody's, what names an initiative is only for its readers."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from initiatives.models import Initiative
from v6portal.organizations.models import User

from ..corrections import NAMES_OF_KOMMUNER, reference_of
from ..indicators import Figures


def hidden_from(user: User) -> frozenset[str]:
    """The references of everything submitted that the person may not see; one statement."""
    seen = Initiative.objects.visible_to(user).values("pk")
    return frozenset(Initiative.objects.submitted().exclude(pk__in=seen).order_by().values_list("reference", flat=True))


def withhold(figures: Figures, hidden: Collection[str]) -> Figures:
    """The same figures without a word of the hidden initiatives: every list is shorter, every count the same."""
    return {key: _shortened(value, hidden) for key, value in figures.items()}


def _shortened(value: Any, hidden: Collection[str]) -> Any:
    if isinstance(value, dict):
        return withhold(value, hidden)
    if isinstance(value, list):
        return [_shortened(item, hidden) for item in value if reference_of(item) not in hidden]
    return value


def references_in(value: Any) -> Iterator[str]:
    """Every reference that the figures name, some of them many times."""
    if isinstance(value, dict):
        if (reference := value.get("referens")) is not None:
            yield reference
        for key, inner in value.items():
            if isinstance(inner, dict) or key not in NAMES_OF_KOMMUNER:
                yield from references_in(inner)
    elif isinstance(value, list):
        for item in value:
            if isinstance(item, str):
                yield item.split("#")[0]
            else:
                yield from references_in(item)
