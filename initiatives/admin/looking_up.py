"""What has been proposed and scored, as something to look up."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy

from v6portal.organizations.reading_admin import LockedInline, ReadingAdmin

from ..models import Assessment, Initiative, Round, Score, visible_to


@admin.register(Initiative)
class InitiativeAdmin(ReadingAdmin):
    """Submitted initiatives that the person may see. A draft is its authors' alone, also here."""

    list_display = ["reference", "title", "organisation", "author_shown", "submitted_at", "shared_at"]
    list_filter = ["organisation"]
    search_fields = ["reference", "title"]
    ordering = ["-submitted_at", "-pk"]
    fields = [
        "reference",
        "organisation",
        "department",
        "author_shown",
        "title",
        "need",
        "benefit",
        "idea",
        "targets_residents",
        "targets_employees",
        "hours_per_year",
        "existing_solutions",
        "goal_or_law",
        "business_owner",
        "created_at",
        "submitted_at",
        "shared_at",
        "is_secret",
    ]
    view_on_site = staticmethod(Initiative.get_absolute_url)

    def rows_for(self, request: HttpRequest) -> QuerySet[Initiative]:
        mine = Initiative.objects.visible_to(request.user).submitted()  # type: ignore[arg-type]
        return mine.select_related("organisation", "author")

    @admin.display(description=gettext_lazy("inlämnare"))
    def author_shown(self, initiative: Initiative) -> str:
        return initiative.author_name or str(initiative.author or "")


TELLING_NOTHING = frozenset({"id", "pk", "initiative", "level", "model", "opened_at", "closed_at"})
"""What a list of rounds may be narrowed by: when and on what they were held."""


@admin.register(Round)
class RoundAdmin(ReadingAdmin):
    """When rounds were held. What they gave is told when they have closed, not before."""

    list_display = ["initiative", "level", "model", "opened_at", "closed_at", "assessors", "score"]
    list_filter = ["level", "model"]
    search_fields = ["initiative__reference"]
    ordering = ["-opened_at", "-pk"]
    fields = ["initiative", "level", "model", "opened_at", "closed_at", "assessors", "score"]

    def rows_for(self, request: HttpRequest) -> QuerySet[Round]:
        rows = Round.objects.filter(visible_to(request.user, "initiative__"))  # type: ignore[arg-type]
        return rows.filter(initiative__submitted_at__isnull=False).select_related("initiative", "model")

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Nobody narrows the list by what has been answered, or whether: which rows remain would tell."""
        return lookup.split("__")[0] in TELLING_NOTHING and super().lookup_allowed(lookup, value, request)

    @admin.display(description=gettext_lazy("bedömare"), empty_value="–")
    def assessors(self, held: Round) -> int | None:
        return None if held.is_open else held.handed_in

    @admin.display(description=gettext_lazy("poäng"), empty_value="–")
    def score(self, held: Round) -> str | None:
        return None if held.is_open or held.joint_score is None else number_format(held.joint_score, 1)


class ScoreInline(LockedInline):
    model = Score
    fields = ["criterion", "value", "motivation"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Score]:
        """Without those of somebody with jäv: they count for nothing, and she may never have handed them in."""
        return super().get_queryset(request).filter(assessment__conflict_reason="")


@admin.register(Assessment)
class AssessmentAdmin(ReadingAdmin):
    """Handed-in assessments, as far as the person may read them: others' wait until the round has closed."""

    list_display = ["round", "organisation", "assessor_name", "handed_in_at"]
    list_filter = ["organisation", "round__level"]
    search_fields = ["round__initiative__reference", "assessor_name"]
    ordering = ["-handed_in_at", "-pk"]
    inlines = [ScoreInline]

    def rows_for(self, request: HttpRequest) -> QuerySet[Assessment]:
        rows = Assessment.objects.readable_by(request.user).handed_in()  # type: ignore[arg-type]
        rows = rows.filter(
            visible_to(request.user, "round__initiative__"),  # type: ignore[arg-type]
            round__initiative__submitted_at__isnull=False,
        )
        return rows.select_related("round__initiative", "organisation", "revision__initiative", "assessor")
