"""What *Det är samma sak* asks for."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .fields import note


class SameNeedForm(forms.Form):
    """A greeting if one likes, and whether one's own draft is thrown away; that only for its author.

    ``token`` tells one opened form from another. ``losing`` names those who write the draft with her.
    """

    note = note()
    throw_away = forms.BooleanField(label=gettext_lazy("Ta bort mitt utkast"), required=False)
    token = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, data: Any = None, *, may_throw_away: bool, losing: Sequence[str] = ()) -> None:
        super().__init__(data, initial={"token": uuid.uuid4().hex})
        if not may_throw_away:
            del self.fields["throw_away"]
            return
        told = [_("Det tas bort för gott.")]
        if losing:
            told.append(_("%s förlorar också utkastet.") % get_text_list(list(losing), _("och")))
        self.fields["throw_away"].help_text = " ".join(told)
