"""The groups of fields of what is decided: the *beslut* itself, and what it decides on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from v6portal.organizations.models import Organisation, User

from ..actions.correcting import correctable_by
from ..acts import Act
from ..agendas import paragraphs_of
from ..asks import Ask
from ..models import AgendaItem, Commitment, Decision, InterestAnswer, Motive, Principle
from ..presenting.one_page import offering_to_lead
from .acts import ActForm, Folded
from .fields import day, one_of, sentence, text

NOTICE = _(
    "När du skickar till V6 blir initiativet synligt för alla som har en roll i de sex kommunerna, Göliska IT och V6. "
    "Var och en av dem är en egen myndighet, och där kan initiativet bli en allmän handling som den som begär det får "
    "läsa. Det går inte att ta tillbaka. Se efter att texten inte innehåller personuppgifter eller något som kan "
    "omfattas av sekretess."
)


class Paragraphs(forms.ModelChoiceField):
    """Where groups have taken the case up."""

    def label_from_instance(self, item: Any) -> str:
        stance = f": {item.get_stance_display()}" if item.stance else ""
        return f"{item}, {date_format(item.meeting.held_on, 'j F Y')}{stance}"


class DecisionPart(ActForm):
    """What every *beslut* names (kommunallagen 6 kap. 37–40 §§)."""

    legend = _("Beslutet")
    folded = ("decider_title", "presented_by", "concerns", "body", "protocol_reference")
    fold = _("Mer om beslutet, eller om någon annan har beslutat")

    motivation = text(
        _("Motivering"), help_text=_("Varför du beslutar så."), error_messages=sentence(Ask.DECISION, "motivation")
    )
    decider_name = forms.CharField(
        label=_("Beslutsfattare"),
        max_length=150,
        help_text=_("En person. Ändra om du skriver in någon annans beslut."),
        error_messages=sentence(Ask.DECISION, "decider_name"),
    )
    decided_on = day(_("Beslutsdatum"), error_messages=sentence(Ask.DECISION, "decided_on"))
    delegation_reference = forms.CharField(
        label=_("Stöd i delegationsordningen"),
        max_length=120,
        required=False,
        help_text=_("Till exempel punkt 3.1 i kommunstyrelsens delegationsordning."),
    )
    to_be_reported = forms.BooleanField(label=_("Beslutet ska anmälas"), required=False)
    decider_title = forms.CharField(
        label=_("Beslutsfattarens titel"),
        max_length=150,
        required=False,
        help_text=_("Skriv den om någon annan har beslutat. Annars skrivs din roll."),
    )
    presented_by = forms.CharField(
        label=_("Föredragande och andra som var med"),
        max_length=150,
        required=False,
        help_text=_("Den som föredrog ärendet, och den som var med när det avgjordes, men inte beslutade."),
    )
    concerns = forms.CharField(
        label=_("Vem beslutet rör"),
        max_length=200,
        required=False,
        help_text=_("Lämna tomt om det rör den egna organisationen."),
    )
    body = forms.CharField(
        label=_("Politiskt organ"),
        max_length=150,
        required=False,
        help_text=_("Till exempel kommunstyrelsen."),
    )
    protocol_reference = forms.CharField(label=_("Protokoll och paragraf"), max_length=120, required=False)
    prepared_by = Paragraphs(
        AgendaItem.objects.none(),
        label=_("Rekommendation som ligger till grund"),
        required=False,
        empty_label=_("ingen"),
    )

    def arrange(self) -> None:
        """The decider is the one who writes until she says otherwise, and her delegation what it was the last time."""
        super().arrange()
        self.fields["decider_name"].initial = str(self.by)
        if self.capacity and self.capacity.basis:
            self.fields["delegation_reference"].initial = self.capacity.basis[:120]
        elif not self.is_bound and (last := last_of_hers(self.by, self.row.act)):
            self.fields["delegation_reference"].initial = last.delegation_reference
            self.fields["to_be_reported"].initial = last.to_be_reported
        self._offer_paragraphs()

    def _offer_paragraphs(self) -> None:
        """The case's paragraphs, the latest chosen beforehand; no question where no group has taken the case up."""
        paragraphs = paragraphs_of(self.case)
        latest = paragraphs.first()
        if latest is None:
            del self.fields["prepared_by"]
            return
        self.fields["prepared_by"].queryset = paragraphs
        self.fields["prepared_by"].initial = latest.pk


def last_of_hers(by: User, act: Act) -> Decision | None:
    """The person's latest decision of the same sort that named its delegation. One statement."""
    decisions = Decision.objects.filter(decider=by, act=act).exclude(delegation_reference="")
    return decisions.order_by("-pk").first()


class CorrectedPart(ActForm):
    suggested = ("corrects",)

    corrects = forms.ModelChoiceField(
        Decision.objects.none(),
        label=_("Vilket beslut rättar du?"),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages=sentence(Ask.CORRECTED, "corrects"),
    )

    def arrange(self) -> None:
        """Those that stand, of the own organisation and of the sort that the person may take."""
        super().arrange()
        field, own = self.fields["corrects"], self.capacity
        field.label_from_instance = _as_choice
        if own is not None:
            rows = correctable_by(self.case, own.organisation, own.role)
            field.queryset = rows.select_related("organisation")
            found = list(rows.values_list("pk", flat=True)[:2])
            if len(found) == 1:
                field.initial = found[0]
            if not found:
                field.help_text = _("Här finns inget beslut som du kan rätta.")


def _as_choice(decision: Decision) -> str:
    return f"{decision.number}, {decision.decided_on.isoformat()}: {decision.get_act_display()}"


class MotivePart(ActForm):
    motive = one_of(
        _("Varför samverka?"),
        Motive.choices,
        help_text=_("Stordrift: billigare tillsammans. Komplexitet: för svårt för en kommun ensam."),
        error_messages=sentence(Ask.MOTIVE, "motive"),
    )


class NoticePart(ActForm):
    notice_accepted = forms.BooleanField(
        label=_("Jag förstår vad det innebär"), error_messages=sentence(Ask.NOTICE, "notice_accepted")
    )

    def arrange(self) -> None:
        super().arrange()
        self.fields["notice_accepted"].help_text = format_html('<span class="note wait">{}</span>', NOTICE)


class LeaderPart(ActForm):
    leader = forms.ModelChoiceField(
        Organisation.objects.kommuner().in_order(),
        label=_("Kommun som leder"),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages=sentence(Ask.LEADER, "leader"),
    )

    def arrange(self) -> None:
        """Only the kommuner that may: to begin with the sender, then another one that takes part."""
        super().arrange()
        field, own = self.fields["leader"], self.case.initiative.organisation
        offering = {kommun.pk for kommun in offering_to_lead(self.case, self.by)}
        field.label_from_instance = lambda kommun: (
            _("%s, som har svarat att kommunen kan leda") % kommun if kommun.pk in offering else str(kommun)
        )
        if self.row.act is not Act.SEND_TO_V6:
            field.queryset = field.queryset.filter(pk__in=self.facts.participants - {self.facts.leading})
            field.help_text = _("Bara en kommun som redan deltar kan ta över.")
        elif own.is_kommun:
            field.queryset = field.queryset.filter(pk=own.pk)
            field.initial = own.pk
        else:
            field.help_text = _("Välj en kommun som har tackat ja till att leda.")


MEANING = {
    InterestAnswer.Answer.JOIN: _("Kommunen är med och bedömer initiativet tillsammans med de andra."),
    InterestAnswer.Answer.WAIT: _("Kommunen är inte med nu, men kan gå med senare."),
    InterestAnswer.Answer.DECLINE: _("Kommunen är inte med."),
}


class AnswerPart(ActForm):
    """*Delta*, *avvakta* or *avstå*: as few things in sight as a decision can do with."""

    answer = one_of(
        _("Vill kommunen vara med?"), InterestAnswer.Answer.choices, error_messages=sentence(Ask.ANSWER, "answer")
    )
    offers_to_lead = forms.BooleanField(
        label=_("Kommunen kan leda, om det behövs"), required=False, help_text=_("Bara om svaret är Delta.")
    )
    earlier: InterestAnswer | None = None
    """What the kommun has answered before, which a new answer supersedes."""
    takes_part = False
    """Whether the kommun is in already: then it leaves by another step than this."""

    def arrange(self) -> None:
        super().arrange()
        own = self.capacity.organisation_id if self.capacity else 0
        answers = self.case.interest_answers.standing().filter(organisation=own)
        self.earlier = answers.select_related("decision").first()
        self.takes_part = own in self.facts.participants
        self.fields["answer"].widget.attrs["class"] = "answer-choice"
        self.fields["answer"].choices = [(a.value, _answer(a)) for a in self._offered()]
        if self.takes_part:
            self.fields["answer"].initial = InterestAnswer.Answer.JOIN
            self.fields["offers_to_lead"].initial = bool(self.earlier and self.earlier.offers_to_lead)
        self.fields["motivation"].widget.attrs["rows"] = 3

    def _offered(self) -> list[InterestAnswer.Answer]:
        return [InterestAnswer.Answer.JOIN] if self.takes_part else list(InterestAnswer.Answer)

    def _groups(self) -> Iterable[Any]:
        yield from ("answer", "offers_to_lead", "motivation", "delegation_reference", "to_be_reported")
        seldom = ("decider_name", "decided_on", "body", "protocol_reference")
        is_open = any(self.errors.get(name) for name in seldom) if self.is_bound else False
        yield Folded(_("Om någon annan har beslutat, eller en annan dag"), *seldom, is_open=is_open)


def _answer(answer: InterestAnswer.Answer) -> str:
    return format_html('<b>{}</b><span class="sub">{}</span>', answer.label, MEANING[answer])


class CommitmentPart(ActForm):
    commitment = one_of(_("Åtagande"), Commitment.choices, error_messages=sentence(Ask.COMMITMENT, "commitment"))


class JoiningPart(ActForm):
    joined_on = day(
        _("Kommunen deltar från och med"), required=False, help_text=_("I dag, om du inte skriver något annat.")
    )


class LeavingPart(ActForm):
    principle = forms.ModelChoiceField(
        Principle.objects.none(),
        label=_("Vilken av samarbetets principer gäller det?"),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages=sentence(Ask.LEAVING, "principle"),
    )
    reason = text(_("Orsak"), 3, error_messages=sentence(Ask.LEAVING, "reason"))
    goes_on_following = forms.BooleanField(label=_("Kommunen fortsätter att följa initiativet"), required=False)

    def arrange(self) -> None:
        super().arrange()
        self.fields["principle"].queryset = Principle.objects.on(timezone.localdate())
