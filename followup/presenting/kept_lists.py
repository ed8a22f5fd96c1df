"""The lists behind the figures of an approved report, in the names and with the dates that they had."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from .cells import Cell, Column, Kind, Of, Table
from .kept import Kept, date
from .lines import adoption_list


def kept_tables(kept: Kept) -> dict[Of, Callable[[Sequence[Any]], Table]]:
    """How the items of a list become a table, by what they are; the items are those that the reader may see."""
    titles = {reference: told["title"] for reference, told in kept.content["initiatives"].items()}

    def initiatives(references: Sequence[str]) -> Table:
        told = kept.content["initiatives"]
        return Table(
            caption=_("Initiativ"),
            columns=columns_of_initiatives(),
            rows=tuple(_initiative(reference, told[reference]) for reference in references),
        )

    def stages(keys: Sequence[str]) -> Table:
        told = kept.content["stages"]
        return Table(
            caption=_("Etapper"),
            columns=columns_of_stages(),
            rows=tuple(_stage(key, told[key], titles) for key in keys),
        )

    return {
        Of.INITIATIVES: initiatives,
        Of.STAGES: stages,
        Of.ADOPTIONS: lambda items: adoption_list({"lista": items}, titles),
    }


def columns_of_initiatives() -> tuple[Column, ...]:
    return (
        Column(_("Initiativ")),
        Column(_("Organisation")),
        Column(_("Inskickat"), Kind.DATE),
        Column(_("Inkommet till V6"), Kind.DATE),
    )


def columns_of_stages() -> tuple[Column, ...]:
    return (
        Column(_("Initiativ")),
        Column(_("Etapp")),
        Column(_("Start"), Kind.DATE),
        Column(_("Slut"), Kind.DATE),
        Column(_("Utfall")),
        Column(_("Ansvarig")),
    )


def _initiative(reference: str, told: dict[str, str]) -> tuple[Cell, ...]:
    return (
        Cell(told["title"], reference=reference),
        Cell(told["organisation"], organisation=told["key"]),
        Cell(date(told["submitted_on"]), Kind.DATE),
        Cell(date(told["shared_on"]), Kind.DATE),
    )


def _stage(key: str, told: dict[str, str], titles: dict[str, str]) -> tuple[Cell, ...]:
    reference = key.split("#")[0]
    return (
        Cell(titles[reference], reference=reference),
        Cell(told["name"]),
        Cell(date(told["start"]), Kind.DATE),
        Cell(date(told["end"]), Kind.DATE),
        Cell(told["outcome"] or _("pågår")),
        Cell(told["organisation"]),
    )
