"""The gate questions as one form: an answer to each, with the reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.actions.assessing import Reply
from initiatives.models import DO_NOT_KNOW, GateAnswer, GateQuestion, GateReply

from ..presenting.gate import Answers
from .fields import one_of, text

ROUTING_CHOICES = [*GateReply.choices[:2], (GateReply.UNCLEAR.value, DO_NOT_KNOW)]


@dataclass(frozen=True)
class Asked:
    """One question with its fields, and what was answered to it before. A routing question is never overridden."""

    question: GateQuestion
    reply: forms.BoundField
    motivation: forms.BoundField
    override: forms.BoundField | None
    earlier: tuple[GateAnswer, ...]
    is_answered: bool
    """Whether an answer is saved, whatever has been chosen since."""

    @property
    def anchor(self) -> str:
        """The first of its choices, where a link to the question leads."""
        return f"{self.reply.auto_id}_0"

    @property
    def as_supplement(self) -> str:
        """For the address of the page where a supplement is asked for: the beginning of what is asked."""
        begun = _("Vi behöver veta mer för att kunna svara på frågan ”%s”.") % self.question.text
        return urlencode({"motivation": f"{begun} "})


class GateForm(forms.Form):
    """All questions of a level. Any number of them may be left for later."""

    use_required_attribute = False

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    newest = forms.IntegerField(widget=forms.HiddenInput, required=False)
    """The newest answer that the person had before her, so that a colleague's is not overrun unseen."""
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    """The version of the questions that she had before her, so that an answer never lands on another question."""

    def __init__(self, data: Any = None, *, questions: Sequence[GateQuestion], answers: Answers, status: str) -> None:
        version = questions[0].model_id
        self.are_others = data is not None and data.get("version", "") not in ("", str(version))
        if self.are_others:
            data = {**data.dict(), "version": version}
        super().__init__(data, initial={"seen": status, "newest": answers.newest, "version": version})
        self.questions, self.answers = questions, answers
        for question in questions:
            self._ask(question)

    def _ask(self, question: GateQuestion) -> None:
        reply, motivation, override = _names(question)
        answer = self.answers.standing.get(question.pk)
        choices = ROUTING_CHOICES if question.is_routing else GateReply.choices
        self.fields[reply] = one_of(question.text, choices, inline=True, help_text=question.help)
        self.fields[motivation] = text(
            _about(_("Anteckning") if question.is_routing else _("Motivering"), question), 2, required=False
        )
        self.fields[override] = text(
            _about(_("Skäl att gå vidare trots nej"), question),
            2,
            required=False,
            help_text=gettext_lazy("Ett nej stoppar initiativet tills skälet är skrivet. Skälet syns sedan för alla."),
        )
        self.fields[override].widget.attrs["placeholder"] = " "  # empty or not, for the style sheet
        if question.is_routing:
            del self.fields[override]
        if answer:
            self.initial.update({reply: answer.reply, motivation: answer.motivation, override: answer.override_reason})

    def asked(self) -> list[Asked]:
        return [self._asked(question) for question in self.questions]

    @property
    def qualifying(self) -> list[Asked]:
        return [asked for asked in self.asked() if not asked.question.is_routing]

    @property
    def routing(self) -> list[Asked]:
        return [asked for asked in self.asked() if asked.question.is_routing]

    @property
    def left(self) -> list[Asked]:
        """Those without a saved answer."""
        return [asked for asked in self.asked() if not asked.is_answered]

    @property
    def saved(self) -> int:
        return len(self.questions) - len(self.left)

    def _asked(self, question: GateQuestion) -> Asked:
        reply, motivation, override = _names(question)
        return Asked(
            question,
            self[reply],
            self[motivation],
            self[override] if override in self.fields else None,
            self.answers.earlier(question.code),
            question.pk in self.answers.standing,
        )

    def _clean_fields(self) -> None:
        """The page does not call a question voluntary; leaving it for later is allowed all the same."""
        replies = [self.fields[_names(question)[0]] for question in self.questions]
        for field in replies:
            field.required = False
        super()._clean_fields()  # type: ignore[misc]
        for field in replies:
            field.required = True

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.are_others:
            self.add_error(
                None,
                _(
                    "Frågorna har kommit i en ny version medan du hade sidan öppen, och inget är sparat än. "
                    "Läs dem igen: det du skrev står kvar vid frågan med samma kod. Spara när svaren stämmer."
                ),
            )
        for question in self.questions:
            reply_name, _motivation_name, override_name = _names(question)
            reply, motivation, override = (cleaned.get(name, "") for name in _names(question))
            if (motivation or override) and not reply:
                self.add_error(reply_name, _choose(question))
            elif override and reply != GateReply.NO:
                self.add_error(override_name, _not_a_no(question))
        return cleaned

    def replies(self) -> dict[str, Reply]:
        """What was answered, by the code of the question."""
        given = {q.code: [self.cleaned_data.get(name, "") for name in _names(q)] for q in self.questions}
        return {code: Reply(GateReply(reply), *reasons) for code, (reply, *reasons) in given.items() if reply}


def _choose(question: GateQuestion) -> str:
    return _("Välj ja, nej eller vet inte.") if question.is_routing else _("Välj ja, nej eller oklart.")


def _not_a_no(question: GateQuestion) -> str:
    return _("Svaret på ”%s” är inte nej. Flytta skälet till motiveringen eller ta bort det.") % question.text


def _about(label: str, question: GateQuestion) -> str:
    """The label, and for those who listen which question it belongs to: there is one of each at every question."""
    return format_html('{}<span class="visually-hidden">: {}</span>', label, question.text)


def _names(question: GateQuestion) -> tuple[str, str, str]:
    return f"reply_{question.code}", f"motivation_{question.code}", f"override_{question.code}"
