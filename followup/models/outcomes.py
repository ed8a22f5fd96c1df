"""What came of it: införanden and confirmations of benefit."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from governance.models import Case
from initiatives.models import visible_to
from v6portal.organizations.models import Organisation, User


class AdoptionQuerySet(models.QuerySet["Adoption"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(visible_to(user, "case__initiative__"))


class Adoption(models.Model):
    """An *införande*: a kommun has taken a solution into use, at most once per initiative."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="adoptions")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("kommun"), on_delete=models.PROTECT, related_name="adoptions"
    )
    in_use_on = models.DateField(_("i drift"))
    note = models.TextField(_("anmärkning"), blank=True)

    objects = AdoptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("införande")
        verbose_name_plural = _("införanden")
        ordering = ["in_use_on", "organisation__order"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "organisation"],
                name="adoption_one_per_kommun",
                violation_error_message=_("Kommunen har redan infört lösningen."),
            )
        ]
        indexes = [models.Index(fields=["in_use_on"], name="adoption_in_use")]

    def __str__(self) -> str:
        return f"{self.case.initiative.reference}: {self.organisation}"


class Confirmation(models.Model):
    """A dated confirmation that a solution is new, is useful or has been put to use (*3N*)."""

    class Kind(models.TextChoices):
        NEW = "new", _("nytt")
        USEFUL = "useful", _("nyttigt")
        UTILISED = "utilised", _("nyttiggjort")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="confirmations")
    kind = models.CharField(_("slag"), max_length=10, choices=Kind)
    holds = models.BooleanField(_("stämmer"))
    date = models.DateField(_("datum"))
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_by_name = models.CharField(_("bekräftad av"), max_length=150, blank=True)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    grounds = models.TextField(_("underlag"), blank=True)

    class Meta:
        verbose_name = _("bekräftelse av 3N")
        verbose_name_plural = _("bekräftelser av 3N")
        ordering = ["date", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["new", "useful", "utilised"]), name="confirmation_kind_known")
        ]
        indexes = [models.Index(fields=["case", "kind", "date", "id"], name="confirmation_latest")]

    def __str__(self) -> str:
        return f"{self.case.initiative.reference}: {self.get_kind_display()}"
