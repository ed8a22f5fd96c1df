"""The half-year in one screen for one kommun: the same eight questions, as far as they can be asked of a kommun."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from v6portal.organizations.models import Organisation

from .cells import grouped
from .leading import Leading, Screen, Since, at
from .overview import Overview


def leading_of_kommun(overview: Overview, since: Since | None, kommun: Organisation, *, hidden: int) -> list[Leading]:
    """The eight of a kommun. A sum over costs of which ``hidden`` are not the reader's to know is withheld whole."""
    screen = Screen(overview, since)
    return [
        screen.figure(
            _("inkomna initiativ i kommunen"),
            f"A1-{kommun.key}",
            at("A1", "per_kommun", kommun.short_name, "antal"),
        ),
        screen.figure(
            _("inkomna till V6 från kommunen"),
            f"B1-{kommun.key}",
            at("B1", "per_kommun", kommun.short_name, "antal"),
        ),
        screen.stages(note=_("i initiativ som kommunen deltar i")),
        screen.time_to_start(),
        screen.figure(
            _("införanden av lösningar som kommunen var med om att ta fram"),
            "B3-inforanden",
            at("B3", "inforanden"),
        ),
        screen.figure(_("införanden i efterhand"), "B4-inforanden", at("B4", "inforanden")),
        screen.figure(
            _("nya, nyttiga och nyttiggjorda lösningar (3N) som kommunen har infört"), "C1", at("C1", "antal")
        ),
        _costs(screen, hidden),
    ]


def _costs(screen: Screen, hidden: int) -> Leading:
    label = _("utfall för förstudie och utveckling, initiativ som kommunen deltar i")
    if not hidden:
        return replace(screen.costs(label, _("hela initiativens kostnad, inte kommunens andel")), measure=None)
    why = ngettext(
        "visas inte för dig: i summan ingår %s initiativ som du inte får läsa",
        "visas inte för dig: i summan ingår %s initiativ som du inte får läsa",
        hidden,
    )
    return Leading(None, label, "B5c", note=why % grouped(hidden), is_withheld=True)
