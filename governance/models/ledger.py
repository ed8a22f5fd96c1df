"""The participation ledger: which kommun took part in what, as what, from when to when."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from v6portal.organizations.models import Organisation

from ..participating import ACTIVE_ROLES, Ending, ParticipationRole, Row
from .cases import Case, Principle

_PERIOD = Func(F("joined_on"), F("left_on"), function="daterange")


class ParticipationQuerySet(models.QuerySet["Participation"]):
    def on(self, date: dt.date) -> Self:
        """Rows in force on the date: joined on or before it, not left by it."""
        return self.filter(Q(left_on__isnull=True) | Q(left_on__gt=date), joined_on__lte=date)

    def active(self) -> Self:
        """Those who lead or take part; following is not participation."""
        return self.filter(role__in=ACTIVE_ROLES)

    def leading(self) -> Self:
        return self.filter(role=ParticipationRole.LEADS)

    def ongoing(self) -> Self:
        return self.filter(left_on__isnull=True)


class Participation(models.Model):
    """A dated row of the ledger. Source: docs/process.md, *Deltagande*."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="participations")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("kommun"), on_delete=models.PROTECT, related_name="participations"
    )
    role = models.CharField(_("roll"), max_length=20, choices=ParticipationRole)
    joined_on = models.DateField(_("gick med"))
    left_on = models.DateField(_("lämnade"), null=True, blank=True)
    ending = models.CharField(_("hur raden slutade"), max_length=20, choices=Ending, blank=True)
    principle = models.ForeignKey(
        Principle,
        verbose_name=_("princip"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="leaves",
    )
    reason = models.TextField(_("orsak"), blank=True)
    decider_name = models.CharField(_("beslutsfattare"), max_length=150, blank=True)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = _("deltagande")
        verbose_name_plural = _("deltaganden")
        ordering = ["joined_on", "organisation__order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("joined_on")),
                name="participation_leaves_after_joining",
                violation_error_message=_("Kommunen kan inte lämna innan den gick med."),
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True, ending="") | (Q(left_on__isnull=False) & ~Q(ending="")),
                name="participation_ending_has_date",
            ),
            models.CheckConstraint(
                condition=~Q(ending=Ending.LEFT) | (Q(principle__isnull=False) & ~Q(reason="") & ~Q(decider_name="")),
                name="leave_names_principle_reason_and_decider",
                violation_error_message=_("Den som lämnar anger princip, orsak och beslutsfattare."),
            ),
            models.CheckConstraint(
                condition=~Q(ending=Ending.UNFOLLOWED) | Q(role=ParticipationRole.FOLLOWS),
                name="only_a_follower_unfollows",
            ),
            models.CheckConstraint(
                condition=~Q(ending=Ending.LEFT) | ~Q(role=ParticipationRole.FOLLOWS),
                name="a_follower_does_not_leave",
            ),
            models.CheckConstraint(condition=Q(role__in=ParticipationRole.values), name="participation_role_known"),
            ExclusionConstraint(
                name="participation_no_overlap",
                expressions=[
                    ("case", RangeOperators.EQUAL),
                    ("organisation", RangeOperators.EQUAL),
                    (_PERIOD, RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("Kommunen har redan en rad under den tiden."),
            ),
            ExclusionConstraint(
                name="participation_one_leader",
                expressions=[("case", RangeOperators.EQUAL), (_PERIOD, RangeOperators.OVERLAPS)],
                condition=Q(role=ParticipationRole.LEADS),
                violation_error_message=_("En annan kommun leder under den tiden."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.get_role_display()}"

    @property
    def plain(self) -> Row:
        """The row as the rules read it."""
        return Row(self.organisation_id, self.role, self.joined_on, self.left_on, self.ending)
