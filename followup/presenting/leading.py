"""The half-year in one screen: eight figures with the change since the half-year before."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..indicators import Figures
from .cells import DASH, NBSP, Behind, Cell, Kind, Of, grouped, whole_kronor, written
from .overview import Overview


@dataclass(frozen=True)
class Leading:
    """One large figure: ``value`` None is *uppgift saknas*; ``key`` is the list behind it, drawn by _figure.html."""

    value: str | None
    label: str
    key: str
    unit: str = ""
    note: str = ""
    change: str = ""
    change_tone: str = ""
    url: str = ""
    number: int | float | Decimal | None = None


@dataclass(frozen=True)
class Since:
    """The half-year before: its figures, what it is called, and whether the present one is still running."""

    figures: Figures
    label: str
    running: bool


def leading_figures(overview: Overview, since: Since | None, kommuner: int) -> list[Leading]:
    """The eight, in the order of the report."""
    figures = overview.figures
    before = since.figures if since else None

    def changed(*path: str, fewer_is_better: bool = False) -> tuple[str, str]:
        if since is None:
            return "", ""
        now, then = _at(figures, path), _at(since.figures, path)
        return _change(now, then, since, fewer_is_better=fewer_is_better)

    def leading(value: float | None, label: str, key: str, *path: str, **more: str) -> Leading:
        change, tone = changed(*path, fewer_is_better=key == "B5e-startade-inskickat")
        if change and more.get("note"):
            more["note"] = "· " + more["note"]
        text = None if value is None else written(value, Kind.COUNT)
        return Leading(text, label, key, change=change, change_tone=tone, number=value, **more)

    started, waits = figures["B5"]["B5e_startade"], figures["B5"]["B5e_vantande"]
    alone = figures["A1"]["goliska_it"]["antal"]
    return [
        leading(
            figures["A1"]["summa_kommuner"]["antal"],
            _("inkomna initiativ i kommunerna"),
            "A1-summa",
            "A1",
            "summa_kommuner",
            "antal",
            note=_("utöver dem %s från Göliska IT") % alone if alone else "",
        ),
        leading(
            figures["B1"]["summa_kommuner"]["antal"],
            _("inkomna till V6"),
            "B1-summa",
            "B1",
            "summa_kommuner",
            "antal",
        ),
        _stages(figures, before, since),
        leading(
            started["median_dagar_fran_inskickat"],
            _("median från inskickat till start"),
            "B5e-startade-inskickat",
            "B5",
            "B5e_startade",
            "median_dagar_fran_inskickat",
            unit=_("dagar"),
            note=ngettext("%s initiativ väntar", "%s initiativ väntar", waits["antal"]) % grouped(waits["antal"]),
        ),
        leading(
            figures["B3"]["kommuner"],
            _("deltagande kommuner har infört en lösning"),
            "B3",
            "B3",
            "kommuner",
            unit=_("av %s") % kommuner,
            note=_adoptions_in_words(figures["B3"]["inforanden"]),
        ),
        leading(
            figures["B4"]["kommuner"],
            _("kommuner har infört en lösning i efterhand"),
            "B4",
            "B4",
            "kommuner",
            unit=_("av %s") % kommuner,
            note=_adoptions_in_words(figures["B4"]["inforanden"]),
        ),
        leading(figures["C1"]["antal"], _("nya, nyttiga och nyttiggjorda lösningar (3N)"), "C1", "C1", "antal"),
        _costs(overview),
    ]


def more_behind(figures: Figures) -> list[Cell]:
    """The figures that stand only among the eight, with the lists behind them."""
    stages = [stage for part in figures["B2"].values() for stage in part["etapper"]]
    return [Cell(len(stages), Kind.COUNT, "B2-summa", Behind(Of.STAGES, tuple(stages)))]


def _stages(figures: Figures, before: Figures | None, since: Since | None) -> Leading:
    total = sum(part["genomforda"] for part in figures["B2"].values())
    initiatives = {reference for part in figures["B2"].values() for reference in part["initiativlista"]}
    change, tone = "", ""
    if before is not None and since is not None:
        then = sum(part["genomforda"] for part in before["B2"].values())
        change, tone = _change(total, then, since)
    behind = _("%s initiativ") % grouped(len(initiatives))
    return Leading(
        grouped(total),
        _("genomförda: %s") % _stages_in_words(figures["B2"]) if total else _("genomförda"),
        "B2-summa",
        unit=_("etapp") if total == 1 else _("etapper"),
        note=f"· {behind}" if change else behind,
        change=change,
        change_tone=tone,
        number=total,
    )


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


def _adoptions_in_words(number: int) -> str:
    return ngettext("%s införande", "%s införanden", number) % grouped(number)


def _costs(overview: Overview) -> Leading:
    def kronor(amount: Decimal | None) -> str:
        return DASH if amount is None else f"{grouped(whole_kronor(amount))}{NBSP}kr"

    spent = overview.spent
    return Leading(
        None if spent is None else grouped(whole_kronor(spent)),
        _("utfall för förstudie och utveckling, pågående initiativ"),
        "B5c",
        unit=_("kr"),
        note=_("varav %(now)s under halvåret · budget %(budget)s")
        % {"now": kronor(overview.spent_in_period), "budget": kronor(overview.budget)},
        number=spent,
    )


def _at(figures: Figures, path: tuple[str, ...]) -> int | float | None:
    found = figures
    for step in path:
        found = found[step]
    return found  # type: ignore[return-value]


def _change(now: float | None, then: float | None, since: Since, *, fewer_is_better: bool = False) -> tuple[str, str]:
    """The change in words and its tone; a running half-year gets none, since it is not comparable until it ends."""
    if now is None or then is None:
        return "", ""
    difference = now - then
    if not difference:
        return _("oförändrat mot %s") % since.label, ""
    sign = "+" if difference > 0 else "−"
    text = f"{sign}{written(abs(difference), Kind.COUNT)} " + _("mot %s") % since.label
    tone = "up" if (difference > 0) is not fewer_is_better else "down"
    return text, "" if since.running else tone
