"""The assessment model in versions: a draft is edited and published; a published version is locked and copied."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.forms import Script
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from v6portal.organizations.errors import Refused

from ..actions import versions
from ..models import AssessmentModel
from .parts import CriterionInline, DraftForm, DraftOnly, GateQuestionInline
from .version_pages import VersionPages


@admin.register(AssessmentModel)
class AssessmentModelAdmin(VersionPages, DraftOnly, admin.ModelAdmin):
    """A draft is edited, previewed and published; a published version is locked, and copied to be changed."""

    list_display = ["version", "name", "state", "published_at", "published_by_name", "rounds_made", "ways_on"]
    form = DraftForm
    inlines = [GateQuestionInline, CriterionInline]
    actions = ["publish_chosen", "copy_chosen"]
    change_form_template = "admin/assessment_model.html"
    show_facets = admin.ShowFacets.NEVER

    class Media:
        js = [Script("js/weights.js", defer=True)]

    def get_fields(self, request: HttpRequest, obj: AssessmentModel | None = None) -> Any:
        if obj and obj.is_published:
            return ["version", "name", "published_at", "published_by_name"]
        return ["version", "name", "seen"]

    def get_readonly_fields(self, request: HttpRequest, obj: AssessmentModel | None = None) -> list[str]:
        return ["published_at", "published_by_name"] if obj and obj.is_published else []

    def get_queryset(self, request: HttpRequest) -> QuerySet[AssessmentModel]:
        return super().get_queryset(request).annotate(round_count=Count("rounds"))

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"version": versions.next_version(), **super().get_changeform_initial_data(request)}

    @admin.display(description=gettext_lazy("läge"))
    def state(self, model: AssessmentModel) -> str:
        return _("publicerad, låst") if model.is_published else _("utkast")

    @admin.display(description=gettext_lazy("omgångar"), ordering="round_count")
    def rounds_made(self, model: Any) -> int:
        return model.round_count

    @admin.display(description=gettext_lazy("se närmare"))
    def ways_on(self, model: AssessmentModel) -> str:
        pages = (
            (reverse("model_preview", args=[model.pk]), _("Förhandsgranska")),
            (self.page(model, "compare"), _("Jämför")),
        )
        return format_html('<a href="{}">{}</a> · <a href="{}">{}</a>', *(word for page in pages for word in page))

    # Saving

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> AssessmentModel | None:
        """What is saved or deleted is held while it lasts, so that nobody publishes it in the middle."""
        found = super().get_object(request, object_id, from_field)
        if found is None or request.method != "POST":
            return found
        held = AssessmentModel.objects.select_for_update().filter(pk=found.pk).first()
        if held is not None and held.is_published:
            told = _("Inget är sparat. Gå tillbaka i webbläsaren om du vill se vad du skrev.")
            raise PermissionDenied(f"{versions.locked(held)} {told}")
        return super().get_object(request, object_id, from_field) if held else None

    def response_add(self, request: HttpRequest, obj: AssessmentModel, post_url_continue: Any = None) -> HttpResponse:
        return self._way_on(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: AssessmentModel) -> HttpResponse:
        return self._way_on(request, obj) or super().response_change(request, obj)

    def _way_on(self, request: HttpRequest, model: AssessmentModel) -> HttpResponse | None:
        """Where the two buttons of the portal's own lead, once the draft is saved."""
        if "_publish" in request.POST:
            return redirect(self.page(model, "publish"))
        if "_reweigh" not in request.POST:
            return None
        try:
            versions.reweigh(model=model, by=request.user)  # type: ignore[arg-type]
        except Refused as refusal:
            self.tell(request, refusal)
        else:
            self.log_change(request, model, _("Vikterna är omräknade till 100."))
            self.message_user(request, _("Utkastet är sparat och vikterna är omräknade till 100."), messages.SUCCESS)
        return redirect(self.page(model, "change"))

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """With how far the saved weights are from a hundred, in the words that the page's script uses too."""
        model = context.get("original")
        total = sum((c.weight for c in model.criteria.all()), versions.NOTHING) if model else versions.NOTHING
        context |= {"weights_told": versions.weights_told(total), "weight_words": versions.WEIGHT_WORDS}
        return super().render_change_form(request, context, *args, **kwargs)

    # From the list

    @admin.action(description=gettext_lazy("Publicera vald version"))
    def publish_chosen(self, request: HttpRequest, queryset: QuerySet[AssessmentModel]) -> HttpResponse | None:
        chosen = self._the_one(request, queryset)
        return redirect(self.page(chosen, "publish")) if chosen else None

    @admin.action(description=gettext_lazy("Kopiera vald version till ett nytt utkast"))
    def copy_chosen(self, request: HttpRequest, queryset: QuerySet[AssessmentModel]) -> HttpResponse | None:
        chosen = self._the_one(request, queryset)
        return self.make_copy(request, chosen) if chosen else None

    def _the_one(self, request: HttpRequest, queryset: QuerySet[AssessmentModel]) -> AssessmentModel | None:
        if len(chosen := list(queryset)) == 1:
            return chosen[0]
        self.message_user(request, _("Välj en version i taget."), messages.WARNING)
        return None
