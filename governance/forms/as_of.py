"""The question *vilka deltog den dagen*: a date, and perhaps a kommun, in the address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from v6portal.organizations.models import Organisation

from .fields import day

WRITE_A_DATE = _("Skriv dagen som år, månad och dag, till exempel 2025-10-01.")
NOT_YET = _("Välj i dag eller en tidigare dag. Vilka som deltar längre fram vet ingen än.")


class AsOfForm(forms.Form):
    """Without a date it is about today. ``date`` is None where what was written is no date that can be answered for."""

    datum = day(_("Dag"), required=False, error_messages={"invalid": WRITE_A_DATE})

    def __init__(self, data: Any) -> None:
        super().__init__({"datum": str(timezone.localdate()), **{name: data[name] for name in data if data[name]}})

    def clean_datum(self) -> dt.date:
        date: dt.date = self.cleaned_data["datum"]
        if date > timezone.localdate():
            raise forms.ValidationError(NOT_YET)
        return date

    @property
    def date(self) -> dt.date | None:
        return self.cleaned_data.get("datum") if self.is_valid() else None


class MatrixForm(AsOfForm):
    """The same for many initiatives, narrowed to those where one kommun had a part."""

    kommun = forms.ChoiceField(
        label=_("Kommun"), required=False, error_messages={"invalid_choice": _("Välj en kommun i listan.")}
    )

    def __init__(self, data: Any, *, kommuner: Iterable[Organisation]) -> None:
        super().__init__(data)
        self.fields["kommun"].choices = [("", _("Alla")), *((one.key, one.short_name) for one in kommuner)]

    @property
    def kommun_key(self) -> str:
        return self.cleaned_data.get("kommun", "") if self.is_valid() else ""
