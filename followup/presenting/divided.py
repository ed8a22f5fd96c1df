"""Which part of an indicator is a kommun's, in words beside the figure; the choice is ``indicators/dividing.py``."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..indicators import Indicator
from .report import Report

SUBMITTED = gettext_lazy("Här: det som kommer från %s.")
TAKES_PART = gettext_lazy("Här: det som %s leder eller deltar i den sista dag som räknas med.")
ADOPTED = gettext_lazy("Här: det som %s har infört.")

WORDS = {
    "A1": SUBMITTED,
    "B1": SUBMITTED,
    "B2": TAKES_PART,
    "B3": ADOPTED,
    "B4": ADOPTED,
    "B5": TAKES_PART,
    "C1": ADOPTED,
    "C2": ADOPTED,
    "lokalt.B2": SUBMITTED,
    "lokalt.inforanden": ADOPTED,
    "lokalt.C1": ADOPTED,
    "lokalt.C2": ADOPTED,
}


def divided_in_words(report: Report, indicator: Indicator) -> str:
    """Nothing in the report of all, and nothing for a line within B5, which B5 has said."""
    if not report.kommun or indicator.code not in WORDS:
        return ""
    words = str(WORDS[indicator.code]) % report.whose
    if indicator.code == "B5":
        words += " " + _("Kostnaderna är hela initiativets; de delas inte på kommunerna här.")
    return words
