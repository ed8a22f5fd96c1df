"""People, the eight organisations, and who has which role where from when."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .roles import PLACES, Kind, Role

if TYPE_CHECKING:
    from collections.abc import Iterable


class User(AbstractUser):
    """A person who signs in. What she may do follows from her memberships, never from flags on this row."""

    is_demo = models.BooleanField(_("demokonto"), default=False, editable=False)

    acting: Membership | None = None
    """The membership the person has chosen to act as in this request; set by the middleware."""

    class Meta(AbstractUser.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("personer")

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    @cached_property
    def current_memberships(self) -> list[Membership]:
        """The memberships valid today with their organisations, in a stable order (read once per object)."""
        return list(self.memberships.current().select_related("organisation").in_order())

    @property
    def capacities(self) -> list[Membership]:
        """The memberships the person acts by now: the chosen one, else all that are valid today."""
        return [self.acting] if self.acting else self.current_memberships

    def holds(self, *roles: Role) -> bool:
        """Whether the person has any of the roles today, anywhere."""
        return any(m.role in roles for m in self.current_memberships)


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def kommuner(self) -> Self:
        return self.filter(kind=Kind.KOMMUN)

    def in_order(self) -> Self:
        return self.order_by("order")


class Organisation(models.Model):
    """One of the eight: six kommuner, the federation Göliska IT and the collaboration V6."""

    key = models.SlugField(_("nyckel"), unique=True, help_text=_("Används i adresser och färger, ändras aldrig."))
    short_name = models.CharField(_("kortnamn"), max_length=40, unique=True)
    name = models.CharField(_("namn"), max_length=120)
    kind = models.CharField(_("slag"), max_length=20, choices=Kind)
    order = models.PositiveSmallIntegerField(_("ordning"), default=0)
    colour = models.CharField(_("färg"), max_length=7, help_text=_("Färg i diagram, till exempel #2f6fa3."))
    all_staff_read = models.BooleanField(
        _("alla medarbetare läser"),
        default=False,
        help_text=_("Låter organisationens alla medarbetare läsa det som är inskickat i den egna organisationen."),
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisationer")
        ordering = ["order"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="organisation_kind_known"),
        ]

    def __str__(self) -> str:
        return self.short_name

    @property
    def is_kommun(self) -> bool:
        return self.kind == Kind.KOMMUN


class PopulationQuerySet(models.QuerySet["Population"]):
    def on(self, date: dt.date) -> Self:
        """The figure of each kommun that holds on the date: of the latest year that is not after it."""
        latest = self.filter(year__lte=date.year).order_by("organisation_id", "-year")
        return latest.distinct("organisation_id")


class Population(models.Model):
    """How many inhabitants a kommun has, by the year that the figure is of."""

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("kommun"), on_delete=models.PROTECT, related_name="populations"
    )
    year = models.PositiveSmallIntegerField(
        _("år"), validators=[MinValueValidator(1900), MaxValueValidator(2100)], help_text=_("Året som talet gäller.")
    )
    inhabitants = models.PositiveIntegerField(_("invånare"), validators=[MinValueValidator(1)])
    source = models.CharField(_("källa"), max_length=120, help_text=_("Till exempel SCB, 31 december 2025."))

    objects = PopulationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invånartal")
        verbose_name_plural = _("invånartal")
        ordering = ["organisation__order", "-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "year"],
                name="population_one_figure_a_year",
                violation_error_message=_("Kommunen har redan ett tal för det året."),
            ),
            models.CheckConstraint(condition=Q(inhabitants__gte=1), name="population_positive"),
            models.CheckConstraint(condition=Q(year__gte=1900, year__lte=2100), name="population_year_likely"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.year}"


class MembershipQuerySet(models.QuerySet["Membership"]):
    def on(self, date: dt.date) -> Self:
        """Those valid on the date, both ends included."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=date), valid_from__lte=date)

    def current(self) -> Self:
        return self.on(timezone.localdate())

    def with_role(self, *roles: Role) -> Self:
        return self.filter(role__in=roles)

    def in_order(self) -> Self:
        return self.order_by("organisation__order", "role", "pk")


class Membership(models.Model):
    """That a person has a role in an organisation, from a date and perhaps to one (both included)."""

    user = models.ForeignKey(User, verbose_name=_("person"), on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(_("roll"), max_length=20, choices=Role)
    valid_from = models.DateField(_("från och med"), default=timezone.localdate)
    valid_to = models.DateField(_("till och med"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("roll i organisation")
        verbose_name_plural = _("roller i organisationer")
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role_known"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="membership_ends_after_start",
                violation_error_message=_("Sista dagen kan inte vara före första dagen."),
            ),
            ExclusionConstraint(
                name="membership_no_overlap",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("organisation", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (
                        Func(
                            F("valid_from"),
                            Coalesce(F("valid_to"), Value(dt.date.max)),
                            Value("[]"),
                            function="daterange",
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_("Personen har redan den rollen i organisationen under den tiden."),
            ),
        ]
        indexes = [models.Index(fields=["organisation", "role"], name="membership_org_role")]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.organisation}"

    def save(self, **kwargs: object) -> None:
        """Keeps the person's cached memberships honest."""
        super().save(**kwargs)  # type: ignore[arg-type]
        self.user.__dict__.pop("current_memberships", None)

    def clean(self) -> None:
        super().clean()
        if self.organisation_id and self.role and self.organisation.kind not in PLACES[Role(self.role)]:
            raise ValidationError({"role": _("Rollen finns inte i den här sortens organisation.")})

    @property
    def label(self) -> str:
        """How the capacity is written in the header and in the log, e.g. ``Utvecklingsledare, Skara``."""
        return str(self)


def organisation_ids(memberships: Iterable[Membership]) -> set[int]:
    """The organisations of the memberships, by primary key."""
    return {m.organisation_id for m in memberships}
