"""Django admin for the sentences that recommendations begin as."""

from __future__ import annotations

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext as _

from .meetings import PLACEHOLDERS, unknown_placeholders
from .models import RecommendationTemplate


class RecommendationTemplateForm(ModelForm):
    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if unknown := unknown_placeholders(text):
            known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
            told = {"unknown": f"{{{unknown[0]}}}", "known": known}
            raise ValidationError(_("%(unknown)s finns inte. Det här går att använda: %(known)s.") % told)
        return text


@admin.register(RecommendationTemplate)
class RecommendationTemplateAdmin(admin.ModelAdmin):
    """What a recommendation begins as. The secretary changes it freely; what was written before stays."""

    form = RecommendationTemplateForm
    show_facets = admin.ShowFacets.NEVER
    list_display = ["text", "body", "status", "stance"]
    list_filter = ["body", "stance"]
    search_fields = ["text"]
    fields = ["body", "status", "stance", "text"]

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return obj is not None
