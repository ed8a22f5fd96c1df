"""Asking for more, answering, and changing the text while it is assessed.

The lead's question stands beside each answer that it is about.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import Any, ClassVar

from crispy_forms.layout import LayoutObject
from django import forms
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from initiatives.models import ANSWERS, Revision, name_of_answer

from ..acts import Act
from ..asks import Ask
from ..models import Event
from ..presenting.questions import asked_about, look_over
from .acts import ActForm, Folded
from .drafts import OPTIONAL, REQUIRED, TARGETS, DraftForm
from .fields import sentence, text
from .hints import hints, told_mark

LONGEST_QUESTION = 300
"""Characters in a question about one answer; what needs more room stands in the question to all of it."""


class AskedAbout(LayoutObject):
    """A box to tick for each answer, and beside it a line for a question of its own."""

    template = "governance/_asked_about.html"

    def render(self, form: Any, context: Any, template_pack: Any = None, **kwargs: Any) -> str:
        rows = [(form[f"about_{name}"], form[f"question_{name}"]) for name in ANSWERS]
        form.rendered_fields.update(field.name for row in rows for field in row)
        return render_to_string(self.template, {"rows": rows})


class MissingPart(ActForm):
    suggested = ("motivation",)

    motivation = text(
        _("Vad saknas?"),
        help_text=_("Skriv så att den som skrev initiativet vet vad hen ska komplettera med."),
        error_messages=sentence(Ask.MISSING, "motivation"),
    )

    def arrange(self) -> None:
        super().arrange()
        for name in ANSWERS:
            label = name_of_answer(name)
            self.fields[f"about_{name}"] = forms.BooleanField(label=label, required=False)
            self.fields[f"question_{name}"] = forms.CharField(
                label=_("Fråga om svaret ”%s”") % label,
                max_length=LONGEST_QUESTION,
                required=False,
                widget=forms.TextInput(attrs={"placeholder": " ", "autocomplete": "off"}),
            )

    def given(self) -> dict[str, Any]:
        """A question is about its answer, ticked or not; a tick alone says which answer the text is about."""
        given = super().given()
        about = {name: given.pop(f"about_{name}") for name in ANSWERS}
        questions = {name: given.pop(f"question_{name}") for name in ANSWERS}
        asked = {name: questions[name] for name in ANSWERS if about[name] or questions[name]}
        return {**given, "questions": asked} if asked else given

    def _groups(self) -> Iterable[Any]:
        return ("motivation", AskedAbout())


class WholeTextPart(ActForm):
    """The whole text of the initiative, to be written as its next revision.

    ``revision`` carries which text the person had before her. Where another has been made meanwhile nothing is
    overwritten: what she did not touch follows the new text, and what both have changed is hers to choose.
    """

    again: ClassVar[Any]
    """What to press where something that looks like personal data is right."""
    overtaken: ClassVar[Any]
    """Who wrote another text meanwhile, and when; and what to do."""
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)
    noticed = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    """Which of the hints about personal data the person has been told."""

    def arrange(self) -> None:
        super().arrange()
        self.newest = self.case.initiative.revisions.latest("number")
        self.before = self._text_before_her()
        self.keep = f"{self.keep}/{self.newest.number}"
        self.fields["revision"].initial = self.before.number
        for name in (*REQUIRED, *OPTIONAL):
            self.fields[name] = self._field(name)

    def _text_before_her(self) -> Revision:
        number = str(self.data.get("revision", "")) if self.is_bound else ""
        if not number.isdecimal() or number == str(self.newest.number):
            return self.newest
        return self.case.initiative.revisions.filter(number=int(number[:5])).first() or self.newest

    def _field(self, name: str) -> forms.Field:
        field = copy.deepcopy(DraftForm.base_fields[name])
        field.initial = _value(self.before, name)
        if field.required:
            field.error_messages["required"] = _("Fyll i det här innan du skickar.")
        return field

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.before.number != self.newest.number:
            self._tell_what_changed_meanwhile(cleaned)
        self._tell_about_personal_data(cleaned)
        return cleaned

    def _tell_about_personal_data(self, cleaned: dict[str, Any]) -> None:
        """A warning, not a ban: sent again as it is, it goes through."""
        found = hints(cleaned, self.fields)
        mark = told_mark(found)
        if cleaned.get("noticed") == mark:
            return
        data: Any = self.data.copy()
        data["noticed"] = mark
        self.data = data
        for hint in found:
            self.add_error(None, f"{hint.label}: {hint.sentence}")
        if found:
            self.add_error(None, self.again)

    def _tell_what_changed_meanwhile(self, cleaned: dict[str, Any]) -> None:
        """Stops once, with the newest text where she wrote nothing; sending again is then a choice."""
        data: Any = self.data.copy()
        data["revision"] = str(self.newest.number)
        for name in (*REQUIRED, *OPTIONAL):
            before, now = _value(self.before, name), _value(self.newest, name)
            typed = _plain(cleaned.get(name))
            if name in cleaned and typed == before:
                _put(data, name, now)
            elif before != now and typed != now:
                told = _("Det här svaret har ändrats sedan du öppnade sidan. Nu står det: ”%s”. Ditt står kvar här.")
                self.add_error(name, told % _shown(now))
        self.data = data
        self.add_error(
            None,
            self.overtaken
            % {
                "who": self.newest.made_by_name,
                "when": date_format(timezone.localtime(self.newest.made_at), "j F H.i"),
            },
        )

    def given(self) -> dict[str, Any]:
        given = super().given()
        for name in ("revision", "noticed"):
            given.pop(name, None)
        targets = given.pop("target")
        fields = {name: given.pop(name) for name in (*REQUIRED, *OPTIONAL) if name in given}
        return {**given, "fields": fields | {f"targets_{key}": key in targets for key, _label in TARGETS}}

    def _is_touched(self, name: str) -> bool:
        return self.is_bound and _shown(_plain(self[name].value())) != _shown(self.fields[name].initial)


class SupplementPart(WholeTextPart):
    """The answer, and the text of the initiative to complete in the same go."""

    again = _("Är det ändå rätt, tryck på Skicka komplettering en gång till.")
    overtaken = _(
        "%(who)s svarade %(when)s, och frågan har ställts igen. Läs den, se över ditt svar och skicka på nytt."
    )
    motivation = text(_("Ditt svar"), error_messages=sentence(Ask.SUPPLEMENT, "motivation"))

    def arrange(self) -> None:
        self.asked = self.case.events.filter(kind=Act.REQUEST_SUPPLEMENT).order_by("id").last()
        super().arrange()
        if self.asked:
            self.fields["motivation"].help_text = _question(self.asked, self.asked.text, _("Svara på frågan."))

    @property
    def concerned(self) -> list[str]:
        """The answers that the lead asked about, in the order of the form."""
        return [name for name in (*REQUIRED, *OPTIONAL) if name in self._questions]

    @property
    def _questions(self) -> dict[str, str]:
        return asked_about(self.asked) if self.asked else {}

    def _field(self, name: str) -> forms.Field:
        field = super()._field(name)
        if name in self._questions and self.asked:
            field.help_text = _question(self.asked, self._questions[name], field.help_text)
        return field

    def _groups(self) -> Iterable[Any]:
        """The question and the answers it is about; the rest folded, unless nobody said which they are."""
        rest = [name for name in (*REQUIRED, *OPTIONAL) if name not in self.concerned]
        is_open = not self.concerned or any(self[name].errors or self._is_touched(name) for name in rest)
        label = _("Ändra något mer") if self.concerned else _("Ändra i texten")
        return ("revision", "noticed", "motivation", *self.concerned, Folded(label, *rest, is_open=is_open))


class AmendmentPart(WholeTextPart):
    """The text as it stands, to change while it is assessed, and a word of what is changed and why."""

    again = _("Är det ändå rätt, tryck på Spara ändringen en gång till.")
    overtaken = _("%(who)s ändrade texten %(when)s. Inget är sparat än. Se över din ändring och spara på nytt.")
    motivation = text(
        _("Vad är ändrat, och varför?"),
        3,
        help_text=_(
            "Den som har bedömt läser det här först. Till exempel: Antalet medarbetare är rättat från 40 till 14."
        ),
        error_messages=sentence(Ask.AMENDMENT, "motivation"),
    )

    def _field(self, name: str) -> forms.Field:
        field = super()._field(name)
        if field.required:
            field.error_messages["required"] = _("Fyll i det här innan du sparar.")
        return field

    def given(self) -> dict[str, Any]:
        return {**super().given(), "replaces": self.newest.number}

    def _groups(self) -> Iterable[Any]:
        is_open = any(self[name].value() or self[name].errors for name in OPTIONAL)
        return ("revision", "noticed", *REQUIRED, Folded(_("Mer i texten"), *OPTIONAL, is_open=is_open), "motivation")


def _question(asked: Event, words: str, more: Any) -> str:
    if not words:
        return format_html('<span class="note question"><b>{}</b></span>{}', look_over(asked), more)
    return format_html(
        '<span class="note question">{}<br><b>{}</b></span>{}', _("%s frågar:") % asked.actor_name, words, more
    )


def _value(revision: Revision, name: str) -> Any:
    """The answer in a revision, as the form gives it."""
    if name == "target":
        return [key for key, _label in TARGETS if revision.content.get(f"targets_{key}")]
    return _plain(revision.content.get(name))


def _plain(value: Any) -> Any:
    """Without the difference between browsers' line endings, and between nothing and an empty line."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip()
    return "" if value is None else value


def _put(data: Any, name: str, value: Any) -> None:
    if isinstance(value, list):
        data.setlist(name, value)
    else:
        data[name] = str(value)


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(label) for key, label in TARGETS if key in value)
    return str(value)
