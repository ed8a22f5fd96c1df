"""Beside the report's own lines: what a kommun did alone, or before its initiative came to V6. Never mixed in."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _

from . import b, c
from .base import Indicator, Section

LOCAL = (
    Indicator(
        code="lokalt.B2",
        section=Section.LOCAL,
        wording=_("Genomförda etapper lokalt"),
        definition=_(
            "Som B2, men etapper som slutade innan initiativet kom in till V6 eller i initiativ som aldrig gjort det."
        ),
        path=("lokalt", "B2"),
        count=partial(b.carried_out, in_v6=False),
        parts=b.STAGE_PARTS,
    ),
    Indicator(
        code="lokalt.inforanden",
        section=Section.LOCAL,
        wording=_("Lokala införanden"),
        definition=_(
            "Olika kommuner med ett införande under halvåret innan initiativet kom in till V6 eller i ett initiativ "
            "som aldrig gjort det. Bredvid står antalet införanden."
        ),
        path=("lokalt", "inforanden"),
        count=b.adopted_locally,
    ),
    Indicator(
        code="lokalt.C1",
        section=Section.LOCAL,
        wording=_("Lokala lösningar som är nya, nyttiga och nyttiggjorda (3N)"),
        definition=_(
            "Som C1, men med bara de införanden och bekräftelser som är daterade innan initiativet kom in till V6 "
            "eller hör till ett initiativ som aldrig gjort det."
        ),
        path=("lokalt", "C1"),
        count=partial(c.confirmed, in_v6=False),
    ),
    Indicator(
        code="lokalt.C2",
        section=Section.LOCAL,
        wording=_("Lokala lösningar efter målgrupp"),
        definition=_(
            "Som C2, men initiativ vars första lokala införande skedde under halvåret, innan initiativet kom in till "
            "V6 eller utan att det gjort det."
        ),
        path=("lokalt", "C2"),
        count=partial(c.first_adopted, in_v6=False),
        parts=c.C2.parts,
    ),
)
