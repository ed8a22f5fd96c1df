"""What *Det är samma sak* asks for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .fields import note


class SameNeedForm(forms.Form):
    """A greeting if one likes, and whether one's own draft is thrown away; that only for its author."""

    note = note()
    throw_away = forms.BooleanField(
        label=_("Ta bort mitt utkast"),
        help_text=_("Det tas bort för gott. Avmarkera om du vill ha kvar det."),
        required=False,
        initial=True,
    )

    def __init__(self, data: Any = None, *, may_throw_away: bool) -> None:
        super().__init__(data)
        if not may_throw_away:
            del self.fields["throw_away"]
