"""What approving a half-year's report, or sending it back, asks for."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.forms.fields import text


class ReviewForm(forms.Form):
    seen = forms.CharField(widget=forms.HiddenInput)


class ReturnForm(forms.Form):
    keep = "aterlamna-rapport"

    reason = text(
        _("Vad behöver ses över?"),
        rows=3,
        max_length=2_000,
        error_messages={"required": _("Skriv varför rapporten lämnas tillbaka.")},
    )


class ApproveForm(forms.Form):
    keep = "sammanfatta-rapport"

    seen = forms.CharField(widget=forms.HiddenInput)
    summary = text(
        _("Sammanfattning"),
        rows=8,
        max_length=4_000,
        help_text=_("Det viktigaste om halvåret, för den som läser i två minuter. Den står först i rapporten."),
        error_messages={"required": _("Skriv en sammanfattning.")},
    )
