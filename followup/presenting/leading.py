"""The half-year in one screen: eight figures with the change since the half-year before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..indicators import Figures
from ..sparklines import Sparkline
from .cells import DASH, NBSP, Behind, Cell, Kind, Of, grouped, whole_kronor, written
from .overview import Overview

Number = int | float | Decimal | None
Measure = Callable[[Figures], Number]
"""Reads a number out of a half-year's figures, or out of the numbers that a trend remembers of them."""


def at(*path: str) -> Measure:
    """The number that stands at the end of the path."""

    def read(figures: Figures) -> Number:
        found = figures
        for step in path:
            found = found[step]
        return found  # type: ignore[return-value]

    return read


def stages(figures: Figures) -> int:
    """The stages carried out, of every type."""
    return sum(part["genomforda"] for part in figures["B2"].values())


@dataclass(frozen=True)
class Leading:
    """One large figure: ``value`` None is *uppgift saknas*; ``key`` is the list behind it, drawn by _figure.html.

    ``trend`` is the same figure over the latest half-years; ``is_withheld`` says that the reader may not have it.
    """

    value: str | None
    label: str
    key: str
    measure: Measure | None = None
    unit: str = ""
    note: str = ""
    change: str = ""
    change_tone: str = ""
    url: str = ""
    number: Number = None
    trend: Sparkline | None = None
    is_withheld: bool = False


@dataclass(frozen=True)
class Since:
    """The half-year before: its figures, what it is called, and whether the present one is still running."""

    figures: Figures
    label: str
    running: bool


@dataclass(frozen=True)
class Screen:
    """Makes the figures of one half-year large."""

    overview: Overview
    since: Since | None

    def figure(
        self, label: str, key: str, measure: Measure, *, unit: str = "", note: str = "", fewer_is_better: bool = False
    ) -> Leading:
        value = measure(self.overview.figures)
        change, tone = "", ""
        if self.since:
            then = measure(self.since.figures)
            change, tone = _change(value, then, self.since, fewer_is_better=fewer_is_better)
        if change and note:
            note = "· " + note
        text = None if value is None else written(value, Kind.COUNT)
        return Leading(text, label, key, measure, unit, note, change, tone, number=value)

    def stages(self, note: str = "") -> Leading:
        figures = self.overview.figures["B2"]
        total = stages(self.overview.figures)
        initiatives = {reference for part in figures.values() for reference in part["initiativlista"]}
        return self.figure(
            _("genomförda: %s") % _stages_in_words(figures) if total else _("genomförda"),
            "B2-summa",
            stages,
            unit=_("etapp") if total == 1 else _("etapper"),
            note=note or _("%s initiativ") % grouped(len(initiatives)),
        )

    def time_to_start(self) -> Leading:
        waits = self.overview.figures["B5"]["B5e_vantande"]["antal"]
        return self.figure(
            _("median från inskickat till start"),
            "B5e-startade-inskickat",
            at("B5", "B5e_startade", "median_dagar_fran_inskickat"),
            unit=_("dagar"),
            note=ngettext("%s initiativ väntar", "%s initiativ väntar", waits) % grouped(waits),
            fewer_is_better=True,
        )

    def costs(self, label: str, note: str = "") -> Leading:
        spent = self.overview.spent
        words = _("varav %(now)s under halvåret · budget %(budget)s") % {
            "now": _kronor(self.overview.spent_in_period),
            "budget": _kronor(self.overview.budget),
        }
        return Leading(
            None if spent is None else grouped(whole_kronor(spent)),
            label,
            "B5c",
            _spent,
            unit=_("kr"),
            note=f"{words} · {note}" if note else words,
            number=spent,
        )


def leading_figures(overview: Overview, since: Since | None, kommuner: int) -> list[Leading]:
    """The eight of all kommuner, in the order of the report."""
    screen, figures = Screen(overview, since), overview.figures
    alone = figures["A1"]["goliska_it"]["antal"]
    return [
        screen.figure(
            _("inkomna initiativ i kommunerna"),
            "A1-summa",
            at("A1", "summa_kommuner", "antal"),
            note=_("utöver dem %s från Göliska IT") % alone if alone else "",
        ),
        screen.figure(_("inkomna till V6"), "B1-summa", at("B1", "summa_kommuner", "antal")),
        screen.stages(),
        screen.time_to_start(),
        screen.figure(
            _("deltagande kommuner har infört en lösning"),
            "B3",
            at("B3", "kommuner"),
            unit=_("av %s") % kommuner,
            note=adoptions_in_words(figures["B3"]["inforanden"]),
        ),
        screen.figure(
            _("kommuner har infört en lösning i efterhand"),
            "B4",
            at("B4", "kommuner"),
            unit=_("av %s") % kommuner,
            note=adoptions_in_words(figures["B4"]["inforanden"]),
        ),
        screen.figure(_("nya, nyttiga och nyttiggjorda lösningar (3N)"), "C1", at("C1", "antal")),
        screen.costs(_("utfall för förstudie och utveckling, pågående initiativ")),
    ]


def more_behind(figures: Figures) -> list[Cell]:
    """The figures that stand only among the eight, with the lists behind them."""
    stages = [stage for part in figures["B2"].values() for stage in part["etapper"]]
    return [Cell(len(stages), Kind.COUNT, "B2-summa", Behind(Of.STAGES, tuple(stages)))]


def _stages_in_words(figures: Figures) -> str:
    words = {
        "forstudie": ngettext("%s förstudie", "%s förstudier", figures["forstudie"]["genomforda"]),
        "uppdrag": _("%s uppdrag"),
        "projekt": _("%s projekt"),
        "implementation": ngettext("%s implementation", "%s implementationer", figures["implementation"]["genomforda"]),
    }
    return ", ".join(
        text % grouped(figures[key]["genomforda"]) for key, text in words.items() if figures[key]["genomforda"]
    )


def adoptions_in_words(number: int) -> str:
    return ngettext("%s införande", "%s införanden", number) % grouped(number)


def _spent(numbers: Figures) -> Decimal | None:
    """What was spent, out of the numbers that a trend remembers."""
    amount = numbers["B5c"]["tillsammans"]["utfall"]
    return None if amount is None else Decimal(amount)


def _kronor(amount: Decimal | None) -> str:
    return DASH if amount is None else f"{grouped(whole_kronor(amount))}{NBSP}kr"


def _change(now: Number, then: Number, since: Since, *, fewer_is_better: bool = False) -> tuple[str, str]:
    """The change in words and its tone; a running half-year gets none, since it is not comparable until it ends."""
    if now is None or then is None:
        return "", ""
    difference = now - then  # type: ignore[operator]  # both are counts, or both are days
    if not difference:
        same = _("hittills oförändrat mot %s") if since.running else _("oförändrat mot %s")
        return same % since.label, ""
    sign = "+" if difference > 0 else "−"
    against = _("mot %s, hittills") if since.running else _("mot %s")
    text = f"{sign}{written(abs(difference), Kind.COUNT)} " + against % since.label
    tone = "up" if (difference > 0) is not fewer_is_better else "down"
    return text, "" if since.running else tone
