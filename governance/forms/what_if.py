"""Weights to try, and a name to save them under."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from initiatives.models import Criterion
from initiatives.models.scenarios import LONGEST_NAME
from initiatives.scoring import one_decimal

from ..presenting.what_if import shares

GREATEST = 1000
TOPS = (3, 5, 10, 20)
USUAL_TOP = 5
PREFIX = "weight_"
WRONG = _("Skriv ett tal från 0 till 1 000, med högst två decimaler.")


class Weight(forms.DecimalField):
    """A weight as people write it, with a comma or a point."""

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=0, max_value=GREATEST, decimal_places=2, **options)

    def clean(self, value: Any) -> Decimal:
        """Whatever is wrong, the same sentence says what to do."""
        try:
            weight: Decimal = super().clean(value.replace(",", ".") if isinstance(value, str) else value)
        except forms.ValidationError:
            raise forms.ValidationError(WRONG) from None
        return weight + 0  # without an exponent: 0e99999999 is 0


def plain(weight: Decimal) -> str:
    """As a field of numbers holds it: without needless zeros, the decimals after a point."""
    return f"{weight.normalize():f}"


def in_address(weights: Mapping[str, Decimal]) -> dict[str, str]:
    """The weights as they are named in an address."""
    return {f"{PREFIX}{code}": plain(weight) for code, weight in weights.items()}


@dataclass(frozen=True)
class Line:
    """One criterion on the form."""

    criterion: Criterion
    number: int
    field: forms.BoundField
    share: Decimal | None
    """Per cent of the whole; None as long as the weights cannot be read."""

    @property
    def now(self) -> str:
        return plain(self.criterion.weight)


class WhatIfForm(forms.Form):
    """A weight for each criterion; one that the address leaves out is as it is now. Not all of them may be 0."""

    use_required_attribute = False
    top = forms.TypedChoiceField(
        label=_("Hur säkra är de"),
        choices=[(number, _("%(number)d första") % {"number": number}) for number in TOPS],
        coerce=int,
        required=False,
    )

    def __init__(self, data: Mapping[str, Any], criteria: Sequence[Criterion]) -> None:
        self.criteria = criteria
        now = in_address({c.code: c.weight for c in criteria})
        top = data.get("top", "")
        given = {name: data.get(name, weight) for name, weight in now.items()}
        super().__init__({**given, "top": top if top in map(str, TOPS) else str(USUAL_TOP)})
        for number, criterion in enumerate(criteria):
            told = {"id": f"vikt-{number}", "aria-describedby": f"fel-{number}"}
            widget = forms.NumberInput(attrs={**told, "step": "1", "inputmode": "decimal"})
            self.fields[f"{PREFIX}{criterion.code}"] = Weight(label=str(criterion), widget=widget)

    def clean(self) -> None:
        if not self.errors and not any(self.weights.values()):
            raise forms.ValidationError(
                _("Minst ett kriterium behöver en vikt över 0, annars finns inget att ordna efter.")
            )

    @property
    def weights(self) -> dict[str, Decimal]:
        return {c.code: self.cleaned_data[f"{PREFIX}{c.code}"] for c in self.criteria}

    @property
    def total(self) -> str | None:
        """What the weights add up to; None as long as they cannot be read."""
        return plain(sum(self.weights.values(), Decimal(0))) if self.is_valid() else None

    @property
    def top_shown(self) -> int:
        return int(self.data["top"])

    @property
    def is_as_now(self) -> bool:
        """Whether the weights are those that the scores were made with."""
        return self.is_valid() and all(self.weights[c.code] == c.weight for c in self.criteria)

    def lines(self) -> Iterator[Line]:
        found = shares(self.weights) if self.is_valid() else {}
        for number, criterion in enumerate(self.criteria):
            share = found.get(criterion.code)
            yield Line(
                criterion,
                number,
                self[f"{PREFIX}{criterion.code}"],
                None if share is None else one_decimal(share),
            )


class ScenarioForm(forms.Form):
    """The name; the weights come beside it."""

    use_required_attribute = False
    name = forms.CharField(
        label=_("Namn"),
        max_length=LONGEST_NAME,
        help_text=_("Säg vad vikterna visar, till exempel: Om kostnaden väger tyngst."),
        error_messages={"required": _("Skriv vad scenariot ska heta.")},
    )
