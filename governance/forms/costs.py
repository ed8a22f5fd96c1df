"""The group of fields for a cost: a new one, one from a day instead of another, or one that puts a wrong one right."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from v6portal.organizations.models import Organisation

from ..actions.effects.checking import cost_words
from ..asks import Ask
from ..models import Cost, CostKind, CostValue, Stage
from .acts import ActForm
from .fields import day, kronor, number_in, one_of, sentence, text
from .work import stage_label

KEPT = ("amount", "date", "until")


def cost_label(cost: Cost) -> str:
    """How a cost is named in a form."""
    words = cost_words(cost)
    who = cost.organisation.short_name if cost.organisation else ""
    return ", ".join(part for part in (words[:1].upper() + words[1:], who) if part)


class CostPart(ActForm):
    suggested = ("corrects", "instead_of")
    folded = ("corrects", "never_was", "motivation")
    fold = _("Rätta en kostnad som är fel inskriven")

    kind = one_of(_("Slag"), CostKind.choices, error_messages=sentence(Ask.COST, "kind"))
    value = one_of(_("Budget eller utfall"), CostValue.choices, inline=True, error_messages=sentence(Ask.COST, "value"))
    amount = kronor(_("Belopp"), error_messages=sentence(Ask.COST, "amount"))
    date = day(
        _("Datum"),
        help_text=_("För drift och förvaltning: den dag kostnaden börjar gälla. Beloppet är då per år."),
        error_messages=sentence(Ask.COST, "date"),
    )
    until = day(_("Till och med"), initial=None, required=False, help_text=_("Bara för drift och förvaltning."))
    instead_of = forms.ModelChoiceField(
        Cost.objects.none(),
        label=_("I stället för"),
        required=False,
        empty_label=_("Ingen: den kommer utöver det som gäller"),
        help_text=_("Har ett årsbelopp ändrats upphör det gamla dagen innan det nya börjar gälla."),
    )
    stage = forms.ModelChoiceField(
        Stage.objects.none(), label=_("Etapp"), required=False, empty_label=_("Hör inte till någon etapp")
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.in_order(), label=_("Vem som betalar"), required=False, empty_label=_("Alla tillsammans")
    )
    corrects = forms.ModelChoiceField(
        Cost.objects.none(),
        label=_("Vilken kostnad är fel?"),
        required=False,
        empty_label=_("Ingen, det här är en ny kostnad"),
        help_text=_("Den felaktiga raden finns kvar, men räknas inte. Det du skriver ovan gäller i stället."),
    )
    never_was = forms.BooleanField(
        label=_("Kostnaden ska inte finnas alls"), required=False, help_text=_("Inget skrivs i stället för den.")
    )
    motivation = text(_("Vad var fel?"), 3, required=False)

    def arrange(self) -> None:
        super().arrange()
        self.fields["stage"].queryset = self.case.stages.all()
        self.fields["stage"].label_from_instance = stage_label
        self._offer("corrects", self.case.costs.standing())
        self._offer("instead_of", self.case.costs.standing().running())

    def _offer(self, name: str, costs: QuerySet[Cost]) -> None:
        """The rows that may be chosen; the question is not asked where there are none."""
        own = self.capacity.organisation_id if self.capacity else None
        if own != self.facts.leading:
            costs = costs.filter(organisation=own)
        if not costs:
            del self.fields[name]
            if name == "corrects":
                del self.fields["never_was"], self.fields["motivation"]
            return
        self.fields[name].queryset = costs
        self.fields[name].label_from_instance = cost_label

    def suggest(self, given: Mapping[str, str]) -> None:
        """What is to be put right stands there already; a new yearly amount keeps all but the amount and the day."""
        super().suggest(given)
        for name in (one for one in self.suggested if one in self.fields):
            if row := self.fields[name].queryset.filter(pk=number_in(given.get(name))).first():
                same = ("kind", "value", "organisation", "stage", *(KEPT if name == "corrects" else ()))
                self.initial.update({field: getattr(row, field) for field in same})
