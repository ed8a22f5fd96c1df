"""An overview and a history as plain values and back, for a report that is to be kept as it was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..indicators import Figures
from ..indicators.dividing import Division
from ..periods import HalfYear
from .overview import Overview, Past


def overview_as_plain(overview: Overview) -> dict[str, Any]:
    """Everything of the overview of all that JSON can hold; its lists stay in their order."""
    return {"figures": overview.figures, "rows": list(overview.rows), **what_divides(overview)}


def what_divides(overview: Overview) -> dict[str, Any]:
    """What the figures do not say and the report of a kommun is made with."""
    division = overview.division
    return {
        "costs": dict(overview.costs),
        "division": {
            "taking_part": {reference: sorted(names) for reference, names in division.taking_part.items()},
            "adopted": {reference: sorted(names) for reference, names in division.adopted.items()},
            "owners": dict(division.owners),
            "started": {reference: list(days) for reference, days in division.started.items()},
            "waiting": {reference: list(days) for reference, days in division.waiting.items()},
        },
    }


def overview_from_plain(told: dict[str, Any]) -> Overview:
    division = told["division"]
    return Overview(
        told["figures"],
        tuple(told["rows"]),
        told["costs"],
        Division(
            taking_part={reference: frozenset(names) for reference, names in division["taking_part"].items()},
            adopted={reference: frozenset(names) for reference, names in division["adopted"].items()},
            owners=division["owners"],
            started={reference: (days[0], days[1]) for reference, days in division["started"].items()},
            waiting={reference: (days[0], days[1]) for reference, days in division["waiting"].items()},
        ),
    )


def overview_of_kept(figures: Figures, divides: dict[str, Any]) -> Overview:
    """The overview out of a whole report and ``what_divides``."""
    rows = figures["B5"]["rader"]
    less = {key: value for key, value in figures["B5"].items() if key != "rader"}
    return overview_from_plain(
        {"figures": {**figures, "B5": less}, "rows": [row["referens"] for row in rows], **divides}
    )


def history_as_plain(history: Sequence[Past]) -> list[dict[str, Any]]:
    return [
        {"period": past.period.code, "is_running": past.is_running, "numbers": dict(past.numbers)} for past in history
    ]


def history_from_plain(told: Sequence[dict[str, Any]]) -> tuple[Past, ...]:
    return tuple(Past(HalfYear.parse(one["period"]), one["is_running"], one["numbers"]) for one in told)
