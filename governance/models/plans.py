"""What is planned of the work: stages that have not begun, and what was planned before."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from v6portal.organizations.models import Organisation

from .cases import Case
from .events import Event
from .work import Stage, StageType


class ComingStageQuerySet(models.QuerySet["ComingStage"]):
    def waiting(self) -> Self:
        """Planned, neither begun nor dropped."""
        return self.filter(stage__isnull=True, dropped_in__isnull=True)


class ComingStage(models.Model):
    """A stage that is planned and has not begun. It is no stage, so that nothing that counts stages counts it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="coming_stages")
    type = models.CharField(_("typ"), max_length=20, choices=StageType)
    planned_start = models.DateField(_("planerad start"))
    planned_end = models.DateField(_("planerat slut"))
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("ansvarig organisation"), on_delete=models.PROTECT, related_name="+"
    )
    stage = models.OneToOneField(
        Stage, verbose_name=_("etapp"), on_delete=models.PROTECT, null=True, blank=True, related_name="coming"
    )
    """What it became when it began."""
    dropped_in = models.ForeignKey(
        Event, verbose_name=_("struken i"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    """The event by which it was decided that it will not be."""

    objects = ComingStageQuerySet.as_manager()

    class Meta:
        verbose_name = _("kommande etapp")
        verbose_name_plural = _("kommande etapper")
        ordering = ["planned_start", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(planned_end__gte=F("planned_start")),
                name="coming_stage_ends_after_start",
                violation_error_message=_("Etappen kan inte planeras att sluta innan den börjar."),
            ),
            models.CheckConstraint(
                condition=Q(stage__isnull=True) | Q(dropped_in__isnull=True), name="coming_stage_begun_or_dropped"
            ),
            models.CheckConstraint(condition=Q(type__in=StageType.values), name="coming_stage_type_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_type_display()} {self.planned_start} – {self.planned_end}"


class EarlierPlan(models.Model):
    """What was planned until an event changed it, of a stage or of one that is coming."""

    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="earlier_plan")
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, null=True, related_name="earlier_plans")
    coming = models.ForeignKey(ComingStage, on_delete=models.PROTECT, null=True, related_name="earlier_plans")
    planned_start = models.DateField(_("planerad start"), null=True)
    planned_end = models.DateField(_("planerat slut"), null=True)

    class Meta:
        verbose_name = _("tidigare plan")
        verbose_name_plural = _("tidigare planer")
        ordering = ["event"]
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__isnull=True, coming__isnull=False) | Q(stage__isnull=False, coming__isnull=True),
                name="earlier_plan_is_of_one",
            ),
        ]

    def __str__(self) -> str:
        return str(self.planned_end or "")
