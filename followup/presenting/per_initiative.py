"""B5 as tables: one that shows each initiative in a line, and those that show every part of its figures."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..indicators import Figures
from .cells import Behind, Cell, Column, Kind, Of, Table, grouped
from .lines import initiative_cell

ONE_OFF = (
    ("forstudie", gettext_lazy("förstudie")),
    ("utveckling", gettext_lazy("utveckling")),
    ("tillsammans", gettext_lazy("tillsammans")),
)
RUNNING = (
    ("drift", gettext_lazy("drift")),
    ("forvaltning", gettext_lazy("förvaltning")),
    ("tillsammans", gettext_lazy("tillsammans")),
)


def money(amount: str | None, key: str = "", label: str = "", under: Sequence[Cell] = ()) -> Cell:
    """An amount of the figures, which is text with two decimals or nothing."""
    value = None if amount is None else Decimal(amount)
    return Cell(value, Kind.MONEY, key, Behind(Of.ROW) if key else None, label, tuple(under))


def days(value: float | None, key: str = "", label: str = "", under: Sequence[Cell] = ()) -> Cell:
    return Cell(value, Kind.DAYS, key, Behind(Of.ROW) if key else None, label, tuple(under))


def date(text: str | None) -> Cell:
    return Cell(dt.date.fromisoformat(text) if text else None, Kind.DATE)


def leave_in_words(leave: Figures) -> str:
    """Who left, when, by which principle and why."""
    return f"{leave['kommun']} {leave['lamnade']}, {leave['princip']}: {leave['orsak']}"


def leaves_in_words(leaves: Sequence[Figures]) -> str:
    return "\n".join(leave_in_words(leave) for leave in leaves)


def summary(rows: Sequence[Figures], titles: dict[str, str]) -> Table:
    """Each initiative in a line: what is together, with its parts below."""
    return Table(
        caption=_("Initiativ i V6"),
        columns=(
            Column(_("Initiativ")),
            Column(_("Deltar"), Kind.COUNT),
            Column(_("Lämnat efter start")),
            Column(_("Förstudie och utveckling"), Kind.MONEY),
            Column(_("Drift och förvaltning per år"), Kind.MONEY),
            Column(_("Dagar från inskickat till start"), Kind.DAYS),
        ),
        rows=tuple(_summary_row(row, titles) for row in rows),
        note=_("– betyder att uppgift saknas. Kronor utan moms."),
    )


def _summary_row(row: Figures, titles: dict[str, str]) -> tuple[Cell, ...]:
    reference = row["referens"]
    taking_part, left, spent, running, time = (row[code] for code in ("B5a", "B5b", "B5c", "B5d", "B5e"))

    def counted(value: int, code: str, *under: Cell) -> Cell:
        return Cell(value, Kind.COUNT, f"{code}-{reference}", Behind(Of.ROW), under=under)

    return (
        initiative_cell(reference, titles),
        counted(taking_part["deltagande"], "B5a", Cell(taking_part["nagonsin"], Kind.COUNT, label=_("någonsin"))),
        Cell(
            left["i_perioden"],
            key=f"B5b-{reference}",
            behind=Behind(Of.ROW),
            under=(
                Cell(left["ackumulerat"], Kind.COUNT, label=_("sammanlagt")),
                *(Cell(leave_in_words(leave)) for leave in left["lista"]),
            ),
        ),
        money(
            spent["tillsammans"]["utfall"],
            f"B5c-{reference}",
            under=(
                money(spent["tillsammans"]["utfall_i_perioden"], label=_("under halvåret")),
                money(spent["tillsammans"]["budget"], label=_("budget")),
            ),
        ),
        money(
            running["tillsammans"]["arskostnad"],
            f"B5d-{reference}",
            under=(money(running["tillsammans"]["upplupet_i_perioden"], label=_("upplupet")),),
        ),
        days(
            time["dagar_fran_inskickat"],
            f"B5e-{reference}",
            under=(days(time["dagar_fran_v6"], label=_("från V6")), *((_since(time),) if time["start"] else ())),
        ),
    )


def _since(time: Figures) -> Cell:
    return Cell(dt.date.fromisoformat(time["start"]), Kind.DATE, label=_("start"))


def participants(rows: Sequence[Figures], titles: dict[str, str]) -> Table:
    """B5a, with the kommuner by name."""
    return _each(
        rows,
        titles,
        _("Deltagande kommuner"),
        (
            Column(_("Deltar"), Kind.COUNT),
            Column(_("Kommuner som deltar")),
            Column(_("Någonsin"), Kind.COUNT),
            Column(_("Kommuner som någonsin deltagit")),
        ),
        lambda row: (
            Cell(row["B5a"]["deltagande"], Kind.COUNT),
            Cell(", ".join(row["B5a"]["kommuner"])),
            Cell(row["B5a"]["nagonsin"], Kind.COUNT),
            Cell(", ".join(row["B5a"]["nagonsin_kommuner"])),
        ),
    )


def leaves(rows: Sequence[Figures], titles: dict[str, str]) -> Table:
    """B5b, each leave with its date, principle and reason."""
    return _each(
        rows,
        titles,
        _("Lämnat efter start"),
        (
            Column(_("Under halvåret"), Kind.COUNT),
            Column(_("Sammanlagt"), Kind.COUNT),
            Column(_("Kommun, datum, princip och orsak")),
        ),
        lambda row: (
            Cell(row["B5b"]["i_perioden"], Kind.COUNT),
            Cell(row["B5b"]["ackumulerat"], Kind.COUNT),
            Cell(leaves_in_words(row["B5b"]["lista"])),
        ),
    )


def one_off_costs(rows: Sequence[Figures], titles: dict[str, str]) -> Table:
    """B5c, each kind and both together."""
    parts = (("utfall", _("Utfall")), ("utfall_i_perioden", _("Under halvåret")), ("budget", _("Budget")))
    return _costs(rows, titles, "B5c", _("Kostnad för förstudie och utveckling"), ONE_OFF, parts)


def running_costs(rows: Sequence[Figures], titles: dict[str, str]) -> Table:
    """B5d, each kind and both together."""
    parts = (("arskostnad", _("Per år")), ("upplupet_i_perioden", _("Upplupet")))
    return _costs(rows, titles, "B5d", _("Kostnad för drift och förvaltning"), RUNNING, parts)


def time_to_start(rows: Sequence[Figures], titles: dict[str, str]) -> Table:
    """B5e, with the date of the start."""
    return _each(
        rows,
        titles,
        _("Tid till start"),
        (
            Column(_("Start"), Kind.DATE),
            Column(_("Dagar från Inskickat"), Kind.DAYS),
            Column(_("Dagar från Inkommet till V6"), Kind.DAYS),
        ),
        lambda row: (
            date(row["B5e"]["start"]),
            days(row["B5e"]["dagar_fran_inskickat"]),
            days(row["B5e"]["dagar_fran_v6"]),
        ),
    )


DETAILS: dict[str, Callable[[Sequence[Figures], dict[str, str]], Table]] = {
    "B5a": participants,
    "B5b": leaves,
    "B5c": one_off_costs,
    "B5d": running_costs,
    "B5e": time_to_start,
}
"""Every part of the figures of the rows, by the code of the indicator within B5."""


def totals(figures: Figures, before: Figures | None, before_label: str) -> Table:
    """B5e over the whole report: how many started and wait, and the medians of their days."""
    lines = (
        ("B5e_startade", "B5e-startade", _("Startade under halvåret"), "median_dagar"),
        ("B5e_vantande", "B5e-vantande", _("Väntar på start"), "median_alder"),
    )
    rows = []
    for place, key, words, median in lines:
        part = figures[place]
        behind = Behind(Of.INITIATIVES, tuple(part["referenser"]))
        cells = [
            Cell(words),
            Cell(part["antal"], Kind.COUNT, key, behind),
            Cell(part[f"{median}_fran_inskickat"], Kind.DAYS, f"{key}-inskickat", behind),
            Cell(part[f"{median}_fran_v6"], Kind.DAYS, f"{key}-v6", behind),
        ]
        if before is not None:
            cells.append(Cell(before[place][f"{median}_fran_inskickat"], Kind.DAYS))
        rows.append(tuple(cells))
    columns = [
        Column(_("Initiativ")),
        Column(_("Antal"), Kind.COUNT),
        Column(_("Median från Inskickat"), Kind.DAYS),
        Column(_("Median från Inkommet till V6"), Kind.DAYS),
    ]
    if before is not None:
        columns.append(Column(_("Från Inskickat, %s") % before_label, Kind.DAYS))
    return Table(
        caption=_("Tid till start, hela rapporten"),
        columns=tuple(columns),
        rows=tuple(rows),
        note=_("Dagar. För dem som väntar är det åldern hittills. – betyder att uppgift saknas."),
    )


def _costs(
    rows: Sequence[Figures],
    titles: dict[str, str],
    code: str,
    caption: str,
    kinds: Sequence[tuple[str, Any]],
    parts: Sequence[tuple[str, str]],
) -> Table:
    columns = [Column(words, Kind.MONEY, capfirst(str(kind))) for _key, kind in kinds for _part, words in parts]
    return _each(
        rows,
        titles,
        caption,
        columns,
        lambda row: tuple(money(row[code][kind][part]) for kind, _words in kinds for part, _column in parts),
    )


def _each(
    rows: Sequence[Figures],
    titles: dict[str, str],
    caption: str,
    columns: Sequence[Column],
    cells: Callable[[Figures], tuple[Cell, ...]],
) -> Table:
    return Table(
        caption=caption,
        columns=(Column(_("Initiativ")), *columns),
        rows=tuple((initiative_cell(row["referens"], titles), *cells(row)) for row in rows),
    )


def left_out_in_words(number: int) -> str:
    """What stands instead of the rows of initiatives that the reader may not see; nothing if there are none."""
    if not number:
        return ""
    if number == 1:
        return _("Ett initiativ som du inte får läsa")
    return _("%s initiativ som du inte får läsa") % grouped(number)
