"""Where a case can stand. The Swedish names are those of the process description and of the register workbook."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    DRAFT = "draft", _("Utkast")
    SUBMITTED = "submitted", _("Inskickat")
    QUALIFYING = "qualifying", _("Under kvalificering")
    SUPPLEMENT = "supplement", _("Komplettering begärd")
    QUALIFIED = "qualified", _("Kvalificerat")
    PRIORITISED = "prioritised", _("Prioriterat")
    LOCAL = "local", _("Genomförs lokalt")
    V6_RECEIVED = "v6_received", _("Inkommet till V6")
    V6_QUALIFYING = "v6_qualifying", _("V6-kvalificering")
    INTEREST = "interest", _("Intresseförfrågan")
    IT_ASSESSMENT = "it_assessment", _("Bedömning hos Göliska IT")
    V6_PRIORITISING = "v6_prioritising", _("V6-prioritering")
    AWAITING_START = "awaiting_start", _("Inför beslut om start")
    IN_PROGRESS = "in_progress", _("Genomförande")
    MAINTENANCE = "maintenance", _("Förvaltning")
    PAUSED = "paused", _("Vilande")
    CLOSED = "closed", _("Avslutat")
    ENDED_UNREALISED = "ended_unrealised", _("Avslutat utan genomförande")
    REJECTED = "rejected", _("Avslaget")
    REFERRED = "referred", _("Hänvisat")
    DUPLICATE = "duplicate", _("Dubblett")
    WITHDRAWN = "withdrawn", _("Återtaget")

    @property
    def tone(self) -> str:
        """How the status is tinted on a page; always shown together with its word."""
        return next(tone for tone, statuses in _TONES.items() if self in statuses)


S = Status

KOMMUN_OPEN = frozenset({S.SUBMITTED, S.QUALIFYING, S.SUPPLEMENT, S.QUALIFIED, S.PRIORITISED, S.LOCAL})
"""The process *Att hantera digitaliseringsinitiativ*, while it goes on."""

V6_BEFORE_START = frozenset(
    {S.V6_RECEIVED, S.V6_QUALIFYING, S.INTEREST, S.IT_ASSESSMENT, S.V6_PRIORITISING, S.AWAITING_START}
)
"""*V6 Effektfull samverkan digitalisering* up to the decision to start."""

REALISING = frozenset({S.LOCAL, S.IN_PROGRESS, S.MAINTENANCE})
"""Where stages, costs and införanden belong."""

V6_OPEN = V6_BEFORE_START | {S.IN_PROGRESS, S.MAINTENANCE}
OPEN = KOMMUN_OPEN | V6_OPEN
ENDED = frozenset({S.CLOSED, S.ENDED_UNREALISED, S.REJECTED, S.REFERRED, S.DUPLICATE, S.WITHDRAWN})
LIVE = OPEN | {S.PAUSED}

_TONES = {
    "plain": {S.QUALIFIED, S.PRIORITISED},
    "wait": {S.SUPPLEMENT, S.PAUSED},
    "go": {S.LOCAL, S.IN_PROGRESS, S.MAINTENANCE},
    "info": {S.SUBMITTED, S.QUALIFYING} | V6_BEFORE_START,
    "stop": {S.REJECTED, S.ENDED_UNREALISED},
    "off": {S.DRAFT, S.CLOSED, S.REFERRED, S.DUPLICATE, S.WITHDRAWN},
}
