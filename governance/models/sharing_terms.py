"""The terms by which shared costs are divided: the same questions for one initiative and for all."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..cost_sharing import NOTHING, LateRule, Rule, Terms

GREATEST_AMOUNT = 10_000_000_000
"""Kronor. Ten milliarder is far beyond what any initiative costs; more is a slip of the finger."""


class SharingTerms(models.Model):
    cost_rule = models.CharField(_("så delas kostnaderna"), max_length=20, choices=Rule, default=Rule.OFF)
    late_rule = models.CharField(
        _("den som går med sent betalar"), max_length=20, choices=LateRule, default=LateRule.NOTHING
    )
    late_percent = models.DecimalField(
        _("procent av utvecklingskostnaden"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.01")), MaxValueValidator(100)],
    )
    late_amount = models.DecimalField(
        _("fast belopp"),
        max_digits=13,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.01")), MaxValueValidator(GREATEST_AMOUNT)],
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=Q(cost_rule__in=Rule.values), name="%(class)s_cost_rule_known"),
            models.CheckConstraint(
                condition=Q(late_rule=LateRule.NOTHING, late_percent__isnull=True, late_amount__isnull=True)
                | Q(
                    late_rule=LateRule.PERCENT,
                    late_percent__gt=0,
                    late_percent__lte=100,
                    late_amount__isnull=True,
                )
                | Q(
                    late_rule=LateRule.FIXED,
                    late_percent__isnull=True,
                    late_amount__gt=0,
                    late_amount__lte=GREATEST_AMOUNT,
                ),
                name="%(class)s_late_rule_with_its_number",
                violation_error_message=_("Ange procent för en andel, kronor för ett fast belopp och annars inget."),
            ),
            models.CheckConstraint(
                condition=~Q(cost_rule=Rule.OFF) | Q(late_rule=LateRule.NOTHING),
                name="%(class)s_nobody_pays_late_when_off",
                violation_error_message=_("När kostnaderna inte delas betalar den som går med sent ingenting."),
            ),
        ]

    def terms(self, shares: Mapping[Any, Decimal] | None = None) -> Terms:
        """As the rules read them; ``shares`` are those given, by the kommun."""
        return Terms(
            Rule(self.cost_rule),
            LateRule(self.late_rule),
            self.late_percent or NOTHING,
            self.late_amount or NOTHING,
            shares or {},
        )
