"""What Göliska IT has said that it has time for."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Capacity(models.Model):
    """How many hours Göliska IT has for new undertakings in a half-year, as somebody there has stated it."""

    year = models.PositiveSmallIntegerField(_("år"))
    half = models.PositiveSmallIntegerField(_("halvår"))
    hours = models.PositiveIntegerField(_("timmar"))
    stated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    stated_by_name = models.CharField(_("angiven av"), max_length=150, editable=False)
    stated_at = models.DateTimeField(_("angiven"), editable=False)

    class Meta:
        verbose_name = _("kapacitet hos Göliska IT")
        verbose_name_plural = _("kapacitet hos Göliska IT")
        ordering = ["-year", "-half"]
        constraints = [
            models.UniqueConstraint(fields=["year", "half"], name="capacity_once_a_half_year"),
            models.CheckConstraint(condition=Q(half__in=(1, 2)), name="capacity_of_a_half_year"),
        ]

    def __str__(self) -> str:
        return f"{self.year}-{self.half}: {self.hours}"
