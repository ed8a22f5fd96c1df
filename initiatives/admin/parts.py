"""The form of a draft: its own fields, and below it the questions and criteria that it consists of."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import admin
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.forms import Textarea
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import AssessmentModel, Criterion, GateQuestion


class DraftOnly:
    """Rights that end when the version is published. ``obj`` is the version, or nothing on the list and when adding."""

    def has_change_permission(self, request: HttpRequest, obj: AssessmentModel | None = None) -> bool:
        return obj is None or not obj.is_published

    def has_delete_permission(self, request: HttpRequest, obj: AssessmentModel | None = None) -> bool:
        return obj is not None and not obj.is_published


def state_of(model: AssessmentModel) -> str:
    """A mark that is another as soon as anything in the version is: what was on the page when it was opened."""
    rows = [list(part.order_by("pk").values_list()) for part in (model.gate_questions, model.criteria)]
    whole = json.dumps([model.version, model.name, rows], default=str)
    return hashlib.sha256(whole.encode()).hexdigest()


class DraftForm(forms.ModelForm):
    """Somebody else's changes since the page was opened are not overwritten unseen."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        saved = kwargs.get("instance")
        now = state_of(saved) if saved and saved.pk else ""
        self.is_overtaken = data is not None and data.get("seen", "") not in ("", now)
        if self.is_overtaken:
            data = data.copy()
            data["seen"] = now
        kwargs["initial"] = {**(kwargs.get("initial") or {}), "seen": now}
        super().__init__(data, *args, **kwargs)

    def clean(self) -> dict[str, Any]:
        if self.is_overtaken:
            self.add_error(
                None,
                _(
                    "Någon annan har ändrat utkastet medan du hade det öppet, och inget av ditt är sparat än. "
                    "Öppna utkastet i en ny flik och jämför. Spara igen om det som står här ska gälla i stället."
                ),
            )
        return super().clean() or self.cleaned_data


class CriterionForm(forms.ModelForm):
    weight = forms.DecimalField(
        label=gettext_lazy("Vikt"),
        max_digits=5,
        decimal_places=2,
        validators=[
            MinValueValidator(Decimal("0.01"), gettext_lazy("Vikten ska vara större än 0.")),
            MaxValueValidator(100, gettext_lazy("Vikten får vara högst 100.")),
        ],
        widget=forms.NumberInput(attrs={"min": "0.01", "max": "100", "step": "0.01", "inputmode": "decimal"}),
    )


class PartInline(DraftOnly, admin.StackedInline):
    formfield_overrides = {models.TextField: {"widget": Textarea(attrs={"rows": 3})}}

    def get_extra(self, request: HttpRequest, obj: AssessmentModel | None = None, **kwargs: Any) -> int:
        """An empty one to begin with where there is nothing yet; after that there is a link for it."""
        return 1 if obj is None else 0

    def has_add_permission(self, request: HttpRequest, obj: AssessmentModel | None = None) -> bool:
        return obj is None or not obj.is_published

    def has_delete_permission(self, request: HttpRequest, obj: AssessmentModel | None = None) -> bool:
        return obj is None or not obj.is_published


class GateQuestionInline(PartInline):
    model = GateQuestion
    fields = [("code", "kind", "level", "order"), "text", "help"]


class CriterionInline(PartInline):
    model = Criterion
    form = CriterionForm
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
