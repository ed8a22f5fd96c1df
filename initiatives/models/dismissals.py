"""That two initiatives have been compared and found to be different matters."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .initiatives import Initiative


class Side(models.TextChoices):
    """Who answers: those who write it, those who qualify it in the kommun, or V6. Each for itself."""

    AUTHOR = "author", _("inlämnaren")
    KOMMUN = "kommun", _("kommunen")
    V6 = "v6", _("V6")


class Dismissal(models.Model):
    """*Inte samma*: the other one is not shown again to the side that said so."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="dismissals")
    other = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="+")
    side = models.CharField(_("av"), max_length=10, choices=Side)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("tidpunkt"))

    class Meta:
        verbose_name = _("inte samma")
        verbose_name_plural = _("inte samma")
        constraints = [
            models.UniqueConstraint(fields=["initiative", "other", "side"], name="dismissal_once_a_side"),
            models.CheckConstraint(condition=~Q(initiative=F("other")), name="dismissal_of_another"),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="dismissal_side_known"),
        ]

    def __str__(self) -> str:
        return f"{self.initiative.reference} – {self.other.reference}"
