"""The effect goals (*effektmål*) of the source, each beside what the indicators say of it over time.

The source sets no levels and says of no indicator which goal it is for; the choice is docs/decisions/0034. The
portal draws no target that nobody has decided.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..charts import over_time
from ..drawing import Number, TrendChart
from .leading import Measure, at
from .report import Report


@dataclass(frozen=True)
class Goal:
    """One effect goal: its words are the source's and never translated, ``shown`` says what is drawn against it."""

    anchor: str
    wording: str
    shown: str
    chart: TrendChart


def goals(report: Report) -> list[Goal]:
    """The three, in the source's order; none where the report has no history to draw."""
    if not report.history:
        return []
    return [_cooperation(report), _pace(report), _solutions(report)]


def _cooperation(report: Report) -> Goal:
    count = "inforanden" if report.kommun else "kommuner"
    return Goal(
        anchor="mal-samverka",
        wording="Förbättrad förmåga att samverka effektfullt",
        shown=_("Kommunens införanden: som deltagare, och i efterhand av det som andra tagit fram.")
        if report.kommun
        else _("Kommuner som infört en lösning: som deltagare, och i efterhand av det som andra tagit fram."),
        chart=_drawn(
            report,
            "mal-samverka",
            _("Införanden per halvår") if report.kommun else _("Kommuner som infört en lösning, per halvår"),
            (_("deltagare"), at("B3", count)),
            (_("i efterhand"), at("B4", count)),
        ),
    )


def _pace(report: Report) -> Goal:
    return Goal(
        anchor="mal-takt",
        wording="Ökad takt i vår gemensamma digitala förändringsresa",
        shown=_(
            "Dagar till start, median för dem som startade. Lägre är snabbare. Ett halvår utan start är ett glapp."
        ),
        chart=_drawn(
            report,
            "mal-takt",
            _("Mediantid till start per halvår, dagar"),
            (_("från inskickat"), at("B5", "B5e_startade", "median_dagar_fran_inskickat")),
            (_("från V6"), at("B5", "B5e_startade", "median_dagar_fran_v6")),
        ),
    )


def _solutions(report: Report) -> Goal:
    return Goal(
        anchor="mal-losningar",
        wording=(
            "V6 kommunerna erbjuder fler innovativa och användbara digitala lösningar till nytta för invånare och "
            "medarbetare"
        ),
        shown=_(
            "Lösningar som infördes för första gången, och de som bekräftats som nya, nyttiga och nyttiggjorda (3N)."
        ),
        chart=_drawn(
            report,
            "mal-losningar",
            _("Nya lösningar per halvår"),
            (_("införda"), at("C2", "totalt")),
            (_("3N"), at("C1", "antal")),
        ),
    )


def _drawn(report: Report, name: str, title: str, *lines: tuple[str, Measure]) -> TrendChart:
    labels = [past.period.code for past in report.history]
    numbers: list[tuple[str, Sequence[float | None]]] = [
        (words, [_plain(measure(figures)) for _past, figures in report.numbers]) for words, measure in lines
    ]
    return over_time(name, title, labels, *numbers, running=report.running)


def _plain(number: Number) -> float | None:
    return number if number is None or isinstance(number, int) else float(number)
