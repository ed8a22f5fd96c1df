"""The group of fields that says how the shared costs of an initiative are divided."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from v6portal.organizations.models import Organisation

from ..asks import Ask
from ..cost_sharing import LateRule, Rule
from ..models import CostSharing
from .acts import ActForm
from .fields import Kronor, day, kronor, one_of, sentence, written_number

KOMMUNER = 6
"""As many as there can be a share for."""


class Percent(forms.DecimalField):
    def to_python(self, value: Any) -> Any:
        return super().to_python(written_number(value) if isinstance(value, str) else value)


def _share() -> forms.DecimalField:
    return Kronor(required=False)


class SharingPart(ActForm):
    folded = tuple(f"share_{place}" for place in range(KOMMUNER))
    fold = _("Andelar, om kostnaderna delas efter angivna andelar")

    cost_rule = one_of(_("Så delas kostnaderna"), Rule.choices, error_messages=sentence(Ask.SHARING, "cost_rule"))
    late_rule = one_of(
        _("En kommun som går med när kostnader redan är delade betalar"),
        LateRule.choices,
        help_text=_("Det den betalar går tillbaka till dem som har burit kostnaden, efter vad var och en har burit."),
        error_messages=sentence(Ask.SHARING, "late_rule"),
    )
    late_percent = Percent(
        label=_("Andel i procent"),
        required=False,
        min_value=Decimal("0.01"),
        max_value=100,
        max_digits=5,
        decimal_places=2,
        localize=True,
        help_text=_("Bara för en andel. Räknas på det som delades innan kommunen gick med."),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "short", "autocomplete": "off"}),
    )
    late_amount = kronor(_("Fast belopp"), required=False)
    valid_from = day(
        _("Gäller från och med"),
        initial=None,
        help_text=_("Kostnader från den dagen delas så här."),
        error_messages=sentence(Ask.SHARING, "valid_from"),
    )
    replaces = forms.IntegerField(widget=forms.HiddenInput, required=False)
    share_0, share_1, share_2, share_3, share_4, share_5 = (_share() for _place in range(KOMMUNER))

    def arrange(self) -> None:
        super().arrange()
        taking_part = Organisation.objects.filter(pk__in=self.facts.participants).in_order()
        self.kommuner = dict(zip(self.folded, taking_part, strict=False))
        for name in self.folded:
            if name in self.kommuner:
                self.fields[name].label = self.kommuner[name].short_name
            else:
                del self.fields[name]
        self.fields["late_amount"].help_text = _("Kronor exklusive moms. Bara för ett fast belopp.")
        self._as_it_stands(self.case.cost_sharings.in_order().prefetch_related("shares").last())

    def _as_it_stands(self, newest: CostSharing | None) -> None:
        """What holds already stands there from the beginning; else nothing is shared, from the first day in V6."""
        self.initial["replaces"] = newest.pk if newest else 0
        if newest is None:
            first_day = self.case.initiative.shared_on
            self.initial.update(cost_rule=Rule.EQUAL, late_rule=LateRule.NOTHING, valid_from=first_day)
            return
        for name in ("cost_rule", "late_rule", "late_percent", "late_amount", "valid_from"):
            self.initial[name] = getattr(newest, name)
        shares = newest.given_shares
        self.initial.update((name, shares.get(kommun.pk)) for name, kommun in self.kommuner.items())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("cost_rule") == Rule.OFF:
            data["late_rule"] = LateRule.NOTHING
        for rule, name, told in (
            (LateRule.PERCENT, "late_percent", _("Skriv hur många procent, till exempel 10.")),
            (LateRule.FIXED, "late_amount", _("Skriv beloppet i kronor.")),
        ):
            if data.get("late_rule") != rule:
                data[name] = None
            elif not data.get(name) and name not in self.errors:
                self.add_error(name, told)
        data["shares"] = self._shares(data)
        return data

    def _shares(self, data: dict[str, Any]) -> dict[Organisation, Decimal]:
        if data.get("cost_rule") != Rule.MANUAL:
            return {}
        shares = {kommun: data[name] for name, kommun in self.kommuner.items() if data.get(name) is not None}
        if self.kommuner and not any(shares.values()) and not self.errors.keys() & self.kommuner.keys():
            self.add_error(
                next(iter(self.kommuner)), _("Skriv andelarna, till exempel 2 och 1, 60 och 40 eller belopp i kronor.")
            )
        return shares
