"""What the benefit of a solution in use has come to, as a kommun has said it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from governance.models import Case
from initiatives.benefit_calculation import GREATEST_AMOUNT, GREATEST_HOURS
from v6portal.organizations.models import Organisation


class RealisedBenefit(models.Model):
    """What a solution gives a kommun, said on a day (*uppnådd nytta*). Kronor and hours; what is not known is empty.

    Never changed: a later row of the same kommun is read instead of an earlier one, and both are kept. Freed time is
    counted by itself and is not money (docs/decisions/0019).
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="realised_benefits")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    date = models.DateField(_("datum"))
    hours_a_year = models.DecimalField(_("timmar per år"), max_digits=10, decimal_places=2, null=True)
    kronor_a_year = models.DecimalField(_("kronor per år"), max_digits=13, decimal_places=2, null=True)
    kronor_once = models.DecimalField(_("kronor en gång"), max_digits=13, decimal_places=2, null=True)
    grounds = models.TextField(_("underlag"))
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    said_by_name = models.CharField(_("angiven av"), max_length=150)

    class Meta:
        verbose_name = _("uppnådd nytta")
        verbose_name_plural = _("uppnådd nytta")
        ordering = ["date", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(hours_a_year__isnull=False) | Q(kronor_a_year__isnull=False) | Q(kronor_once__isnull=False),
                name="realised_benefit_says_something",
            ),
            models.CheckConstraint(
                condition=Q(hours_a_year__gte=0, hours_a_year__lte=GREATEST_HOURS) | Q(hours_a_year__isnull=True),
                name="realised_hours_in_range",
            ),
            models.CheckConstraint(
                condition=(Q(kronor_a_year__gte=0, kronor_a_year__lte=GREATEST_AMOUNT) | Q(kronor_a_year__isnull=True))
                & (Q(kronor_once__gte=0, kronor_once__lte=GREATEST_AMOUNT) | Q(kronor_once__isnull=True)),
                name="realised_kronor_in_range",
            ),
        ]
        indexes = [models.Index(fields=["case", "organisation", "date", "id"], name="realised_latest")]

    def __str__(self) -> str:
        return f"{self.case.initiative.reference}: {self.organisation} {self.date}"
