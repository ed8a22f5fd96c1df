"""Stages of work and what they cost."""

from __future__ import annotations

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from v6portal.organizations.models import Organisation

from .cases import Case
from .events import Event
from .sharing_terms import GREATEST_AMOUNT


class StageType(models.TextChoices):
    PRESTUDY = "prestudy", _("förstudie")
    ASSIGNMENT = "assignment", _("uppdrag")
    PROJECT = "project", _("projekt")
    IMPLEMENTATION = "implementation", _("implementation")


class Outcome(models.TextChoices):
    DONE = "done", _("genomförd")
    ABORTED = "aborted", _("avbruten")


class StageQuerySet(models.QuerySet["Stage"]):
    def ongoing(self) -> Self:
        return self.filter(end__isnull=True)


class Stage(models.Model):
    """An *etapp*: förstudie, uppdrag, projekt or implementation; repeatable and skippable."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="stages")
    number = models.PositiveSmallIntegerField(_("nummer"))
    type = models.CharField(_("typ"), max_length=20, choices=StageType)
    start = models.DateField(_("start"))
    end = models.DateField(_("slut"), null=True, blank=True)
    planned_start = models.DateField(_("planerad start"), null=True, blank=True)
    planned_end = models.DateField(_("planerat slut"), null=True, blank=True)
    outcome = models.CharField(_("utfall"), max_length=10, choices=Outcome, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("ansvarig organisation"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = StageQuerySet.as_manager()

    class Meta:
        verbose_name = _("etapp")
        verbose_name_plural = _("etapper")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="stage_number_unique"),
            models.CheckConstraint(condition=Q(number__gte=1), name="stage_number_from_one"),
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(end__gte=F("start")),
                name="stage_ends_after_start",
                violation_error_message=_("Etappen kan inte sluta innan den börjat."),
            ),
            models.CheckConstraint(
                condition=Q(end__isnull=True, outcome="") | (Q(end__isnull=False) & ~Q(outcome="")),
                name="stage_outcome_with_end",
            ),
            models.CheckConstraint(condition=Q(type__in=StageType.values), name="stage_type_known"),
        ]
        indexes = [models.Index(fields=["type", "end"], name="stage_type_end")]

    def __str__(self) -> str:
        return f"{self.case.initiative.reference}#{self.number}"


class CostKind(models.TextChoices):
    PRESTUDY = "prestudy", _("förstudie")
    DEVELOPMENT = "development", _("utveckling")
    OPERATION = "operation", _("drift")
    MAINTENANCE = "maintenance", _("förvaltning")


RUNNING_KINDS = (CostKind.OPERATION, CostKind.MAINTENANCE)


class CostValue(models.TextChoices):
    BUDGET = "budget", _("budget")
    ACTUAL = "actual", _("utfall")


class CostQuerySet(models.QuerySet["Cost"]):
    def standing(self) -> Self:
        """Those that count: a row that was wrong stays in the record, and another stands in its place or none."""
        return self.filter(corrected_in__isnull=True)

    def running(self) -> Self:
        return self.filter(kind__in=RUNNING_KINDS)


class Cost(models.Model):
    """A cost in SEK excluding VAT: once for förstudie and utveckling, per year for drift and förvaltning."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="costs")
    stage = models.ForeignKey(
        Stage, verbose_name=_("etapp"), on_delete=models.PROTECT, null=True, blank=True, related_name="costs"
    )
    kind = models.CharField(_("slag"), max_length=20, choices=CostKind)
    value = models.CharField(_("värde"), max_length=10, choices=CostValue)
    amount = models.DecimalField(
        _("belopp"),
        max_digits=13,
        decimal_places=2,
        validators=[MinValueValidator(0), MaxValueValidator(GREATEST_AMOUNT)],
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("kommun"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    date = models.DateField(_("datum"), help_text=_("För drift och förvaltning: gäller från och med."))
    until = models.DateField(_("till och med"), null=True, blank=True)
    corrected_in = models.ForeignKey(
        Event, verbose_name=_("rättad i"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    """The event by which the row was found to be wrong; it says who, when and why."""
    replaced_by = models.OneToOneField(
        "self", verbose_name=_("rättad till"), on_delete=models.PROTECT, null=True, blank=True, related_name="replaces"
    )
    """The row that stands instead; none where the cost never was."""

    objects = CostQuerySet.as_manager()

    class Meta:
        verbose_name = _("kostnad")
        verbose_name_plural = _("kostnader")
        ordering = ["date", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gte=0, amount__lte=GREATEST_AMOUNT),
                name="cost_amount_in_range",
                violation_error_message=_("Beloppet ska vara från 0 till 10 miljarder kronor."),
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(kind__in=RUNNING_KINDS, until__gte=F("date")),
                name="only_running_costs_end",
                violation_error_message=_("Bara drift och förvaltning har ett till och med, efter startdatumet."),
            ),
            models.CheckConstraint(
                condition=Q(replaced_by__isnull=True) | (Q(corrected_in__isnull=False) & ~Q(replaced_by=F("pk"))),
                name="cost_replaced_by_a_correction",
            ),
            models.CheckConstraint(condition=Q(kind__in=CostKind.values), name="cost_kind_known"),
            models.CheckConstraint(condition=Q(value__in=CostValue.values), name="cost_value_known"),
        ]
        indexes = [models.Index(fields=["kind", "value", "date"], name="cost_kind_date")]

    def __str__(self) -> str:
        return f"{self.case.initiative.reference}: {self.get_kind_display()} {self.amount}"
