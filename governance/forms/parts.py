"""One group of fields for each thing that a step can ask for (``workflow.Ask``)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.text import get_text_list
from django.utils.translation import gettext_lazy as _

from initiatives.models import Initiative, Level
from v6portal.organizations.models import Organisation
from v6portal.organizations.roles import PLACES, Kind, Role

from ..acts import Act
from ..asks import Ask
from ..models import ItAssessment, ProcessSettings, Referral, RetentionRule, Stance
from ..presenting.backlog import computed_place
from ..presenting.order import order_so_far
from ..presenting.similar import similar_for
from .acts import ActForm
from .fields import day, note, one_of, sentence, text

WITHDRAWING = (
    _("Varför återtar du initiativet?"),
    _(
        "Initiativet tas inte bort, men inget mer händer med det, och det går inte att ångra. "
        "Skälet syns på initiativets sida."
    ),
    _("Skriv varför du återtar initiativet."),
)
"""The label, the help and the error, in the words of somebody who takes back what she has sent in."""


class MotivationPart(ActForm):
    motivation = text(_("Motivering"), error_messages=sentence(Ask.MOTIVATION, "motivation"))

    def arrange(self) -> None:
        super().arrange()
        if self.row.act is Act.WITHDRAW:
            field = self.fields["motivation"]
            field.label, field.help_text, field.error_messages["required"] = WITHDRAWING
        elif self.row.act is Act.DECLARE_CONFLICT:
            self.fields["motivation"].label = _("Varför är du jävig?")


class TextPart(ActForm):
    motivation = text(_("Text"), error_messages=sentence(Ask.TEXT, "motivation"))

    def arrange(self) -> None:
        super().arrange()
        if self.row.act is Act.COMMENT:
            self.fields["motivation"].help_text = _("Bara din egen organisation ser anteckningen.")


class NotePart(ActForm):
    motivation = note()


class ReferralPart(ActForm):
    referred_to = one_of(
        _("Vart hör det hemma?"), Referral.choices, error_messages=sentence(Ask.REFERRAL, "referred_to")
    )


class OriginalPart(ActForm):
    suggested = ("original",)

    original = forms.CharField(
        label=_("Vilket initiativ är originalet?"),
        max_length=20,
        widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off"}),
        error_messages=sentence(Ask.ORIGINAL, "original"),
    )

    def arrange(self) -> None:
        super().arrange()
        self.fields["original"].help_text = format_html("{}{}", _("Skriv referensen."), self._alike())

    def _alike(self) -> str:
        """Those that are about the same, as a help to find the reference; each fills it in."""
        alike = similar_for(self.case, self.by).lines
        rows = format_html_join(
            "", '<li><a href="?original={}">{}</a> – {}</li>', ((i.reference, i.reference, i.title) for i in alike)
        )
        return format_html(" {}<ul>{}</ul>", _("Liknande initiativ:"), rows) if rows else ""

    def _readable(self) -> Any:
        return Initiative.objects.visible_to(self.by).submitted()

    def clean_original(self) -> Initiative:
        reference = self.cleaned_data["original"].strip()
        found = self._readable().filter(reference__iexact=reference).first()
        if found is None:
            raise forms.ValidationError(_("Det finns inget initiativ med den referensen bland dem du får läsa."))
        return found


class OrderPart(ActForm):
    order = forms.IntegerField(
        label=_("Plats i ordningen"),
        help_text=_("1 är det som ska göras först."),
        min_value=1,
        max_value=9999,
        error_messages=sentence(Ask.ORDER, "order"),
    )
    motivation = text(
        _("Skäl, om platsen är en annan än poängens"),
        3,
        required=False,
        max_length=1000,
        help_text=_("Frivilligt. Alla som får läsa initiativet ser det, och det står i prioriteringen."),
    )

    def arrange(self) -> None:
        super().arrange()
        level = Level.V6 if self.row.act == Act.V6_PRIORITISE else Level.KOMMUN
        place = computed_place(self.case, level, self.by)
        self.so_far = order_so_far(self.case, level, self.by)
        known = _("Poängen ger plats %d.") % place if place is not None else ""
        told = [_("1 är det som ska göras först."), known, self.so_far.told]
        self.fields["order"].help_text = " ".join(str(sentence) for sentence in told if sentence)

    def clean_order(self) -> int:
        order: int = self.cleaned_data["order"]
        if order > self.so_far.lowest:
            told = _("Kön är inte så lång. Välj en plats från 1 till %d.") % self.so_far.lowest
            raise forms.ValidationError(told)
        return order


class ReviewDatePart(ActForm):
    review_on = day(_("Tas upp igen"), initial=None, error_messages=sentence(Ask.REVIEW_DATE, "review_on"))


class DeadlinePart(ActForm):
    deadline = day(_("Sista dag att svara"), initial=None, error_messages=sentence(Ask.DEADLINE, "deadline"))

    def arrange(self) -> None:
        super().arrange()
        today = timezone.localdate()
        days = ProcessSettings.objects.on(today).interest_days
        self.fields["deadline"].initial = today + dt.timedelta(days=days)


class StancePart(ActForm):
    stance = one_of(
        _("Rekommendation"),
        Stance.choices,
        help_text=_("En rekommendation är inte ett beslut."),
        error_messages=sentence(Ask.STANCE, "stance"),
    )


class ItPartsPart(ActForm):
    """Saved as often as one likes; what is still empty is asked for when the assessment is handed in."""

    impact = text(_("Påverkan"), 4, required=False, help_text=_("På system, drift, nät och avtal."))
    capacity = text(  # type: ignore[assignment]
        _("Kapacitet"), 4, required=False, help_text=_("Personer och tid hos Göliska IT.")
    )
    cost = text(_("Kostnad"), 4, required=False, help_text=_("Vad det kostar en gång och per år."))
    security = text(_("Säkerhet"), 4, required=False, help_text=_("Informationsklass, personuppgifter, risker."))
    effort_hours = forms.IntegerField(
        label=_("Timmar hos Göliska IT"),
        help_text=_("Hela insatsen, ungefär. Frivilligt, men utan den syns den inte i kapaciteten."),
        min_value=0,
        max_value=1_000_000,
        required=False,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
    commitment_needed = forms.BooleanField(
        label=_("Förbundsdirektören behöver besluta om ett åtagande innan start"), required=False
    )

    def arrange(self) -> None:
        super().arrange()
        saved = ItAssessment.objects.filter(case=self.case).first()
        for name in (*ItAssessment.PARTS, "commitment_needed", "effort_hours"):
            self.fields[name].initial = getattr(saved, name, None)


class ItRequestPart(ActForm):
    """What Göliska IT needs to know before it can begin; who takes part and leads it reads in the ledger."""

    it_request = text(
        _("Vad ska Göliska IT bedöma?"),
        4,
        max_length=4000,
        help_text=_("Vad lösningen ska göra, och vad ni vill veta."),
        error_messages=sentence(Ask.IT_REQUEST, "it_request"),
    )
    wished_start = day(_("Önskad start"), initial=None, error_messages=sentence(Ask.IT_REQUEST, "wished_start"))
    it_users = forms.IntegerField(
        label=_("Beräknat antal användare"),
        help_text=_("I alla kommuner som deltar."),
        min_value=0,
        max_value=1_000_000,
        widget=forms.NumberInput(attrs={"class": "short"}),
        error_messages=sentence(Ask.IT_REQUEST, "it_users"),
    )
    it_objects = forms.CharField(
        label=_("System som berörs"), max_length=200, required=False, help_text=_("Om ni vet.")
    )

    def arrange(self) -> None:
        super().arrange()
        taking_part = Organisation.objects.filter(pk__in=self.facts.participants).in_order()
        told = [
            _("%s (leder)") % place.short_name if place.pk == self.facts.leading else place.short_name
            for place in taking_part
        ]
        if told:
            deltar = _("Göliska IT ser också vilka som deltar: %s.") % get_text_list(told, _("och"))
            self.fields["it_request"].help_text = f"{self.fields['it_request'].help_text} {deltar}"


class RegistryNumberPart(ActForm):
    registry_number = forms.CharField(
        label=_("Diarienummer"), max_length=60, error_messages=sentence(Ask.REGISTRY_NUMBER, "registry_number")
    )

    def arrange(self) -> None:
        super().arrange()
        self.fields["registry_number"].initial = self.case.registry_number


class RetentionPart(ActForm):
    rule = forms.ModelChoiceField(
        RetentionRule.objects.none(),
        label=_("Vilken gallringsregel gäller det?"),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages=sentence(Ask.RETENTION, "rule"),
    )

    def arrange(self) -> None:
        super().arrange()
        rules = RetentionRule.objects.in_force().filter(organisation=self.case.initiative.organisation_id)
        self.fields["rule"].queryset = rules.select_related("organisation")
        if not rules:
            self.fields["rule"].help_text = _("Organisationen har inte beslutat om någon gallring.")


class SecrecyPart(ActForm):
    legal_basis = forms.CharField(
        label=_("Lagrum"),
        max_length=120,
        help_text=_("Till exempel 18 kap. 8 § offentlighets- och sekretesslagen."),
        error_messages=sentence(Ask.SECRECY, "legal_basis"),
    )
    marked_on = day(_("Datum för markeringen"), error_messages=sentence(Ask.SECRECY, "marked_on"))
    readers = forms.MultipleChoiceField(
        label=_("Vilka roller får läsa?"),
        help_text=_("Alla andra slutar se initiativet, även i listor, sökning och rapporter."),
        widget=forms.CheckboxSelectMultiple,
        error_messages=sentence(Ask.SECRECY, "readers"),
    )

    def arrange(self) -> None:
        """What has not been sent to V6 can be read in the own organisation only, marked or not."""
        super().arrange()
        own = self.capacity
        self.organisations = {o.key: o for o in Organisation.objects.in_order()}
        first = [own.organisation] if own else []
        shared = self.case.initiative.is_shared
        others = [o for o in self.organisations.values() if shared and o not in first]
        self.fields["readers"].choices = [(o.short_name, _readers_in(o)) for o in (*first, *others)]
        self.fields["readers"].initial = [f"{own.organisation.key}:{own.role}"] if own else []

    def clean_readers(self) -> list[tuple[Organisation, Role]]:
        pairs = (value.split(":") for value in self.cleaned_data["readers"])
        return [(self.organisations[key], Role(role)) for key, role in pairs]


def _readers_in(organisation: Organisation) -> list[tuple[str, str]]:
    return [(f"{organisation.key}:{r}", r.label) for r in Role if Kind(organisation.kind) in PLACES[r]]
