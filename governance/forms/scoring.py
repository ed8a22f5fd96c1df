"""Scoring as one form: 1 to 5 or *vet inte* on each criterion, every level with its own words."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from initiatives.actions.assessing import Mark
from initiatives.models import Criterion
from initiatives.own_answers import OwnAnswers, same
from v6portal.organizations.models import User

from ..actions.assessing import Page
from .fields import Passage

UNKNOWN = "unknown"
CHOOSE = _("Välj 1–5 eller vet inte.")
LONGEST = 5_000
HIGHEST_SEQUENCE = 2**31 - 1
"""What the column holds."""


@dataclass(frozen=True)
class Scored:
    """One criterion with its fields."""

    criterion: Criterion
    value: forms.BoundField
    motivation: forms.BoundField
    stands: forms.BoundField | None
    """Asked where the text has changed since the answer was given."""

    @property
    def shows_motivation(self) -> bool:
        return bool(self.motivation.value() or self.motivation.errors)


class ScoringForm(forms.Form):
    """All criteria of a round. May be saved half done; handing in asks for an answer to each."""

    use_required_attribute = False

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    """Of her answers, as the page was shown them; ``chosen_against`` those that she chose to write over."""
    chosen_against = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    """Of the text that the page shows."""
    token = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    """Which opened page this is, and ``sequence`` which of its sendings."""
    sequence = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=HIGHEST_SEQUENCE)
    writer = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    """Who opened the page: another person in the same browser does not answer in her name."""

    def __init__(
        self, data: Any = None, *, criteria: Sequence[Criterion], own: OwnAnswers, status: str, user: User
    ) -> None:
        opened = {"seen": status, "version": own.version, "revision": own.newest, "writer": str(user.pk)}
        super().__init__(data, initial={**opened, "token": secrets.token_hex(8), "sequence": 0})
        self.criteria, self.own, self.user = criteria, own, user
        for criterion in criteria:
            self._ask(criterion)

    def _ask(self, criterion: Criterion) -> None:
        value, motivation, stands = _names(criterion)
        levels = [(str(number), words) for number, words in enumerate(criterion.level_texts, start=1)]
        self.fields[value] = forms.ChoiceField(
            label=str(criterion),
            help_text=criterion.help,
            choices=[*levels, (UNKNOWN, _("Vet inte"))],
            widget=forms.RadioSelect(attrs={"class": "level-choice"}),
        )
        label = _("Motivering till %s") % criterion
        words = forms.Textarea(attrs={"rows": 2})
        self.fields[motivation] = Passage(label=label, widget=words, required=False, max_length=LONGEST)
        if answer := self.own.answers.get(criterion.code):
            self.fields[value].initial = UNKNOWN if answer.value is None else str(answer.value)
            self.fields[motivation].initial = answer.motivation
        if self.own.is_old(criterion.code):
            self.fields[stands] = forms.BooleanField(label=_("Svaret står sig"), required=False)

    def scored(self) -> Iterator[Scored]:
        for criterion in self.criteria:
            value, motivation, stands = _names(criterion)
            yield Scored(
                criterion, self[value], self[motivation], self[stands] if self.own.is_old(criterion.code) else None
            )

    @property
    def hands_in(self) -> bool:
        return "hand_in" in self.data or "hand_in_next" in self.data

    @property
    def _saves_by_itself(self) -> bool:
        return "autosave" in self.data

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
        for criterion in self.criteria:
            value, motivation, _stands = _names(criterion)
            if self.data.get("clear") == criterion.code:
                cleaned[value] = cleaned[motivation] = ""
            wordless = cleaned.get(motivation) and not self._saves_by_itself
            if (self.hands_in or wordless) and not cleaned.get(value) and value not in self.errors:
                self.add_error(value, CHOOSE)
        if self.hands_in and not self.errors:
            self._ask_what_changed()
        return cleaned

    def _ask_what_changed(self) -> None:
        marks = self.marks()
        unexplained = self.own.unexplained(marks)
        for criterion in self.criteria:
            value, motivation, _stands = _names(criterion)
            if criterion.code not in marks:
                self.add_error(value, _("Texten har ändrats. Säg att svaret står sig, eller ändra det."))
            elif criterion.code in unexplained:
                self.add_error(motivation, _("Skriv varför du ändrar ditt svar."))

    def marks(self) -> dict[str, Mark]:
        """The answers by criterion on the text as it reads now.

        What is not answered yet is left out, and so is what was answered on an earlier text and has neither been
        changed nor said to stand. Of a criterion with something that is refused, what is saved stands.
        """
        found = {}
        for criterion in self.criteria:
            names = _names(criterion)
            if any(name in self.errors for name in names):
                if saved := self.own.current.get(criterion.code):
                    found[criterion.code] = Mark(saved.value, saved.motivation)
                continue
            value, motivation, stands = (self.cleaned_data.get(name) for name in names)
            if not value:
                continue
            mark = Mark(None if value == UNKNOWN else int(value), motivation or "")
            waits = self.own.is_old(criterion.code) and not (stands or "confirm_all" in self.data)
            if not (waits and same(self.own.answers[criterion.code], mark)):
                found[criterion.code] = mark
        return found

    @property
    def without_answer(self) -> list[str]:
        """The names of criteria with words and no answer: what a page that saves by itself leaves in the browser."""
        return [
            str(criterion)
            for criterion in self.criteria
            if self.cleaned_data.get(_names(criterion)[1]) and not self.cleaned_data.get(_names(criterion)[0])
        ]

    def page(self) -> Page | None:
        """What the opened page goes by; None for a form that does not tell."""
        told = self.cleaned_data
        if not told.get("version"):
            return None
        version = told.get("chosen_against") or told["version"]
        revision = told["revision"] if told.get("revision") is not None else self.own.newest
        return Page(version, revision, told.get("token") or "", told.get("sequence") or 0)

    @property
    def is_hers(self) -> bool:
        """Whether the person is the one who opened the page."""
        writer = self.cleaned_data.get("writer")
        return not writer or writer == str(self.user.pk)


def _names(criterion: Criterion) -> tuple[str, str, str]:
    return f"value_{criterion.code}", f"motivation_{criterion.code}", f"stands_{criterion.code}"
