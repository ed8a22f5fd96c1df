"""Scoring as one form: 1 to 5 or *vet inte* on each criterion, every level with its own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from initiatives.actions.assessing import Mark
from initiatives.models import Criterion, Score

from .fields import text

UNKNOWN = "unknown"


@dataclass(frozen=True)
class Scored:
    """One criterion with its two fields."""

    criterion: Criterion
    value: forms.BoundField
    motivation: forms.BoundField


class ScoringForm(forms.Form):
    """All criteria of a round. May be saved half done; handing in asks for an answer to each."""

    use_required_attribute = False

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Any = None, *, criteria: Sequence[Criterion], given: Mapping[int, Score], status: str
    ) -> None:
        super().__init__(data, initial={"seen": status})
        self.criteria = criteria
        for criterion in criteria:
            self._ask(criterion, given.get(criterion.pk))

    def _ask(self, criterion: Criterion, score: Score | None) -> None:
        value, motivation = _names(criterion)
        levels = [(str(number), words) for number, words in enumerate(criterion.level_texts, start=1)]
        self.fields[value] = forms.ChoiceField(
            label=str(criterion),
            help_text=criterion.help,
            choices=[*levels, (UNKNOWN, _("Vet inte"))],
            widget=forms.RadioSelect(attrs={"class": "level-choice"}),
        )
        self.fields[motivation] = text(_("Motivering"), 2, required=False)
        if score:
            self.fields[value].initial = UNKNOWN if score.value is None else str(score.value)
            self.fields[motivation].initial = score.motivation

    def scored(self) -> list[Scored]:
        return [Scored(criterion, *(self[name] for name in _names(criterion))) for criterion in self.criteria]

    def _clean_fields(self) -> None:
        """The page does not call a criterion voluntary; saving half an assessment is allowed all the same."""
        values = [self.fields[_names(criterion)[0]] for criterion in self.criteria]
        for field in values:
            field.required = False
        super()._clean_fields()  # type: ignore[misc]
        for field in values:
            field.required = True

    def clean(self) -> dict[str, Any]:
        """Words need an answer to belong to; an assessment that is handed in has an answer everywhere."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        handing_in = "hand_in" in self.data
        for criterion in self.criteria:
            value, motivation = _names(criterion)
            if (handing_in or cleaned.get(motivation)) and not cleaned.get(value):
                self.add_error(value, _("Välj 1–5 eller vet inte."))
        return cleaned

    def marks(self) -> dict[str, Mark]:
        """The answers by criterion; what is not answered yet is left out."""
        given = {c.code: [self.cleaned_data[name] for name in _names(c)] for c in self.criteria}
        return {
            code: Mark(None if value == UNKNOWN else int(value), words)
            for code, (value, words) in given.items()
            if value
        }


def _names(criterion: Criterion) -> tuple[str, str]:
    return f"value_{criterion.code}", f"motivation_{criterion.code}"
