"""Choosing a filled-in form of assessment to upload."""

from __future__ import annotations

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from initiatives.attachments.packages import MEGABYTE

MOST_BYTES = 10 * MEGABYTE


class FilledInForm(forms.Form):
    file = forms.FileField(
        label=_("Ifyllt formulär"),
        help_text=_("Filen du hämtade härifrån, sparad som .xlsx. Högst 10 MB."),
        error_messages={"required": _("Välj en fil."), "empty": _("Filen är tom. Välj en annan.")},
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        size = file.size or 0
        if size > MOST_BYTES:
            raise forms.ValidationError(
                _("Filen är %(size)s. Den får vara högst 10 MB. Ta bort bilder och annat som du har lagt till."),
                params={"size": filesizeformat(size)},
            )
        return file
