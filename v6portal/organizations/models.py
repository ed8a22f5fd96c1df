"""People, the eight organisations, and who has which role where from when."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Min, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .expressions import PERIOD
from .roles import DECISION_ROLES, NOT_STOOD_IN_FOR, PLACES, Kind, Role

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
        return list(self.memberships.current().select_related("organisation", "stands_in_for").in_order())

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
        """Those valid on the date, both ends included; a stand-in who was ended early is none from that day."""
        return self.between(date, date)

    def current(self) -> Self:
        return self.on(timezone.localdate())

    def between(self, first: dt.date, last: dt.date) -> Self:
        """Those valid on any of the days."""
        lasting = Q(valid_to__isnull=True) | Q(valid_to__gte=first)
        return self.filter(lasting, Q(ended_at__isnull=True) | Q(valid_to__gt=first), valid_from__lte=last)

    def own(self) -> Self:
        """Those that a person has for herself, not in another's place."""
        return self.filter(stands_in_for__isnull=True)

    def stand_ins(self) -> Self:
        return self.filter(stands_in_for__isnull=False)

    def with_role(self, *roles: Role) -> Self:
        return self.filter(role__in=roles)

    def in_order(self) -> Self:
        """Those that are one's own before those where one stands in for another."""
        return self.order_by(F("appointed_at").asc(nulls_first=True), "organisation__order", "role", "pk")


TWICE = _("Personen har redan den rollen i organisationen under den tiden.")
TWO_STAND_INS = _("Det finns redan en ersättare för den rollen under den tiden.")


def _not_twice(person: str, name: str, message: str) -> ExclusionConstraint:
    """One role in one organisation at a time for the person in the column."""
    same = [(column, RangeOperators.EQUAL) for column in (person, "organisation", "role")]
    return ExclusionConstraint(
        name=name, expressions=[*same, (PERIOD, RangeOperators.OVERLAPS)], violation_error_message=message
    )


class Membership(models.Model):
    """That a person has a role in an organisation, from a date and perhaps to one (both included).

    A *stand-in* (ersättare) has it in another's place, for a time. ``standing_in`` says when that may be.
    """

    user = models.ForeignKey(User, verbose_name=_("person"), on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(_("roll"), max_length=20, choices=Role)
    valid_from = models.DateField(_("från och med"), default=timezone.localdate)
    valid_to = models.DateField(_("till och med"), null=True, blank=True)
    stands_in_for = models.ForeignKey(
        User, verbose_name=_("ersättare för"), on_delete=models.PROTECT, null=True, blank=True, related_name="stand_ins"
    )
    basis = models.CharField(_("stöd"), max_length=200, blank=True)
    """What gives the stand-in the right to decide, outside the portal."""
    appointed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    appointed_at = models.DateTimeField(null=True, editable=False)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    ended_at = models.DateTimeField(null=True, editable=False)

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
            models.CheckConstraint(
                condition=Q(stands_in_for__isnull=True, appointed_at__isnull=True, appointed_by__isnull=True)
                | Q(
                    stands_in_for__isnull=False,
                    valid_to__isnull=False,
                    appointed_at__isnull=False,
                    appointed_by__isnull=False,
                ),
                name="stand_in_is_appointed_until_a_day",
            ),
            models.CheckConstraint(
                condition=Q(stands_in_for__isnull=True)
                | (~Q(stands_in_for=F("user")) & ~Q(role__in=sorted(NOT_STOOD_IN_FOR))),
                name="stand_in_for_another_in_a_role_that_allows_it",
                violation_error_message=_("Ingen kan vara sin egen ersättare, och rollen ska kunna ha en ersättare."),
            ),
            models.CheckConstraint(
                condition=Q(stands_in_for__isnull=True) | ~Q(role__in=sorted(DECISION_ROLES)) | ~Q(basis=""),
                name="stand_in_who_decides_has_grounds",
                violation_error_message=_(
                    "Skriv vad som ger ersättaren rätt att besluta, till exempel en punkt i delegationsordningen."
                ),
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False, stands_in_for__isnull=False),
                name="membership_ended_early_by_somebody",
            ),
            _not_twice("user", "membership_no_overlap", TWICE),
            _not_twice("stands_in_for", "stand_in_one_at_a_time", TWO_STAND_INS),
        ]
        indexes = [models.Index(fields=["organisation", "role"], name="membership_org_role")]

    def __str__(self) -> str:
        if self.stands_in_for_id is None:
            return f"{self.get_role_display()}, {self.organisation}"
        told = {"role": self.get_role_display(), "place": self.organisation, "holder": self.stands_in_for}
        return str(_("%(role)s, %(place)s (ersättare för %(holder)s)") % told)

    def save(self, **kwargs: object) -> None:
        """Keeps the person's cached memberships honest, and lets nobody stand in for a role that has ended."""
        super().save(**kwargs)  # type: ignore[arg-type]
        self.user.__dict__.pop("current_memberships", None)
        if self.valid_to is not None and self.stands_in_for_id is None:
            self._end_stand_ins(self.valid_to)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """A role that is taken away takes those with it who would have stood in for it."""
        gone = super().delete(*args, **kwargs)
        if self.stands_in_for_id is None:
            self._end_stand_ins(self.valid_from - dt.timedelta(days=1))
        return gone

    def _end_stand_ins(self, last: dt.date) -> None:
        """Nobody stands in after the day, until the holder has the role again."""
        same = Membership.objects.filter(organisation=self.organisation_id, role=self.role)
        own = same.own().filter(user=self.user_id, valid_from__gt=last)
        again = own.aggregate(first=Min("valid_from"))["first"] or dt.date.max
        if again - dt.timedelta(days=1) == last:
            return
        appointed = same.filter(stands_in_for=self.user_id, valid_to__gt=last, valid_from__lt=again)
        appointed.filter(valid_from__gt=last).delete()
        appointed.update(valid_to=last)

    def clean(self) -> None:
        super().clean()
        if self.organisation_id and self.role and self.organisation.kind not in PLACES[Role(self.role)]:
            raise ValidationError({"role": _("Rollen finns inte i den här sortens organisation.")})

    @property
    def decides(self) -> bool:
        """Whether the role decides by delegation, so that a stand-in needs grounds for it."""
        return self.role in DECISION_ROLES

    @property
    def may_be_stood_in_for(self) -> bool:
        """Whether somebody can be appointed in it: one's own role, and one that takes steps."""
        return self.stands_in_for_id is None and self.role not in NOT_STOOD_IN_FOR

    @property
    def in_whose_place(self) -> str:
        """Whom the person stands in for, by name; empty where the role is her own."""
        return str(self.stands_in_for) if self.stands_in_for_id else ""


def organisation_ids(memberships: Iterable[Membership]) -> set[int]:
    """The organisations of the memberships, by primary key."""
    return {m.organisation_id for m in memberships}
