"""The benefit calculation of an initiative (*nyttokalkyl*): what is assumed, in versions. The result is reckoned."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from v6portal.organizations.models import Organisation

from ..benefit_calculation import (
    GREATEST_AMOUNT,
    GREATEST_HOUR_COST,
    GREATEST_HOURS,
    MOST_YEARS,
    USUAL_YEARS,
    WHOLE,
    Assumptions,
    Effect,
    Expense,
)
from .initiatives import Initiative


class BenefitCalculationQuerySet(models.QuerySet["BenefitCalculation"]):
    def standing(self) -> Self:
        """Those that count: the latest of each initiative."""
        return self.filter(superseded=False)


class BenefitCalculation(models.Model):
    """One version of what is assumed. A change is a new version; the old one stays, marked superseded."""

    initiative = models.ForeignKey(Initiative, on_delete=models.PROTECT, related_name="benefit_calculations")
    number = models.PositiveSmallIntegerField(_("version"))
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    made_by_name = models.CharField(_("av"), max_length=150)
    made_at = models.DateTimeField(_("tidpunkt"))
    superseded = models.BooleanField(default=False)

    years = models.PositiveSmallIntegerField(_("antal år"), default=USUAL_YEARS)
    hours_per_year = models.DecimalField(_("sparade timmar per år"), max_digits=10, decimal_places=2)
    cost_per_hour = models.DecimalField(_("kostnad per timme"), max_digits=8, decimal_places=2)
    realised_percent = models.PositiveSmallIntegerField(_("andel som blir pengar"))
    first_year_percent = models.PositiveSmallIntegerField(_("andel första året"), default=WHOLE)
    grounds = models.TextField(_("vad siffrorna bygger på"))

    objects = BenefitCalculationQuerySet.as_manager()

    class Meta:
        verbose_name = _("nyttokalkyl")
        verbose_name_plural = _("nyttokalkyler")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "number"], name="calculation_number_unique"),
            models.UniqueConstraint(
                fields=["initiative"], condition=Q(superseded=False), name="calculation_one_standing"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="calculation_number_from_one"),
            models.CheckConstraint(condition=Q(years__gte=1, years__lte=MOST_YEARS), name="calculation_years_in_range"),
            models.CheckConstraint(
                condition=Q(realised_percent__lte=WHOLE, first_year_percent__lte=WHOLE),
                name="calculation_shares_in_range",
            ),
            models.CheckConstraint(
                condition=Q(hours_per_year__gte=0, hours_per_year__lte=GREATEST_HOURS)
                & Q(cost_per_hour__gte=0, cost_per_hour__lte=GREATEST_HOUR_COST),
                name="calculation_time_in_range",
            ),
            models.CheckConstraint(condition=~Q(grounds=""), name="calculation_has_grounds"),
        ]

    def __str__(self) -> str:
        return f"{self.initiative.reference} {self.number}"

    def assumptions(self, lines: Iterable[CalculationLine]) -> Assumptions:
        """What the rule takes. ``lines`` are the version's, in order."""
        lines = list(lines)

        def effect(line: CalculationLine) -> Effect:
            return Effect(line.name, line.amount, line.kind == CalculationLine.Kind.FINANCIAL, line.first_year)

        def expenses(kind: str) -> tuple[Expense, ...]:
            return tuple(Expense(line.name, line.amount) for line in lines if line.kind == kind)

        return Assumptions(
            years=self.years,
            hours_per_year=self.hours_per_year,
            cost_per_hour=self.cost_per_hour,
            realised_percent=self.realised_percent,
            first_year_percent=self.first_year_percent,
            effects=tuple(effect(line) for line in lines if line.is_effect),
            one_off=expenses(CalculationLine.Kind.ONE_OFF),
            running=expenses(CalculationLine.Kind.RUNNING),
        )


class CalculationLine(models.Model):
    """One effect or cost of a version, in kronor."""

    class Kind(models.TextChoices):
        FINANCIAL = "financial", _("finansiell nytta")
        REDISTRIBUTED = "redistributed", _("omfördelad nytta")
        ONE_OFF = "one_off", _("engångskostnad")
        RUNNING = "running", _("driftkostnad")

    calculation = models.ForeignKey(BenefitCalculation, on_delete=models.PROTECT, related_name="lines")
    order = models.PositiveSmallIntegerField(_("ordning"))
    kind = models.CharField(_("slag"), max_length=15, choices=Kind)
    name = models.CharField(_("namn"), max_length=120)
    amount = models.DecimalField(_("belopp"), max_digits=13, decimal_places=2)
    first_year = models.PositiveSmallIntegerField(_("från år"), default=1)

    class Meta:
        verbose_name = _("rad i nyttokalkyl")
        verbose_name_plural = _("rader i nyttokalkyl")
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["calculation", "order"], name="calculation_line_order_unique"),
            models.CheckConstraint(condition=~Q(name=""), name="calculation_line_has_name"),
            models.CheckConstraint(
                condition=Q(kind__in=["financial", "redistributed"]) | Q(kind__in=["one_off", "running"], first_year=1),
                name="calculation_line_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=Decimal(0), amount__lte=GREATEST_AMOUNT), name="calculation_line_in_range"
            ),
            models.CheckConstraint(
                condition=Q(first_year__gte=1, first_year__lte=MOST_YEARS), name="calculation_line_year_in_range"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_effect(self) -> bool:
        return self.kind in (self.Kind.FINANCIAL, self.Kind.REDISTRIBUTED)
