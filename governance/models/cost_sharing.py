"""How the shared costs of an initiative are divided, from which day."""

from __future__ import annotations

from decimal import Decimal
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from v6portal.organizations.models import Organisation

from .cases import Case
from .events import Event
from .sharing_terms import SharingTerms
from .work import GREATEST_AMOUNT


class CostSharingQuerySet(models.QuerySet["CostSharing"]):
    def in_order(self) -> Self:
        """By the day from which they hold; of the same day the one that was decided last comes last."""
        return self.order_by("valid_from", "pk")


class CostSharing(SharingTerms):
    """What holds for one initiative from a day until the next row's; the last one decided of the same day holds.

    Source: docs/kostnadsdelning.md. Written by ``Act.SHARE_COSTS`` alone.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="cost_sharings")
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="cost_sharing")
    valid_from = models.DateField(_("gäller från och med"))

    objects = CostSharingQuerySet.as_manager()

    class Meta(SharingTerms.Meta):
        verbose_name = _("kostnadsfördelning")
        verbose_name_plural = _("kostnadsfördelningar")
        ordering = ["valid_from", "pk"]

    def __str__(self) -> str:
        return f"{self.case.initiative.reference}: {self.get_cost_rule_display()}"

    @property
    def given_shares(self) -> dict[int, Decimal]:
        """The shares that were given, by the organisation's key."""
        return {share.organisation_id: share.share for share in self.shares.all()}


class GivenShare(models.Model):
    """What one kommun weighs where the shares are given: 2 to 1, per cent or kronor."""

    sharing = models.ForeignKey(CostSharing, on_delete=models.PROTECT, related_name="shares")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    share = models.DecimalField(
        _("andel"),
        max_digits=13,
        decimal_places=2,
        validators=[MinValueValidator(0), MaxValueValidator(GREATEST_AMOUNT)],
    )

    class Meta:
        verbose_name = _("andel")
        verbose_name_plural = _("andelar")
        constraints = [
            models.UniqueConstraint(fields=["sharing", "organisation"], name="given_share_once_a_kommun"),
            models.CheckConstraint(condition=Q(share__gte=0, share__lte=GREATEST_AMOUNT), name="given_share_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.share}"
