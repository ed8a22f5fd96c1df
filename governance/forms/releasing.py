"""What is asked when the documents of a case are given out (*utlämnande*)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from initiatives.models import Attachment

from ..asks import Ask
from .acts import ActForm
from .fields import sentence


class AttachmentChoice(forms.ModelMultipleChoiceField):
    def label_from_instance(self, attachment: Attachment) -> str:
        return attachment.name


class ReleasedPart(ActForm):
    notes = forms.BooleanField(
        label=_("Ta med de egna arbetsanteckningarna"),
        required=False,
        help_text=_(
            "En minnesanteckning är i regel ingen allmän handling förrän den har tagits om hand för arkivering "
            "(2 kap. 12 § tryckfrihetsförordningen)."
        ),
    )
    attachments = AttachmentChoice(
        Attachment.objects.none(),
        label=_("Bilagor som följer med"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    recipient = forms.CharField(
        label=_("Lämnas ut till"),
        max_length=150,
        help_text=_("Den som begär handlingar har rätt att vara anonym. Skriv då till exempel: anonym begäran."),
        error_messages=sentence(Ask.RELEASED, "recipient"),
    )
    purpose = forms.CharField(
        label=_("Ändamål"),
        max_length=200,
        required=False,
        help_text=_("Bara om det behövs för att pröva sekretess. Annars får du inte fråga efter det."),
    )
    tried = forms.BooleanField(
        label=_("Jag har prövat om handlingarna får lämnas ut"), error_messages=sentence(Ask.RELEASED, "tried")
    )

    def arrange(self) -> None:
        """Everything that can be read is ticked to begin with, but nothing of what is marked secret."""
        super().arrange()
        rows = self.case.initiative.attachments.readable().with_file()
        self.fields["attachments"].queryset = rows
        if not self.case.initiative.is_secret:
            self.fields["attachments"].initial = list(rows)
        if not rows:
            del self.fields["attachments"]

    @property
    def chosen(self) -> list[Attachment]:
        """The attachments that go with it: those that are ticked once the form is sent, else those of the start."""
        if "attachments" not in self.fields:
            return []
        if self.is_bound:
            return list(getattr(self, "cleaned_data", {}).get("attachments", ()))
        return list(self.fields["attachments"].initial or ())

    @property
    def with_notes(self) -> bool:
        return bool(getattr(self, "cleaned_data", {}).get("notes"))

    def given(self) -> dict[str, Any]:
        """With the names of what was left out instead of what goes with it."""
        given = super().given()
        kept = {one.pk for one in given.pop("attachments", ())}
        rows = self.case.initiative.attachments.readable().with_file()
        return {**given, "left_out": [one.name for one in rows if one.pk not in kept]}
