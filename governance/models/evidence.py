"""Files that show what a stage came to, or what a cost was (*underlag*)."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from initiatives.models import Attachment

from .work import Cost, Stage


class EvidenceKind(models.TextChoices):
    PROTOCOL = "protocol", _("beslutsprotokoll")
    INVOICE = "invoice", _("faktura")
    REPORT = "report", _("slutrapport")
    AGREEMENT = "agreement", _("avtal")
    OTHER = "other", _("annat underlag")


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def current(self) -> Self:
        return self.filter(attachment__removed_at__isnull=True)


class Evidence(models.Model):
    """Ties a file of the initiative to the stage or the cost that it speaks of."""

    attachment = models.OneToOneField(Attachment, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(_("slag"), max_length=20, choices=EvidenceKind)
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, null=True, related_name="evidence")
    cost = models.ForeignKey(Cost, on_delete=models.PROTECT, null=True, related_name="evidence")

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("underlag")
        verbose_name_plural = _("underlag")
        ordering = ["attachment__uploaded_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__isnull=True, cost__isnull=False) | Q(stage__isnull=False, cost__isnull=True),
                name="evidence_is_of_one",
            ),
            models.CheckConstraint(condition=Q(kind__in=EvidenceKind.values), name="evidence_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.attachment}"
