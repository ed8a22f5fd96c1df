"""Principles and settings, each valid from a date; and what the process has written, to look up."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from procrastinate.contrib.django.models import ProcrastinateJob

from initiatives.models import visible_to
from v6portal.organizations.models import User
from v6portal.organizations.reading_admin import ReadingAdmin

from . import templates_admin  # noqa: F401 - registers the recommendations' sentences
from .models import Case, Cost, Decision, Event, Mail, Participation, Principle, ProcessSettings, RetentionRule, Stage
from .models.inquiry import acts_shown_to, rows_shown_to

# --- What the process goes by -------------------------------------------------------------------


def has_begun(row: Any) -> bool:
    """Whether the row is or has been in force, so that something may already rest on it."""
    return row.valid_from <= timezone.localdate()


class FromTodayForm(ModelForm):
    """A new row never changes what held yesterday."""

    def clean_valid_from(self) -> dt.date:
        begins: dt.date = self.cleaned_data["valid_from"]
        if begins < timezone.localdate():
            raise ValidationError(_("Välj i dag eller en senare dag: det som redan gällt ändras inte i efterhand."))
        return begins


class PrincipleForm(FromTodayForm):
    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        code, begins = data.get("code", self.instance.code), data.get("valid_from", self.instance.valid_from)
        if code and begins:
            self._refuse_two_wordings(code, begins, data.get("valid_to"))
        return data

    def _refuse_two_wordings(self, code: str, begins: dt.date, ends: dt.date | None) -> None:
        others = Principle.objects.filter(code=code).exclude(pk=self.instance.pk)
        others = others.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=begins))
        if ends:
            others = others.filter(valid_from__lte=ends)
        if others.exists():
            raise ValidationError(
                _("Principen %s har redan en lydelse under den tiden. Ge den ett slutdatum först.") % code
            )


class _ValidFromAdmin(admin.ModelAdmin):
    """A row can be changed and taken away until its first day has come."""

    show_facets = admin.ShowFacets.NEVER

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return obj is not None and not has_begun(obj)


@admin.register(Principle)
class PrincipleAdmin(_ValidFromAdmin):
    """A new wording is a new row: end the old one, then add the code again. Leaves keep the wording they named."""

    form = PrincipleForm
    list_display = ["code", "title", "valid_from", "valid_to"]
    list_display_links = ["code", "title"]
    search_fields = ["code", "title", "text"]
    ordering = ["order", "valid_from"]
    fields = ["code", "title", "text", "order", "valid_from", "valid_to"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        locked = ["code", "title", "text", "valid_from"]
        return locked if obj and has_begun(obj) else []


@admin.register(ProcessSettings)
class ProcessSettingsAdmin(_ValidFromAdmin):
    """The row with the latest first day holds. To change a number, add a row that begins when it shall."""

    form = FromTodayForm
    numbers = [
        "kommun_minimum",
        "v6_minimum",
        "participant_minimum",
        "interest_days",
        "qualification_days",
        "supplement_days",
        "answer_days",
        "prioritisation_days",
        "decision_days",
        "v6_answer_days",
        "it_assessment_days",
        "v6_prioritisation_days",
        "start_days",
        "report_days",
        "cost_rule",
        "late_rule",
        "late_percent",
        "late_amount",
        "answers_shown",
    ]
    list_display = ["valid_from", *numbers]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None or not has_begun(obj)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """The numbers of today, to change the one that shall change."""
        latest = ProcessSettings.objects.order_by("valid_from").last()
        numbers = {name: getattr(latest, name) for name in self.numbers} if latest else {}
        return {**numbers, "valid_from": timezone.localdate() + dt.timedelta(days=1)}


@admin.register(RetentionRule)
class RetentionRuleAdmin(admin.ModelAdmin):
    """What an organisation destroys and when. A rule that is not in force does nothing but show what it would do."""

    show_facets = admin.ShowFacets.NEVER
    list_display = ["what", "organisation", "years", "active", "decision_reference", "decided_on"]
    list_filter = ["organisation", "active"]
    list_select_related = ["organisation"]
    fields = ["organisation", "what", "years", "decision_reference", "decided_on", "active"]


# --- What the process has written ---------------------------------------------------------------


class _OfCases(ReadingAdmin):
    """Rows of submitted cases that the person may see."""

    search_fields = ["case__initiative__reference"]
    shown_with = ["organisation"]
    """What the list names besides the case; fetched with it."""

    def rows_for(self, request: HttpRequest) -> QuerySet[Any]:
        return self.of_submitted(self.model._default_manager.all(), request.user)  # type: ignore[arg-type]

    def of_submitted(self, rows: QuerySet[Any], user: User) -> QuerySet[Any]:
        mine = rows.filter(visible_to(user, "case__initiative__"), case__initiative__submitted_at__isnull=False)
        return mine.select_related("case__initiative", *self.shown_with)


@admin.register(Case)
class CaseAdmin(ReadingAdmin):
    list_display = ["initiative", "organisation", "status", "status_since", "registry_number"]
    list_filter = ["status", "initiative__organisation"]
    search_fields = ["initiative__reference", "initiative__title", "registry_number"]
    ordering = ["-status_since", "-pk"]
    fields = [
        "initiative",
        "organisation",
        "status",
        "status_since",
        "review_on",
        "referred_to",
        "motive",
        "registry_number",
        "managed_object",
        "interest_deadline",
        "first_in_use_on",
    ]
    view_on_site = staticmethod(Case.get_absolute_url)

    def rows_for(self, request: HttpRequest) -> QuerySet[Case]:
        rows = Case.objects.visible_to(request.user)  # type: ignore[arg-type]
        rows = rows.filter(initiative__submitted_at__isnull=False)
        return rows.select_related("initiative__organisation")

    @admin.display(description=gettext_lazy("organisation"), ordering="initiative__organisation__order")
    def organisation(self, case: Case) -> str:
        return str(case.initiative.organisation)


@admin.register(Event)
class EventAdmin(_OfCases):
    """The log. Other organisations' working notes are theirs, also here."""

    list_display = ["reference", "occurred_at", "what", "actor_name", "organisation", "to_status"]
    list_filter = ["kind", "organisation"]
    search_fields = ["reference", "actor_name", "decider_name"]
    ordering = ["-id"]
    fields = [
        "reference",
        "what",
        "occurred_at",
        "recorded_at",
        "from_status",
        "to_status",
        "actor_name",
        "organisation",
        "role",
        "decider_name",
        "text",
    ]

    def rows_for(self, request: HttpRequest) -> QuerySet[Event]:
        rows = Event.objects.visible_to(request.user)  # type: ignore[arg-type]
        return self.of_submitted(rows, request.user)  # type: ignore[arg-type]

    @admin.display(description=gettext_lazy("händelse"))
    def what(self, event: Event) -> str:
        return str(event.spoken)


@admin.register(Decision)
class DecisionAdmin(_OfCases):
    list_display = ["case", "act", "decider_name", "organisation", "decided_on", "to_be_reported"]
    list_filter = ["act", "organisation", "to_be_reported"]
    search_fields = ["case__initiative__reference", "decider_name", "delegation_reference"]
    ordering = ["-decided_on", "-pk"]
    exclude = ["event"]
    view_on_site = staticmethod(Decision.get_absolute_url)

    def rows_for(self, request: HttpRequest) -> QuerySet[Any]:
        return super().rows_for(request).filter(acts_shown_to(request.user, "act"))  # type: ignore[arg-type]


@admin.register(Participation)
class ParticipationAdmin(_OfCases):
    list_display = ["case", "organisation", "role", "joined_on", "left_on", "ending", "principle"]
    list_filter = ["organisation", "role", "ending"]
    shown_with = ["organisation", "principle"]
    ordering = ["-joined_on", "-pk"]

    def rows_for(self, request: HttpRequest) -> QuerySet[Any]:
        return super().rows_for(request).filter(rows_shown_to(request.user))  # type: ignore[arg-type]


@admin.register(Stage)
class StageAdmin(_OfCases):
    list_display = ["case", "number", "type", "start", "end", "outcome", "organisation"]
    list_filter = ["type", "outcome"]
    ordering = ["-start", "-pk"]


@admin.register(Cost)
class CostAdmin(_OfCases):
    list_display = ["case", "kind", "value", "amount", "date", "until", "organisation"]
    list_filter = ["kind", "value"]
    ordering = ["-date", "-pk"]


# --- The post -------------------------------------------------------------------------------------

admin.site.unregister(ProcrastinateJob)  # the worker's own table; what matters of it is told below


@admin.register(Mail)
class MailAdmin(ReadingAdmin):
    """Mail that did not go as it should: to whom and what sort of mail, never about what."""

    list_display = ["number", "recipient", "about", "state", "attempts", "queued_at", "claimed_at", "due_at", "error"]
    list_filter = ["state"]
    search_fields = ["recipient__last_name", "recipient__first_name", "recipient__username", "error"]
    ordering = ["-queued_at", "-pk"]
    fields = [
        "number",
        "recipient",
        "about",
        "state",
        "attempts",
        "queued_at",
        "claimed_at",
        "due_at",
        "ended_at",
        "error",
    ]

    def rows_for(self, request: HttpRequest) -> QuerySet[Mail]:
        return Mail.objects.in_trouble().select_related("recipient")

    @admin.display(description=gettext_lazy("nummer"), ordering="pk")
    def number(self, mail: Mail) -> str:
        """What ``manage.py mail --retry`` asks for."""
        return str(mail.pk)

    @admin.display(description=gettext_lazy("slag"))
    def about(self, mail: Mail) -> str:
        return mail.about
