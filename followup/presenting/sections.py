"""The sections of an initiative's page: those that have something to say, and in one line those that do not yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


@dataclass(frozen=True)
class Section:
    """One section: its place on the page, its name, its template, and what it shows, any of which is enough."""

    anchor: str
    name: str | Promise
    empty: str | Promise
    """What the line says is not there yet."""
    shows: tuple[str, ...]

    @property
    def template(self) -> str:
        return f"followup/initiative_{PAGES[self.anchor]}.html"


PAGES = {
    "beskrivning": "description",
    "bedomning": "assessment",
    "nyttokalkyl": "calculation",
    "beslut": "decisions",
    "deltagande": "participation",
    "etapper": "work",
    "nytta": "benefit",
}

ALL = (
    Section("beskrivning", gettext_lazy("Beskrivning"), "", ("initiative",)),
    Section(
        "bedomning",
        gettext_lazy("Bedömning"),
        gettext_lazy("bedömning"),
        ("gate", "flagged", "rounds", "asked_of_it", "it"),
    ),
    Section("nyttokalkyl", gettext_lazy("Nyttokalkyl"), "", ("reckoned", "may_calculate")),
    Section("beslut", gettext_lazy("Beslut"), gettext_lazy("beslut"), ("decisions", "answers", "advice")),
    Section("deltagande", gettext_lazy("Deltagande"), gettext_lazy("deltagande i V6"), ("ledger",)),
    Section(
        "etapper",
        gettext_lazy("Etapper och kostnader"),
        gettext_lazy("etapper och kostnader"),
        ("work",),
    ),
    Section("nytta", gettext_lazy("Införande och nytta"), gettext_lazy("införande och nytta"), ("adoptions",)),
)
"""In the order of the page. What is voluntary is not missed when it is not there."""


def sections(page: Mapping[str, Any]) -> dict[str, Any]:
    """``sections`` with something to show, and ``not_yet``, a sentence about the others; empty when none is."""
    shown = [one for one in ALL if any(page[name] for name in one.shows)]
    lacking = [str(one.empty) for one in ALL if one not in shown and one.empty]
    return {"sections": shown, "not_yet": _not_yet(lacking, has_ended=page["case"].has_ended)}


def _not_yet(lacking: list[str], *, has_ended: bool) -> str:
    if not lacking:
        return ""
    # Some of the names have an *och* of their own.
    listed = get_text_list(lacking, _("samt"))
    form = _("Det finns inget om %s.") if has_ended else _("Det finns inget ännu om %s. Det visas här när det kommer.")
    return form % listed
