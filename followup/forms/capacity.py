"""How many hours Göliska IT has in a half-year."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..it_capacity import AHEAD
from ..periods import HalfYear


class CapacityForm(forms.Form):
    """One of the half-years on the page, and its hours."""

    half_year = forms.ChoiceField(label=_("Halvår"))
    hours = forms.IntegerField(
        label=_("Timmar"),
        min_value=0,
        max_value=1_000_000,
        widget=forms.NumberInput(attrs={"class": "short"}),
        error_messages={"required": _("Ange hur många timmar ni har.")},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        half_years = [HalfYear.of(timezone.localdate())]
        while len(half_years) < AHEAD:
            half_years.append(half_years[-1].next())
        self.fields["half_year"].choices = [(one.code, one.label) for one in half_years]

    def clean_half_year(self) -> HalfYear:
        return HalfYear.parse(self.cleaned_data["half_year"])
