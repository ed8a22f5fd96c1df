"""The report's drawings, each answering one indicator, out of its figures now and in the half-year before."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from v6portal.organizations.models import Organisation

from .drawing import BRAND, Bar, BarChart, Series, TrendChart
from .indicators import Figures
from .presenting.overview import Arrivals

ACCENT = "#a84b0a"

Chart = BarChart | TrendChart


def per_kommun(
    name: str, title: str, figures: Figures, before: Figures | None, before_label: str, kommuner: Sequence[Organisation]
) -> BarChart:
    """A bar for each kommun in its own colour, from ``per_kommun`` of the figures of A1 or B1."""
    return BarChart(
        name=name,
        title=title,
        bars=[
            Bar(
                kommun.short_name,
                figures["per_kommun"][kommun.short_name]["antal"],
                before["per_kommun"][kommun.short_name]["antal"] if before else None,
                kommun.key,
                kommun.colour,
            )
            for kommun in kommuner
        ],
        heading=_("Kommun"),
        value_heading=_("Antal"),
        before_heading=before_label if before else "",
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


def trend(arrivals: Sequence[Arrivals], latest: int = 8) -> TrendChart:
    """What came in, half-year by half-year, of the latest ones."""
    shown = arrivals[-latest:]
    return TrendChart(
        name="trend",
        title=_("Inkomna initiativ per halvår"),
        labels=[one.period.code for one in shown],
        series=[
            Series(_("i kommunerna"), [one.submitted for one in shown], "brand", BRAND),
            Series(_("till V6"), [one.received for one in shown], "accent", ACCENT, dashed=True),
        ],
        heading=_("Halvår"),
    )
