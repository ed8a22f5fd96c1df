"""The reports of half-years that somebody has taken a step with: what was approved, and who has read it."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from governance.models import Event
from v6portal.organizations.models import Organisation
from v6portal.organizations.roles import Role

from ..approving import Standing
from ..periods import HalfYear


class HalfYearReportQuerySet(models.QuerySet["HalfYearReport"]):
    def of(self, period: HalfYear) -> Self:
        return self.filter(year=period.year, half=period.half)

    def approved(self) -> Self:
        return self.filter(status=Standing.APPROVED)

    def before(self, period: HalfYear) -> Self:
        """Those of earlier half-years."""
        return self.filter(Q(year__lt=period.year) | Q(year=period.year, half__lt=period.half))

    def without_content(self) -> Self:
        """The same without what was frozen, which may be megabytes."""
        return self.defer("content")


class HalfYearReport(models.Model):
    """A half-year's report from its first review on; before that it is a draft and has no row.

    ``content`` is everything an approved report shows, as JSON text with its keys in the report's order, and
    ``checksum`` is its SHA-256, which the database checks. ``head_number`` and ``head_hash`` are the newest event of
    the log that it takes into account. The database refuses every change of an approved report.
    """

    year = models.PositiveSmallIntegerField(_("år"))
    half = models.PositiveSmallIntegerField(_("halvår"))
    status = models.CharField(_("läge"), max_length=10, choices=Standing, default=Standing.DRAFT)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reviewed_by_name = models.CharField(_("granskad av"), max_length=150, blank=True)
    reviewed_at = models.DateTimeField(_("granskad"), null=True)
    reviewed_figures = models.CharField(max_length=64, blank=True)
    """The checksum of the figures that were gone through."""
    summary = models.TextField(_("sammanfattning"), blank=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    approved_by_name = models.CharField(_("fastställd av"), max_length=150, blank=True)
    approved_at = models.DateTimeField(_("fastställd"), null=True)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, null=True, related_name="+")
    """That of the approval."""
    content = models.TextField(blank=True)
    checksum = models.CharField(_("kontrollsumma"), max_length=64, blank=True)
    head_number = models.BigIntegerField(_("kedjehuvud"), null=True)
    head_hash = models.CharField(_("kedjehuvudets hash"), max_length=64, blank=True)
    version = models.CharField(_("portalens version"), max_length=20, blank=True)

    objects = HalfYearReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("halvårsrapport")
        verbose_name_plural = _("halvårsrapporter")
        ordering = ["-year", "-half"]
        constraints = [
            models.UniqueConstraint(fields=["year", "half"], name="report_one_of_a_half_year"),
            models.CheckConstraint(condition=Q(half__in=(1, 2)), name="report_of_a_half_year"),
            models.CheckConstraint(
                condition=Q(status=Standing.DRAFT, reviewed_at__isnull=True, reviewed_figures="")
                | (
                    Q(status__in=(Standing.REVIEWED, Standing.APPROVED), reviewed_at__isnull=False)
                    & ~Q(reviewed_by_name="")
                    & ~Q(reviewed_figures="")
                ),
                name="report_reviewed_by_somebody",
            ),
            models.CheckConstraint(
                condition=(
                    Q(status=Standing.APPROVED, approved_at__isnull=False, event__isnull=False)
                    & ~Q(approved_by_name="")
                    & ~Q(summary="")
                    & ~Q(content="")
                    & ~Q(version="")
                )
                | (
                    ~Q(status=Standing.APPROVED)
                    & Q(approved_at__isnull=True, approved_by__isnull=True, approved_by_name="", event__isnull=True)
                    & Q(summary="", content="", checksum="", head_number__isnull=True, head_hash="", version="")
                ),
                name="report_approved_as_a_whole",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("reviewed_by")),
                name="report_approved_by_another_than_reviewed",
            ),
        ]

    def __str__(self) -> str:
        return str(_("%(period)s: %(status)s") % {"period": self.period.label, "status": self.get_status_display()})

    @property
    def period(self) -> HalfYear:
        return HalfYear(self.year, self.half)

    @property
    def standing(self) -> Standing:
        return Standing(self.status)

    @property
    def told(self) -> str:
        """Who approved it and when; empty where nobody has."""
        if self.approved_at is None:
            return ""
        words = {"name": self.approved_by_name, "day": date_format(timezone.localtime(self.approved_at), "j F Y")}
        return _now("Fastställd av %(name)s den %(day)s.") % words

    @property
    def is_approved(self) -> bool:
        return self.status == Standing.APPROVED


class ReportReading(models.Model):
    """Somebody's word that she has read an approved report, for an organisation; once for each person there."""

    report = models.ForeignKey(HalfYearReport, on_delete=models.PROTECT, related_name="readings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    person_name = models.CharField(_("person"), max_length=150)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="+"
    )
    role = models.CharField(_("roll"), max_length=20, choices=Role)
    in_place_of = models.CharField(_("ersättare för"), max_length=150, blank=True)
    read_at = models.DateTimeField(_("tagit del"))

    class Meta:
        verbose_name = _("läsning av halvårsrapport")
        verbose_name_plural = _("läsningar av halvårsrapporter")
        ordering = ["read_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "person", "organisation"], name="report_read_once"),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}: {self.person_name}"
