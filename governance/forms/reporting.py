"""When the whole list of decisions has been reported, in one press."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from .fields import day


class ReportingForm(forms.Form):
    keep = "anmal-beslut"

    seen = forms.CharField(widget=forms.HiddenInput)
    body = forms.CharField(
        label=_("Anmält till"),
        max_length=150,
        initial=_("Kommunstyrelsen"),
        error_messages={"required": _("Ange vilket organ besluten är anmälda till.")},
    )
    reported_on = day(_("Sammanträdesdag"), error_messages={"required": _("Ange sammanträdesdagen.")})
    paragraph = forms.CharField(
        label=_("Paragraf"),
        max_length=40,
        widget=forms.TextInput(attrs={"class": "short"}),
        help_text=_("Till exempel § 12."),
        error_messages={"required": _("Ange paragrafen i protokollet.")},
    )
