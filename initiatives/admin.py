"""The assessment model as a form to edit, and what has been proposed and scored as something to look up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db import models
from django.db.models import Count, QuerySet
from django.forms import Textarea
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from v6portal.organizations.errors import Refused
from v6portal.organizations.reading_admin import LockedInline, ReadingAdmin

from .actions import versions
from .models import (
    Assessment,
    AssessmentModel,
    Criterion,
    GateQuestion,
    GateReply,
    Initiative,
    Level,
    Round,
    Score,
    visible_to,
)

# --- The assessment model -----------------------------------------------------------------------


class _DraftOnly:
    """Rights that end when the version is published. ``obj`` is the version, or nothing on the list and when adding."""

    def has_change_permission(self, request: HttpRequest, obj: AssessmentModel | None = None) -> bool:
        return obj is None or not obj.is_published

    def has_delete_permission(self, request: HttpRequest, obj: AssessmentModel | None = None) -> bool:
        return obj is not None and not obj.is_published


class _PartInline(_DraftOnly, admin.StackedInline):
    extra = 0
    formfield_overrides = {models.TextField: {"widget": Textarea(attrs={"rows": 3})}}

    def has_add_permission(self, request: HttpRequest, obj: AssessmentModel | None = None) -> bool:
        return obj is None or not obj.is_published

    def has_delete_permission(self, request: HttpRequest, obj: AssessmentModel | None = None) -> bool:
        return obj is None or not obj.is_published


class GateQuestionInline(_PartInline):
    model = GateQuestion
    fields = [("code", "kind", "level", "order"), "text", "help"]


class CriterionInline(_PartInline):
    model = Criterion
    fields = [
        ("code", "name"),
        ("axis", "weight", "order"),
        "help",
        "level_1",
        "level_2",
        "level_3",
        "level_4",
        "level_5",
    ]


@admin.register(AssessmentModel)
class AssessmentModelAdmin(_DraftOnly, admin.ModelAdmin):
    """A draft is edited, previewed and published; a published version is locked, and copied to be changed."""

    list_display = ["version", "name", "state", "published_at", "rounds_made", "preview_link"]
    fields = ["version", "name", "published_at"]
    readonly_fields = ["published_at"]
    inlines = [GateQuestionInline, CriterionInline]
    actions = ["publish", "copy"]
    change_form_template = "admin/assessment_model.html"
    show_facets = admin.ShowFacets.NEVER

    def get_queryset(self, request: HttpRequest) -> QuerySet[AssessmentModel]:
        return super().get_queryset(request).annotate(round_count=Count("rounds"))

    def get_urls(self) -> list[Any]:
        preview = path(
            "<int:pk>/forhandsgranska/",
            self.admin_site.admin_view(self.preview),
            name="initiatives_assessmentmodel_preview",
        )
        return [preview, *super().get_urls()]

    @admin.display(description=gettext_lazy("läge"))
    def state(self, model: AssessmentModel) -> str:
        return _("publicerad, låst") if model.is_published else _("utkast")

    @admin.display(description=gettext_lazy("omgångar"), ordering="round_count")
    def rounds_made(self, model: Any) -> int:
        return model.round_count

    @admin.display(description=gettext_lazy("formuläret"))
    def preview_link(self, model: AssessmentModel) -> str:
        address = reverse("admin:initiatives_assessmentmodel_preview", args=[model.pk])
        return format_html('<a href="{}">{}</a>', address, _("Förhandsgranska"))

    def preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The form as the assessors will see it, with what still stands in the way of publishing it."""
        model = get_object_or_404(AssessmentModel, pk=pk)
        questions = list(model.gate_questions.all())
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Förhandsgranskning av version %s") % model,
            "subtitle": None,
            "model": model,
            "levels": [
                (level.label, [question for question in questions if question.level == level]) for level in Level
            ],
            "replies": GateReply.labels,
            "criteria": list(model.criteria.all()),
            "obstacles": [] if model.is_published else list(versions.obstacles(model)),
        }
        return TemplateResponse(request, "admin/assessment_model_preview.html", context)

    @admin.action(description=gettext_lazy("Publicera vald version"))
    def publish(self, request: HttpRequest, queryset: QuerySet[AssessmentModel]) -> None:
        self._with_one(request, queryset, versions.publish, _("Version %s är publicerad och låst."))

    @admin.action(description=gettext_lazy("Kopiera vald version till ett nytt utkast"))
    def copy(self, request: HttpRequest, queryset: QuerySet[AssessmentModel]) -> None:
        self._with_one(request, queryset, versions.copy, _("Utkastet %s är skapat."))

    def _with_one(
        self,
        request: HttpRequest,
        queryset: QuerySet[AssessmentModel],
        action: Callable[..., AssessmentModel],
        done: str,
    ) -> None:
        if len(chosen := list(queryset)) != 1:
            self.message_user(request, _("Välj en version i taget."), messages.WARNING)
            return
        try:
            result = action(model=chosen[0])
        except Refused as refusal:
            for sentence in refusal.sentences:
                self.message_user(request, sentence, messages.ERROR)
            return
        self.log_change(request, result, done % result)
        self.message_user(request, done % result, messages.SUCCESS)


# --- What is proposed and scored ----------------------------------------------------------------


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


RESULTS = ("handed_in", "joint_score", "certainty", "benefit", "feasibility", "risk_flagged", "needs_discussion")


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
        """Nobody narrows the list by what an open round has given so far: which rows remain would tell."""
        return lookup.split("__")[0] not in RESULTS and super().lookup_allowed(lookup, value, request)

    @admin.display(description=gettext_lazy("bedömare"), empty_value="–")
    def assessors(self, held: Round) -> int | None:
        return None if held.is_open else held.handed_in

    @admin.display(description=gettext_lazy("poäng"), empty_value="–")
    def score(self, held: Round) -> str | None:
        return None if held.is_open or held.joint_score is None else number_format(held.joint_score, 1)


class ScoreInline(LockedInline):
    model = Score
    fields = ["criterion", "value", "motivation"]


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
