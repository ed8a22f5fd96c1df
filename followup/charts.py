"""The report's drawings, each answering one indicator, out of its figures now and in the half-year before."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from v6portal.organizations.models import Organisation

from .drawing import BRAND, Bar, BarChart, Series, TrendChart
from .indicators import Figures
from .panels import Panel, PanelChart
from .presenting.cells import Kind
from .presenting.overview import Arrivals
from .who_takes_part import Shared, Taker, TakingPart

ACCENT = "#a84b0a"
MOST_ROWS = 15
"""Initiatives in the drawing of who takes part in what; the tables have all of them."""

Chart = BarChart | TrendChart | PanelChart | TakingPart


def received(
    name: str, title: str, numbers: Sequence[tuple[str, Figures]], kommuner: Sequence[Organisation], *, running: bool
) -> PanelChart:
    """A panel for each kommun in its own colour; ``numbers`` are those of A1 or B1 by the half-year's code."""
    return PanelChart(
        name=name,
        title=title,
        labels=[code for code, _figures in numbers],
        panels=[
            Panel(
                kommun.short_name,
                [figures["per_kommun"][kommun.short_name]["antal"] for _code, figures in numbers],
                kommun.key,
                kommun.colour,
            )
            for kommun in kommuner
        ],
        heading=_("Halvår"),
        running=running,
    )


def who_takes_part(
    title: str, rows: Sequence[Figures], titles: dict[str, str], kommuner: Sequence[Organisation]
) -> TakingPart | None:
    """Those of B5a's rows with the most kommuner, at most fifteen; none where nobody takes part in anything."""
    shared = [row for row in rows if row["B5a"]["nagonsin"]]
    most = sorted(shared, key=lambda row: -row["B5a"]["deltagande"])[:MOST_ROWS]
    if not most:
        return None
    return TakingPart(
        name="deltar",
        title=title,
        takers=[Taker(kommun.short_name, kommun.key, kommun.colour) for kommun in kommuner],
        rows=[
            Shared(
                titles[row["referens"]],
                row["B5a"]["kommuner"],
                [name for name in row["B5a"]["nagonsin_kommuner"] if name not in row["B5a"]["kommuner"]],
            )
            for row in most
        ],
        left_out=len(shared) - len(most),
    )


def spent_and_budget(title: str, costs: Figures) -> BarChart:
    """What förstudie and utveckling came to, each above what was meant; ``costs`` are those of B5c added up."""

    def amount(kind: str, part: str) -> Decimal | None:
        text = costs[kind][part]
        return None if text is None else Decimal(text)

    kinds = ((_("Förstudie"), "forstudie"), (_("Utveckling"), "utveckling"))
    return BarChart(
        name="kostnader",
        title=title,
        bars=[Bar(words, amount(key, "utfall"), amount(key, "budget")) for words, key in kinds],
        heading=_("Kostnad"),
        value_heading=_("Utfall"),
        before_heading=_("Budget"),
        compared=_("budget"),
        kind=Kind.MONEY,
    )


def by_target_group(title: str, figures: Figures, before: Figures | None, before_label: str) -> BarChart:
    """C2: solutions first taken into use, by whom they are for."""
    groups = ((_("Invånare"), "invanare"), (_("Medarbetare"), "medarbetare"), (_("Båda"), "bada"))
    return BarChart(
        name="malgrupp",
        title=title,
        bars=[Bar(words, figures[key], before[key] if before else None) for words, key in groups],
        heading=_("Målgrupp"),
        value_heading=_("Lösningar"),
        before_heading=before_label if before else "",
    )


def over_time(
    name: str, title: str, labels: Sequence[str], *lines: tuple[str, Sequence[float | None]], running: bool = False
) -> TrendChart:
    """One or two numbers from half-year to half-year; the second line is dashed."""
    tones = (("brand", BRAND, False), ("accent", ACCENT, True))
    return TrendChart(
        name=name,
        title=title,
        labels=labels,
        series=[
            Series(words, numbers, tone, colour, dashed)
            for (words, numbers), (tone, colour, dashed) in zip(lines, tones, strict=False)
        ],
        heading=_("Halvår"),
        running=running,
    )


def by_stage_type(
    title: str, names: Sequence[tuple[str, str]], figures: Figures, before: Figures | None, before_label: str
) -> BarChart:
    """A bar for each type of stage: how many were carried out. ``names`` are the keys with their words."""
    return BarChart(
        name="etapper",
        title=title,
        bars=[
            Bar(words, figures[key]["genomforda"], before[key]["genomforda"] if before else None)
            for key, words in names
        ],
        heading=_("Typ"),
        value_heading=_("Genomförda"),
        before_heading=before_label if before else "",
    )


def time_to_start(figures: Figures, before: Figures | None, before_label: str) -> BarChart:
    """The medians of B5e, in days: for those that started, and for those that wait."""
    lines = (
        (_("Startade: från Inskickat"), "B5e_startade", "median_dagar_fran_inskickat"),
        (_("Startade: från V6"), "B5e_startade", "median_dagar_fran_v6"),
        (_("Väntar: från Inskickat"), "B5e_vantande", "median_alder_fran_inskickat"),
        (_("Väntar: från V6"), "B5e_vantande", "median_alder_fran_v6"),
    )
    return BarChart(
        name="tid",
        title=_("Mediantid till start, dagar"),
        bars=[Bar(words, figures[part][key], before[part][key] if before else None) for words, part, key in lines],
        heading=_("Median"),
        value_heading=_("Dagar"),
        before_heading=before_label if before else "",
    )


def trend(arrivals: Sequence[Arrivals], latest: int = 8, *, of_one: bool = False, running: bool = False) -> TrendChart:
    """What came in, half-year by half-year, of the latest ones; ``of_one`` says that it is one kommun's."""
    shown = arrivals[-latest:]
    return TrendChart(
        name="trend",
        title=_("Inkomna initiativ per halvår"),
        labels=[one.period.code for one in shown],
        series=[
            Series(_("i kommunen") if of_one else _("i kommunerna"), [one.submitted for one in shown], "brand", BRAND),
            Series(_("till V6"), [one.received for one in shown], "accent", ACCENT, dashed=True),
        ],
        heading=_("Halvår"),
        running=running,
    )
