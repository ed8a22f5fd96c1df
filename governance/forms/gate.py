"""The gate questions as one form: ja, nej or oklart to each, with the reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from initiatives.actions.assessing import Reply
from initiatives.models import GateAnswer, GateQuestion, GateReply

from .fields import one_of, text


@dataclass(frozen=True)
class Asked:
    """One question with its three fields."""

    question: GateQuestion
    reply: forms.BoundField
    motivation: forms.BoundField
    override: forms.BoundField


class GateForm(forms.Form):
    """All questions of a level. Any number of them may be left for later."""

    use_required_attribute = False

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    newest = forms.IntegerField(widget=forms.HiddenInput, required=False)
    """The newest answer that the person had before her, so that a colleague's is not overrun unseen."""
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    """The version of the questions that she had before her, so that an answer never lands on another question."""

    def __init__(
        self,
        data: Any = None,
        *,
        questions: Sequence[GateQuestion],
        standing: Mapping[int, GateAnswer],
        status: str,
    ) -> None:
        newest = max((answer.pk for answer in standing.values()), default=0)
        version = questions[0].model_id
        if others := data is not None and data.get("version", "") not in ("", str(version)):
            data = {**data.dict(), "version": version}
        super().__init__(data, initial={"seen": status, "newest": newest, "version": version})
        self.questions, self.are_others = questions, others
        for question in questions:
            self._ask(question, standing.get(question.pk))

    def _ask(self, question: GateQuestion, answer: GateAnswer | None) -> None:
        reply, motivation, override = _names(question)
        self.fields[reply] = one_of(_("Svar på %(code)s") % {"code": question.code}, GateReply.choices, inline=True)
        self.fields[motivation] = text(_("Motivering"), 3, required=False)
        self.fields[override] = text(
            _("Skäl att gå vidare trots nej"),
            2,
            required=False,
            help_text=_("Bara om svaret är nej och ni ändå vill gå vidare."),
        )
        if answer:
            self.fields[reply].initial = answer.reply
            self.fields[motivation].initial = answer.motivation
            self.fields[override].initial = answer.override_reason

    def asked(self) -> list[Asked]:
        return [Asked(question, *(self[name] for name in _names(question))) for question in self.questions]

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
            reply, motivation, override = (cleaned.get(name, "") for name in _names(question))
            reply_name, _motivation_name, override_name = _names(question)
            if (motivation or override) and not reply:
                self.add_error(reply_name, _("Välj ja, nej eller oklart."))
            elif override and reply != GateReply.NO:
                self.add_error(override_name, _("Skälet hör bara till ett nej. Flytta texten till motiveringen."))
        return cleaned

    def replies(self) -> dict[str, Reply]:
        """What was answered, by the code of the question."""
        given = {question.code: [self.cleaned_data[name] for name in _names(question)] for question in self.questions}
        return {code: Reply(GateReply(reply), *reasons) for code, (reply, *reasons) in given.items() if reply}


def _names(question: GateQuestion) -> tuple[str, str, str]:
    return f"reply_{question.code}", f"motivation_{question.code}", f"override_{question.code}"
