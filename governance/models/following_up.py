"""That a kommun is to say what became of a solution it has taken into use."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from v6portal.organizations.models import Organisation

from ..following_up import AFTER_MONTHS
from .cases import Case
from .events import Event


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def waiting(self) -> Self:
        return self.filter(answered_in__isnull=True)

    def due(self, day: dt.date) -> Self:
        """Those that can be made on the day."""
        return self.filter(due_on__lte=day)


class FollowUp(models.Model):
    """One follow-up of an införande (*uppföljning av nyttan*). Made and answered by the acts of the case alone."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="follow_ups")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    months = models.PositiveSmallIntegerField(_("månader"))
    due_on = models.DateField(_("att följa upp från"))
    answer_by = models.DateField(_("sista dag"))
    answered_in = models.ForeignKey(Event, on_delete=models.PROTECT, null=True, related_name="+")

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("uppföljning av nyttan")
        verbose_name_plural = _("uppföljningar av nyttan")
        ordering = ["due_on", "organisation__order"]
        constraints = [
            models.UniqueConstraint(fields=["case", "organisation", "months"], name="follow_up_once"),
            models.CheckConstraint(condition=Q(months__in=AFTER_MONTHS), name="follow_up_months_known"),
            models.CheckConstraint(condition=Q(answer_by__gte=F("due_on")), name="follow_up_ends_after_it_began"),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "case", "due_on"],
                name="follow_up_waiting",
                condition=Q(answered_in__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.case.initiative.reference}: {self.organisation}, {self.months}"
