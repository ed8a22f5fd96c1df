"""A line of a report in words: which it is, and what it says."""

from __future__ import annotations

from decimal import Decimal

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..corrections import Difference, Figures
from ..indicators import Indicator
from .cells import DASH, Kind, grouped, written


def line_in_words(difference: Difference, indicator: Indicator, titles: dict[str, str]) -> str:
    """Which of the indicator's lines it is; empty where it has only one."""
    key = difference.key
    if key == "goliska_it":
        return _("Göliska IT")
    if key in titles:
        return f"{titles[key]} ({key})"
    if key in difference.references:
        return key
    named = {part.key: str(part.wording) for part in (*indicator.parts, *indicator.totals)}
    return capfirst(named.get(key, key))


def in_words(code: str, figures: Figures | None) -> str:
    """What the line says."""
    if code == "B5":
        return _("fanns inte i rapporten") if figures is None else _("finns i rapporten")
    return WORDS[code.removeprefix("lokalt.")](figures or {})


def _initiatives(figures: Figures) -> str:
    number = figures["antal"]
    told = ngettext("%s initiativ", "%s initiativ", number) % grouped(number)
    duplicates = figures.get("varav_dubbletter", 0)
    return f"{told}, {_('varav dubbletter: %s') % grouped(duplicates)}" if duplicates else told


def _stages(figures: Figures) -> str:
    return _("%(done)s genomförda i %(initiatives)s initiativ, %(ongoing)s pågående") % {
        "done": grouped(figures["genomforda"]),
        "initiatives": grouped(figures["initiativ"]),
        "ongoing": grouped(figures["pagaende"]),
    }


def _adoptions(figures: Figures) -> str:
    kommuner, adoptions = figures["kommuner"], figures["inforanden"]
    told = ngettext("%s kommun", "%s kommuner", kommuner) % grouped(kommuner)
    return f"{told}, {ngettext('%s införande', '%s införanden', adoptions) % grouped(adoptions)}"


def _taking_part(figures: Figures) -> str:
    told = {"now": grouped(figures["deltagande"]), "ever": grouped(figures["nagonsin"])}
    return _("%(now)s deltar, %(ever)s någonsin") % told


def _left(figures: Figures) -> str:
    told = {"lately": grouped(figures["i_perioden"]), "ever": grouped(figures["ackumulerat"])}
    return _("%(lately)s lämnade, %(ever)s sedan start") % told


def _kronor(amount: str | None) -> str:
    return DASH if amount is None else written(Decimal(amount), Kind.MONEY)


def _paid_once(figures: Figures) -> str:
    words = {"forstudie": _("förstudie"), "utveckling": _("utveckling")}
    told = _("%(name)s: utfall %(spent)s, varav under halvåret %(lately)s, budget %(budget)s")
    return "\n".join(
        told
        % {
            "name": name,
            "spent": _kronor(figures[key]["utfall"]),
            "lately": _kronor(figures[key]["utfall_i_perioden"]),
            "budget": _kronor(figures[key]["budget"]),
        }
        for key, name in words.items()
        if any(value is not None for value in figures[key].values())
    ) or str(DASH)


def _running(figures: Figures) -> str:
    words = {"drift": _("drift"), "forvaltning": _("förvaltning")}
    told = _("%(name)s: %(year)s om året, upplupet %(accrued)s")
    return "\n".join(
        told
        % {
            "name": name,
            "year": _kronor(figures[key]["arskostnad"]),
            "accrued": _kronor(figures[key]["upplupet_i_perioden"]),
        }
        for key, name in words.items()
        if any(value is not None for value in figures[key].values())
    ) or str(DASH)


def _time(figures: Figures) -> str:
    if "start" not in figures:
        medians = [value for key, value in figures.items() if key.startswith("median")]
        told = " / ".join(written(value, Kind.DAYS) for value in medians)
        return _("%(number)s initiativ, median %(days)s dagar") % {"number": grouped(figures["antal"]), "days": told}
    if figures["start"] is None:
        return _("inte startat")
    words = {"day": figures["start"], "v6": figures["dagar_fran_v6"], "sent": figures["dagar_fran_inskickat"]}
    return _("start %(day)s, %(v6)s dagar från V6, %(sent)s från inskickat") % words


def _target_groups(figures: Figures) -> str:
    names = {"invanare": _("invånare"), "medarbetare": _("medarbetare"), "bada": _("båda"), "totalt": _("totalt")}
    return ", ".join(f"{name} {grouped(figures[key])}" for key, name in names.items())


WORDS = {
    "A1": _initiatives,
    "B1": _initiatives,
    "B2": _stages,
    "B3": _adoptions,
    "B4": _adoptions,
    "inforanden": _adoptions,
    "B5a": _taking_part,
    "B5b": _left,
    "B5c": _paid_once,
    "B5d": _running,
    "B5e": _time,
    "C1": _initiatives,
    "C2": _target_groups,
}
"""By the indicator's code, without where it stands."""
