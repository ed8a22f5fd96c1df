"""Weights that somebody has tried and wants to find again."""

from __future__ import annotations

from decimal import Decimal
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from v6portal.organizations.models import Organisation, User
from v6portal.organizations.roles import Role

from .assessment_models import Level

LONGEST_NAME = 80


class ScenarioQuerySet(models.QuerySet["Scenario"]):
    def visible_to(self, user: User) -> Self:
        """One's own, and those of the organisations whose initiatives one follows; docs/decisions/0016."""
        follows = [
            m.organisation_id for m in user.current_memberships if m.role != Role.STAFF or m.organisation.all_staff_read
        ]
        return self.filter(Q(saved_by=user) | Q(organisation__in=follows))

    def saved_by(self, user: User) -> Self:
        return self.filter(saved_by=user)


class Scenario(models.Model):
    """Other weights under a name, to try on a ranking again. It changes no score and no order.

    ``weights`` is criterion code → weight as text, relative to each other; their sum means nothing.
    """

    name = models.CharField(_("namn"), max_length=LONGEST_NAME)
    level = models.CharField(_("nivå"), max_length=10, choices=Level)
    weights = models.JSONField(_("vikter"))
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="scenarios")
    saved_at = models.DateTimeField(_("tidpunkt"))

    objects = ScenarioQuerySet.as_manager()

    class Meta:
        verbose_name = _("scenario")
        verbose_name_plural = _("scenarier")
        ordering = ["-saved_at", "-pk"]
        constraints = [
            models.UniqueConstraint("saved_by", Lower("name"), name="scenario_name_once"),
            models.CheckConstraint(condition=Q(level__in=Level.values), name="scenario_level_known"),
            models.CheckConstraint(condition=~Q(name=""), name="scenario_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def exact_weights(self) -> dict[str, Decimal]:
        return {code: Decimal(weight) for code, weight in self.weights.items()}
