"""Agreeing on one criterion as a form: a level with its words, and why."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from initiatives.models import Criterion, JointMark

from ..asks import Ask
from .fields import sentence, text

MEDIAN = "median"


class AgreeForm(forms.Form):
    """``standing`` is what has been agreed on before; a value that stands can be taken back."""

    use_required_attribute = False

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    over = forms.IntegerField(widget=forms.HiddenInput, required=False)
    """The row that stood when the form was opened, 0 for none, so that a colleague's is not overrun unseen."""
    token = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    value = forms.ChoiceField(
        widget=forms.RadioSelect(attrs={"class": "level-choice"}), error_messages=sentence(Ask.AGREED, "agreed")
    )
    motivation = text(
        _("Motivering"),
        4,
        help_text=_("Vad sades, och vad avgjorde? Alla som får läsa initiativet ser den."),
        error_messages=sentence(Ask.MOTIVATION, "motivation"),
    )

    def __init__(self, data: Any = None, *, criterion: Criterion, standing: JointMark | None, status: str) -> None:
        over = standing.pk if standing else 0
        super().__init__(data, initial={"seen": status, "over": over, "token": uuid.uuid4().hex})
        self.criterion = criterion
        levels: list[tuple[str, Any]] = [(str(n), words) for n, words in enumerate(criterion.level_texts, start=1)]
        stands = standing.value if standing else None
        if stands is not None:
            levels.append((MEDIAN, _("Ta tillbaka: medianen gäller igen")))
            self.fields["value"].initial = str(stands)
        self.fields["value"].label = _("Vilket värde enas ni om?")
        self.fields["value"].choices = levels

    def agreed(self) -> dict[Criterion, int | None]:
        value = self.cleaned_data["value"]
        return {self.criterion: None if value == MEDIAN else int(value)}
