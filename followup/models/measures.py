"""A person's own questions: a selection of the register under a name, and what it was counted to (*sparat mått*)."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from v6portal.organizations.models import Organisation, User
from v6portal.organizations.roles import Role

LONGEST_NAME = 80


class Basis(models.TextChoices):
    """Which initiatives are counted: what the readers of the measure may all see."""

    ORGANISATION = "organisation", _("organisationens initiativ och de som är skickade till V6")
    V6 = "v6", _("initiativen som är skickade till V6")


class Sharing(models.TextChoices):
    PRIVATE = "private", _("Bara jag")
    ORGANISATION = "organisation", _("Min organisation")
    V6 = "v6", _("Alla i V6")


class MeasureQuerySet(models.QuerySet["Measure"]):
    def visible_to(self, user: User) -> Self:
        """One's own, those of one's organisation, and those shared with V6; docs/decisions/0043. Nothing for a person
        without a role that reads initiatives."""
        homes = {m.organisation_id for m in user.current_memberships if m.role != Role.STAFF}
        if not homes:
            return self.none()
        own = Q(owner=user) | Q(sharing=Sharing.ORGANISATION)
        return self.filter(Q(sharing=Sharing.V6) | own & Q(organisation__in=homes))

    def current(self) -> Self:
        return self.filter(retired_at__isnull=True)

    def owned_by(self, user: User) -> Self:
        return self.filter(owner=user)


class Measure(models.Model):
    """How many initiatives a selection of the register gives. It stands beside the source's indicators, never inside.

    ``filters`` are the register's filters by name, as the address has them; ``told`` the same in words.
    """

    name = models.CharField(_("namn"), max_length=LONGEST_NAME)
    filters = models.JSONField(_("urval"), default=dict)
    told = models.CharField(_("urvalet i ord"), max_length=600, blank=True)
    sharing = models.CharField(_("delas med"), max_length=12, choices=Sharing, default=Sharing.PRIVATE)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="measures")
    owner_name = models.CharField(_("sparat av"), max_length=150)
    saved_at = models.DateTimeField(_("sparat"))
    retired_at = models.DateTimeField(_("avslutat"), null=True)
    retired_by_name = models.CharField(_("avslutat av"), max_length=150, blank=True)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("sparat mått")
        verbose_name_plural = _("sparade mått")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                "owner", Lower("name"), condition=Q(retired_at__isnull=True), name="measure_name_once"
            ),
            models.CheckConstraint(condition=Q(sharing__in=Sharing.values), name="measure_sharing_known"),
            models.CheckConstraint(condition=~Q(name=""), name="measure_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def basis(self) -> Basis:
        """By what everybody who may read the measure may see: no reader learns of more than she could count herself."""
        return Basis.V6 if self.sharing == Sharing.V6 else Basis.ORGANISATION


class MeasurePoint(models.Model):
    """What a measure was counted to when a half-year had ended, on each basis. Noted once, never changed."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="points")
    period = models.CharField(_("halvår"), max_length=6)
    basis = models.CharField(_("räknat på"), max_length=12, choices=Basis)
    value = models.PositiveIntegerField(_("antal"))
    counted_on = models.DateField(_("räknat den"))

    class Meta:
        verbose_name = _("noterat värde")
        verbose_name_plural = _("noterade värden")
        ordering = ["measure", "period", "basis"]
        constraints = [
            models.UniqueConstraint(fields=["measure", "period", "basis"], name="measure_point_once"),
            models.CheckConstraint(condition=Q(basis__in=Basis.values), name="measure_point_basis_known"),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.period}: {self.value}"
