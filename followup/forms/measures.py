"""The name of a measure, and who sees it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models.measures import LONGEST_NAME, Sharing


class MeasureForm(forms.Form):
    """What a measure is called and with whom it is shared."""

    keep = "matt"
    name = forms.CharField(
        label=_("Namn"),
        max_length=LONGEST_NAME,
        help_text=_("Som andra förstår det. Till exempel: Välfärdsteknik i drift."),
        error_messages={"required": _("Ge måttet ett namn.")},
    )
    sharing = forms.ChoiceField(
        label=_("Vem ser måttet?"),
        choices=Sharing.choices,
        initial=Sharing.PRIVATE,
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj vem som ser måttet.")},
        help_text=_(
            "Delat med alla i V6 räknar måttet bara det som är skickat till V6. Annars räknas också din organisations "
            "egna initiativ."
        ),
    )

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)

    @property
    def given(self) -> dict[str, Any]:
        return {"name": self.cleaned_data["name"], "sharing": Sharing(self.cleaned_data["sharing"])}
