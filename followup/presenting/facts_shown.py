"""The short facts beside an initiative: each a name and what stands there, shown where something does."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from governance.models import Case


def facts_shown(case: Case) -> list[tuple[str, Any]]:
    """In the order of the page."""
    initiative = case.initiative
    targets = [
        word
        for word, is_meant in (
            (_("invånare"), initiative.targets_residents),
            (_("medarbetare"), initiative.targets_employees),
        )
        if is_meant
    ]
    return [
        (_("Målgrupp"), ", ".join(targets).capitalize()),
        (_("Samverkansmotiv"), case.get_motive_display().capitalize()),
        (_("Diarienummer"), case.registry_number),
        (_("Förvaltningsobjekt"), case.managed_object),
        (_("Verksamhetsägare"), initiative.business_owner),
        (_("Plats i kommunen"), case.backlog_order),
        (_("Plats i V6"), case.v6_order),
        (_("Hänvisat till"), case.get_referred_to_display()),
    ]
