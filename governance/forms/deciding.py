"""The groups of fields of what is decided: the *beslut* itself, and what it decides on."""

from __future__ import annotations

from django import forms
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from v6portal.organizations.models import Organisation

from ..actions.correcting import correctable_by
from ..acts import Act
from ..asks import Ask
from ..models import Commitment, Decision, InterestAnswer, Motive, Principle
from .acts import ActForm
from .fields import day, one_of, sentence, text

NOTICE = _(
    "När du skickar till V6 blir initiativet synligt för alla som har en roll i de sex kommunerna, Göliska IT och V6. "
    "Var och en av dem är en egen myndighet, och där kan initiativet bli en allmän handling som den som begär det får "
    "läsa. Det går inte att ta tillbaka. Se efter att texten inte innehåller personuppgifter eller något som kan "
    "omfattas av sekretess."
)


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
        help_text=_("Den som föredrog ärendet, och den som var med vid slutet utan att besluta."),
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

    def arrange(self) -> None:
        super().arrange()
        self.fields["decider_name"].initial = str(self.by)


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
            if not rows:
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
        if self.row.act is not Act.SEND_TO_V6:
            field.queryset = field.queryset.filter(pk__in=self.facts.participants - {self.facts.leading})
            field.help_text = _("Bara en kommun som redan deltar kan ta över.")
        elif own.is_kommun:
            field.queryset = field.queryset.filter(pk=own.pk)
            field.initial = own.pk
        else:
            field.help_text = _("Välj en kommun som har tackat ja till att leda.")


class AnswerPart(ActForm):
    answer = one_of(
        _("Kommunens svar"), InterestAnswer.Answer.choices, inline=True, error_messages=sentence(Ask.ANSWER, "answer")
    )
    offers_to_lead = forms.BooleanField(label=_("Kommunen kan leda, om det behövs"), required=False)


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
