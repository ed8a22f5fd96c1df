"""Confirming the benefit of a solution in use, and saying what it has come to."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from initiatives.benefit_calculation import GREATEST_HOURS
from v6portal.organizations.models import Organisation

from ..asks import Ask
from ..models import FollowUp
from ..presenting.benefit_calculation import kronor, number, told_of
from .acts import ActForm
from .benefit_calculation import Number
from .fields import Kronor, day, one_of, sentence

HOLDS, DOES_NOT = "yes", "no"
NOT_YET = _("Nej, inte än eller inte längre")


class ConfirmedPart(ActForm):
    kind = one_of(
        _("Vad bekräftar du?"),
        [
            ("new", _("Nytt: det fanns inte förut")),
            ("useful", _("Nyttigt: det gör nytta för dem det är till för")),
            ("utilised", _("Nyttiggjort: det används i vardagen")),
        ],
        error_messages=sentence(Ask.BENEFIT, "kind"),
    )
    holds = forms.TypedChoiceField(
        label=_("Stämmer det?"),
        choices=[(HOLDS, _("Ja")), (DOES_NOT, NOT_YET)],
        initial=HOLDS,
        coerce=lambda value: value == HOLDS,
        widget=forms.RadioSelect(attrs={"class": "segmented"}),
    )
    date = day(_("Datum"), error_messages=sentence(Ask.BENEFIT, "date"))
    grounds = forms.CharField(
        label=_("Vad bygger det på?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Till exempel en mätning, en enkät eller vad användarna säger. Vid nej: varför."),
        error_messages=sentence(Ask.BENEFIT, "grounds"),
    )


class BenefitPart(ConfirmedPart):
    """What the benefit has come to in one's own kommun, beside what was expected; as much as is known of it."""

    legend = _("Vad det har gett i er kommun, om ni vet")
    hours_a_year = Number(
        GREATEST_HOURS,
        _("Skriv högst 10 miljoner timmar."),
        label=_("Sparad arbetstid, timmar per år"),
        required=False,
        help_text=_("Tid är inte pengar. Den räknas för sig."),
    )
    kronor_a_year = Kronor(label=_("Sparade pengar, kronor per år"), required=False)
    kronor_once = Kronor(label=_("Sparade pengar en gång, kronor"), required=False)

    def arrange(self) -> None:
        """What is to be followed up is usually whether it is used; what was expected stands beside the fields."""
        super().arrange()
        if self.capacity and (due := self._due(self.capacity.organisation)):
            self.fields["kind"].initial = "utilised"
            words = {"months": due.months, "kommun": due.organisation.short_name}
            told = _("Det har gått %(months)d månader sedan %(kommun)s införde lösningen. Används den i vardagen?")
            self.fields["kind"].help_text = told % words
        self._tell_expected()

    def _due(self, organisation: Organisation) -> FollowUp | None:
        due = FollowUp.objects.waiting().due(self.facts.today).filter(case=self.case, organisation=organisation)
        return due.select_related("organisation").order_by("-months").first()

    def _tell_expected(self) -> None:
        version = self.case.initiative.benefit_calculations.standing().prefetch_related("lines").first()
        if version is None:
            return
        found = told_of(version, version.lines.all()).calculation
        self._expect("hours_a_year", _("%s timmar per år") % number(found.assumptions.hours_per_year))
        self._expect("kronor_a_year", _("%s per år") % kronor(found.financial))

    def _expect(self, name: str, figure: Any) -> None:
        field = self.fields[name]
        told = _("Väntat i nyttokalkylen, för alla tillsammans: %s.") % figure
        field.help_text = f"{field.help_text} {told}".strip()


class ObjectPart(ActForm):
    managed_object = forms.CharField(
        label=_("Förvaltningsobjekt"),
        max_length=120,
        help_text=_("Det objekt i förvaltningsmodellen som tar över lösningen."),
        error_messages=sentence(Ask.MANAGED_OBJECT, "managed_object"),
    )
    managed_by = forms.ModelChoiceField(
        Organisation.objects.in_order(),
        label=_("Organisation som förvaltar"),
        required=False,
        empty_label=_("Inte bestämt än"),
        help_text=_("Den som ansvarar för lösningen när den är överlämnad."),
    )

    def arrange(self) -> None:
        super().arrange()
        self.fields["managed_object"].initial = self.case.managed_object
        self.fields["managed_by"].initial = self.case.managed_by_id
