"""The open data in words: its columns, and the lines that each of the source's indicators becomes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..indicators import INDICATORS

LINES: dict[str, Sequence[str]] = {
    "A1": ("A1.antal", "A1.varav_dubbletter"),
    "B1": ("B1.antal",),
    "B2": ("B2.forstudie.genomforda", "B2.forstudie.initiativ", "B2.forstudie.pagaende"),
    "B3": ("B3.kommuner", "B3.inforanden"),
    "B4": ("B4.kommuner", "B4.inforanden"),
    "B5": ("B5.antal_rader",),
    "B5a": ("B5a.deltagande", "B5a.nagonsin", "B5a.deltar"),
    "B5b": ("B5b.i_perioden", "B5b.ackumulerat"),
    "B5c": ("B5c.forstudie.utfall", "B5c.utveckling.budget", "B5c.tillsammans.utfall_i_perioden"),
    "B5d": ("B5d.drift.arskostnad", "B5d.tillsammans.upplupet_i_perioden"),
    "B5e": ("B5.B5e_startade.median_dagar_fran_v6", "B5.B5e_vantande.antal", "B5e.dagar_fran_inskickat"),
    "C1": ("C1.antal",),
    "C2": ("C2.invanare", "C2.medarbetare", "C2.bada", "C2.totalt"),
    "lokalt.B2": ("lokalt.B2.projekt.genomforda",),
    "lokalt.inforanden": ("lokalt.inforanden.kommuner", "lokalt.inforanden.inforanden"),
    "lokalt.C1": ("lokalt.C1.antal",),
    "lokalt.C2": ("lokalt.C2.totalt",),
}
"""Where an indicator becomes many lines of one pattern, some of them."""


@dataclass(frozen=True)
class Described:
    """Something of the files with what it means; ``names`` are as they stand in the file."""

    names: Sequence[str]
    meaning: str


def columns() -> list[Described]:
    """The columns of the CSV, in their order."""
    return [
        Described(("period",), _("Halvåret, till exempel 2026-1: januari till juni 2026.")),
        Described(("indicator",), _("Vilken siffra det är. Samma väg som i JSON, med punkter emellan.")),
        Described(("organisation",), _("Alla kommuner, en av de sex eller Göliska IT.")),
        Described(("value",), _("Siffran, med decimalkomma. Tom betyder att uppgift saknas; 0 betyder noll.")),
        Described(("unit",), _("antal, dagar, kr (utan moms) eller datum.")),
        Described(("initiative",), _("Referensen, där raden gäller ett enda initiativ. Annars tom.")),
    ]


def indicators() -> list[Described]:
    """The source's lines in their order, each with the names that its numbers have."""
    return [Described(LINES[indicator.code], str(indicator.wording)) for indicator in INDICATORS]
