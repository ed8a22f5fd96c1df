"""Införanden and confirmations of benefit, to look up."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.models import visible_to
from v6portal.organizations.reading_admin import ReadingAdmin

from . import surveys_admin  # noqa: F401 - registers the survey's questions
from .models import Adoption, Capacity, Confirmation, HalfYearReport


class _OfCases(ReadingAdmin):
    search_fields = ["case__initiative__reference"]

    def rows_for(self, request: HttpRequest) -> QuerySet[Any]:
        mine = self.model._default_manager.filter(
            visible_to(request.user, "case__initiative__"),  # type: ignore[arg-type]
            case__initiative__submitted_at__isnull=False,
        )
        return mine.select_related("case__initiative", "organisation")


@admin.register(Adoption)
class AdoptionAdmin(_OfCases):
    list_display = ["case", "organisation", "in_use_on", "note"]
    list_filter = ["organisation"]
    ordering = ["-in_use_on", "-pk"]


@admin.register(Confirmation)
class ConfirmationAdmin(_OfCases):
    list_display = ["case", "kind", "holds", "date", "confirmed_by_name", "organisation"]
    list_filter = ["kind", "holds", "organisation"]
    ordering = ["-date", "-pk"]


@admin.register(HalfYearReport)
class HalfYearReportAdmin(ReadingAdmin):
    """Which reports have been gone through and approved, with what proves that they are what they were."""

    list_display = ["period", "status", "reviewed_by_name", "approved_by_name", "approved_at", "checksum", "version"]
    fields = (
        *("period", "status", "reviewed_by_name", "approved_by_name", "approved_at", "checksum", "version"),
        *("summary", "head_number", "head_hash"),
    )
    list_filter = ["status"]
    ordering = ["-year", "-half"]

    def rows_for(self, request: HttpRequest) -> QuerySet[Any]:
        return HalfYearReport.objects.without_content()

    @admin.display(description=_("halvår"), ordering="year")
    def period(self, obj: HalfYearReport) -> str:
        return obj.period.label


@admin.register(Capacity)
class CapacityAdmin(admin.ModelAdmin):
    """Stated on Göliska IT's page; an administrator can correct it here, in her own name."""

    list_display = ["year", "half", "hours", "stated_by_name", "stated_at"]
    show_facets = admin.ShowFacets.NEVER

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.stated_by, obj.stated_by_name, obj.stated_at = request.user, str(request.user), timezone.now()
        super().save_model(request, obj, form, change)
