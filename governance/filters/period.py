"""A first and a last day: what is common to the lists that are narrowed by day."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _


class PeriodForm(forms.Form):
    """Has the fields ``first`` and ``last``, both included, and refuses a last day before the first."""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        first, last = data.get("first"), data.get("last")
        if first and last and first > last:
            self.add_error("last", _("Den sista dagen kan inte vara före den första."))
        return data
