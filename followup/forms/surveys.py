"""The survey: what the coordinator decides about it, and the questions as the invited answer them."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance.forms.fields import Passage, day, one_of
from v6portal.organizations.models import User
from v6portal.organizations.roles import Role

from ..actions.survey_answers import Sending, Sheet
from ..actions.surveys import Terms
from ..models import Question, Questionnaire, Survey, SurveyDraft
from ..periods import HalfYear

OUTSIDE = "outside"
LONGEST = 2_000
HIGHEST = 2**31 - 1
"""What the columns hold."""
INVITED = (
    *(Role.DIRECTOR, Role.LEAD, Role.MANAGER, Role.COUNCIL, Role.COORDINATOR, Role.NETWORK, Role.DELIVERY),
    *(Role.IT_OFFICER, Role.IT_DIRECTOR, Role.ORDER_GROUP),
)
"""Roles that are ticked to begin with: those that take part in the collaboration."""


class SurveyForm(forms.Form):
    """Which half-year, which questions, until when, to whom, and whether it is anonymous."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    period = forms.ChoiceField(label=_("Halvår"))
    questionnaire = forms.ModelChoiceField(
        Questionnaire.objects.none(),
        label=_("Frågor"),
        empty_label=None,
        help_text=_("Administratören ändrar frågorna och gör nya versioner."),
    )
    last_day = day(
        _("Sista dag att svara"),
        initial=None,
        help_text=_("Den dagen går det fortfarande att svara. Sedan stänger enkäten av sig själv."),
        error_messages={"required": _("Ange sista dagen att svara.")},
    )
    roles = forms.MultipleChoiceField(
        label=_("Roller som bjuds in"),
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=list(INVITED),
        help_text=_("De som har någon av rollerna den dag du öppnar enkäten får den. Var och en svarar en gång."),
        error_messages={"required": _("Välj minst en roll.")},
    )
    anonymous = one_of(
        _("Ska svaren vara anonyma?"),
        [("yes", _("Ja")), ("no", _("Nej"))],
        inline=True,
        initial="yes",
        help_text=_(
            "I en anonym enkät sparas inte vem som har svarat vad. Annars sparas svaret med namnet, och "
            "du ser vem som har skrivit vilken fritext. Rapporten är lika i båda."
        ),
    )

    def __init__(self, data: Any = None, *, survey: Survey | None = None) -> None:
        super().__init__(data, initial=_as_opened(survey) if survey else {})
        self.fields["questionnaire"].queryset = Questionnaire.objects.in_order()
        self.fields["questionnaire"].initial = Questionnaire.objects.in_order().first()
        now = HalfYear.of(timezone.localdate())
        periods = [survey.period] if survey else [now, now.previous()]
        self.fields["period"].choices = [(one.code, one.label) for one in periods]

    def seen_again(self) -> None:
        """From now on the form goes by the survey as it stands; pressing once more is a choice."""
        survey = Survey.objects.of(self.half_year()).first()
        data: Any = self.data.copy()
        data["seen"] = survey.mark if survey else ""
        self.data = data

    def half_year(self) -> HalfYear:
        return HalfYear.parse(self.cleaned_data["period"])

    def terms(self) -> Terms:
        given = self.cleaned_data
        return Terms(
            questionnaire=given["questionnaire"],
            last_day=given["last_day"],
            roles=tuple(Role(role) for role in given["roles"]),
            is_anonymous=given["anonymous"] == "yes",
        )


def _as_opened(survey: Survey) -> dict[str, Any]:
    return {
        "seen": survey.mark,
        "period": survey.period.code,
        "questionnaire": survey.questionnaire_id,
        "last_day": survey.last_day,
        "roles": survey.roles,
        "anonymous": "yes" if survey.is_anonymous else "no",
    }


class AnswerForm(forms.Form):
    """Every statement on the scale, and the words. May be saved half done; handing in asks for an answer to each."""

    use_required_attribute = False

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=HIGHEST)
    """Of the draft that the page shows; ``chosen_against`` the one that she chose to write over."""
    chosen_against = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=HIGHEST)
    token = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    """Which opened page this is, and ``sequence`` which of its sendings."""
    sequence = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=HIGHEST)
    writer = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    """Who opened the page: another person in the same browser does not answer in her name."""

    def __init__(self, data: Any = None, *, survey: Survey, draft: SurveyDraft, user: User) -> None:
        opened = {"version": draft.version, "token": secrets.token_hex(8), "sequence": 0, "writer": str(user.pk)}
        super().__init__(data, initial=opened)
        self.survey, self.draft, self.user = survey, draft, user
        self.questions: Sequence[Question] = list(survey.questionnaire.questions.all())
        for question in self.questions:
            self.fields[_name(question)] = self._asked(question)
        if survey.questionnaire.free_text:
            self.fields["free_text"] = Passage(
                label=survey.questionnaire.free_text,
                widget=forms.Textarea(attrs={"rows": 3}),
                required=False,
                max_length=LONGEST,
                initial=draft.free_text,
                help_text=_("Bara V6-samordnaren läser det du skriver här. Skriv inte namn på personer."),
            )

    def _asked(self, question: Question) -> forms.ChoiceField:
        scale = self.survey.questionnaire
        steps = [(str(step), words) for step, words in enumerate(scale.levels, start=1)]
        ends = _("1 är %(low)s, 5 är %(high)s.") % {"low": _lower(scale.level_1), "high": _lower(scale.level_5)}
        field = forms.ChoiceField(
            label=question.text,
            help_text=ends,
            choices=[*steps, (OUTSIDE, scale.unknown)],
            widget=forms.RadioSelect(attrs={"class": "level-choice likert"}),
            error_messages={"required": _("Välj ett svar, eller ”%s”.") % _lower(scale.unknown)},
        )
        if question.code in self.draft.values:
            value = self.draft.values[question.code]
            field.initial = OUTSIDE if value is None else str(value)
        return field

    @property
    def by_theme(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """The statements under their themes, in their order."""
        found: dict[str, list[forms.BoundField]] = {}
        for question in self.questions:
            found.setdefault(question.theme, []).append(self[_name(question)])
        yield from found.items()

    @property
    def hands_in(self) -> bool:
        return "hand_in" in self.data

    def _clean_fields(self) -> None:
        """The page does not call a statement voluntary; saving half of them is allowed all the same."""
        asked = [self.fields[_name(question)] for question in self.questions]
        for field in asked:
            field.required = self.hands_in
        super()._clean_fields()  # type: ignore[misc]
        for field in asked:
            field.required = True

    def sheet(self) -> Sheet:
        """What is answered; of a statement with something that is refused, nothing."""
        values: dict[str, int | None] = {}
        for question in self.questions:
            if value := self.cleaned_data.get(_name(question)):
                values[question.code] = None if value == OUTSIDE else int(value)
        kept = self.draft.free_text if "free_text" in self.errors else self.cleaned_data.get("free_text", "")
        return Sheet(values, kept or "")

    def sending(self) -> Sending | None:
        """What the opened page goes by; None for a form that does not tell."""
        told = self.cleaned_data
        against = told.get("chosen_against")
        version = against if against is not None else told.get("version")
        if version is None:
            return None
        return Sending(version, told.get("token") or "", told.get("sequence") or 0)

    @property
    def is_hers(self) -> bool:
        """Whether the person is the one who opened the page."""
        writer = self.cleaned_data.get("writer")
        return not writer or writer == str(self.user.pk)


def _name(question: Question) -> str:
    return f"q_{question.code}"


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
