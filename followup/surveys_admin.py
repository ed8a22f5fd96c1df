"""Django admin for the survey's questions: a version is edited until a survey is opened with it, then copied."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from v6portal.organizations.reading_admin import ReadingAdmin

from .actions.questionnaires import copy_questionnaire
from .models import Question, Questionnaire, Survey


class UnlessLocked:
    """Rights that end when a survey is opened. ``obj`` is the version, or nothing on the list and when adding."""

    def has_change_permission(self, request: HttpRequest, obj: Questionnaire | None = None) -> bool:
        return obj is None or not obj.is_locked

    def has_delete_permission(self, request: HttpRequest, obj: Questionnaire | None = None) -> bool:
        return obj is not None and not obj.surveys.exists()


class QuestionInline(admin.StackedInline):
    model = Question
    fields = [("code", "theme", "order"), "text"]

    def get_extra(self, request: HttpRequest, obj: Questionnaire | None = None, **kwargs: Any) -> int:
        return 1 if obj is None else 0

    def has_add_permission(self, request: HttpRequest, obj: Questionnaire | None = None) -> bool:
        return obj is None or not obj.is_locked

    has_change_permission = has_delete_permission = has_add_permission


@admin.register(Questionnaire)
class QuestionnaireAdmin(UnlessLocked, admin.ModelAdmin):
    """The statements with their themes, and the words of the scale."""

    list_display = ["version", "name", "state", "question_count"]
    fields = [
        ("version", "name"),
        "intro",
        ("level_1", "level_2"),
        ("level_3", "level_4"),
        ("level_5", "unknown"),
        "free_text",
    ]
    inlines = [QuestionInline]
    actions = ["copy_chosen"]
    ordering = ["-pk"]
    show_facets = admin.ShowFacets.NEVER

    def get_queryset(self, request: HttpRequest) -> QuerySet[Questionnaire]:
        used = Survey.objects.filter(questionnaire=OuterRef("pk"), opened_at__isnull=False)
        return super().get_queryset(request).annotate(statements=Count("questions"), used=Exists(used))

    @admin.display(description=gettext_lazy("läge"))
    def state(self, questionnaire: Any) -> str:
        return _("använd, låst") if questionnaire.used else _("går att ändra")

    @admin.display(description=gettext_lazy("påståenden"))
    def question_count(self, questionnaire: Any) -> int:
        return int(questionnaire.statements)

    @admin.action(description=gettext_lazy("Kopiera vald version till en ny"))
    def copy_chosen(self, request: HttpRequest, queryset: QuerySet[Questionnaire]) -> HttpResponse | None:
        chosen = list(queryset)
        if len(chosen) != 1:
            self.message_user(request, _("Välj en version i taget."), messages.WARNING)
            return None
        copy = copy_questionnaire(questionnaire=chosen[0], by=request.user)  # type: ignore[arg-type]
        self.log_addition(request, copy, _("Kopierad från %s.") % chosen[0].version)
        told = _("Här är kopian. Låt koderna stå kvar för de påståenden som ska jämföras med förra halvåret.")
        self.message_user(request, told, messages.SUCCESS)
        return redirect(reverse("admin:followup_questionnaire_change", args=[copy.pk]))


@admin.register(Survey)
class SurveyAdmin(ReadingAdmin):
    """The surveys to look up; what is done with them is done on their own pages, by V6-samordnaren."""

    list_display = [
        "__str__",
        "questionnaire",
        "last_day",
        "is_anonymous",
        "prepared_by_name",
        "opened_at",
        "closed_at",
    ]
    ordering = ["-year", "-half"]

    def rows_for(self, request: HttpRequest) -> QuerySet[Survey]:
        return Survey.objects.select_related("questionnaire")
