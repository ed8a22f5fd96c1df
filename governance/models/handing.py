"""A task that somebody has asked a colleague to take."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from v6portal.organizations.models import Membership, Organisation

from ..handing import statuses_by_role
from ..statuses import Status
from .cases import Case
from .events import Event


class HandingQuerySet(models.QuerySet["Handing"]):
    def live(self) -> Self:
        """Neither done, given back nor passed on."""
        return self.filter(ended_at__isnull=True)

    def held(self) -> Self:
        """Live, and the one who has it still has a role there that may take it: else it waits for everybody again."""
        there = Membership.objects.current().filter(
            user=OuterRef("handed_to"), organisation=OuterRef("organisation"), user__is_active=True
        )
        where = there.annotate(where=ExpressionWrapper(OuterRef("status"), output_field=models.CharField()))
        takes = (Q(role=role, where__in=sorted(statuses)) for role, statuses in statuses_by_role().items())
        return self.live().filter(Exists(where.filter(reduce(or_, takes))))


class Handing(models.Model):
    """That what waits in a case for an organisation is with one person there, until the case moves on or it is done."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="handings")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(_("läge"), max_length=20, choices=Status)
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="handing")
    handed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    handed_by_name = models.CharField(_("lämnad av"), max_length=150)
    handed_to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="handings")
    handed_to_name = models.CharField(_("lämnad till"), max_length=150)
    handed_at = models.DateTimeField(_("lämnad"))
    text = models.CharField(_("några ord"), max_length=300, blank=True)
    ended_at = models.DateTimeField(_("slut"), null=True)

    objects = HandingQuerySet.as_manager()

    class Meta:
        verbose_name = _("överlämnad uppgift")
        verbose_name_plural = _("överlämnade uppgifter")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "organisation"], condition=Q(ended_at__isnull=True), name="handing_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("handed_at")), name="handing_ends_after_it_began"
            ),
        ]
        indexes = [
            models.Index(fields=["handed_to", "case"], name="handing_with", condition=Q(ended_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.case.initiative.reference}: {self.handed_by_name} → {self.handed_to_name}"

    @property
    def is_taken_over(self) -> bool:
        """Whether the one who has it took it herself."""
        return self.handed_by_id == self.handed_to_id
