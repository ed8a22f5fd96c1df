"""Kinds of fields that the forms of the process are made of."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..actions.asking import NEEDED
from ..asks import Ask
from ..models.work import GREATEST_AMOUNT

Date = dt.date | Callable[[], dt.date] | None


def sentence(ask: Ask, key: str) -> dict[str, str]:
    """The words that the door itself uses when the answer is missing, for the field's own error."""
    return {"required": _(NEEDED[ask][key])}


class Passage(forms.CharField):
    """A longer answer. Its lines end in one way, whether a browser's button or its script sends them."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace("\r\n", "\n") if isinstance(value, str) else value)


def text(label: str, rows: int = 5, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **options)


def note() -> forms.CharField:
    """A greeting to those who own an initiative."""
    return text(
        _("Hälsning till den som äger initiativet"),
        3,
        required=False,
        max_length=1000,
        help_text=_("Alla som får läsa initiativet ser den. Till exempel: Vi har samma behov på Ekängen."),
    )


def day(label: str, *, initial: Date = timezone.localdate, **options: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, initial=initial, widget=widget, **options)


def one_of(label: str, choices: Any, *, inline: bool = False, **options: Any) -> forms.ChoiceField:
    widget = forms.RadioSelect(attrs={"class": "segmented"} if inline else {})
    return forms.ChoiceField(label=label, choices=[(v, _capital(t)) for v, t in choices], widget=widget, **options)


def _capital(words: Any) -> str:
    told = str(words)
    return told[:1].upper() + told[1:]


DOTTED = re.compile(r"[-−]?\d{1,3}(\.\d{3})+(,\d+)?")
"""1.000 and 1.250.000,50: to a Swedish reader the dots stand between thousands."""
UNITS = re.compile(r"(kronor|kr|:-|timmar|tim|h|%|procent|år|st)\.?$", re.IGNORECASE)


LONGEST_KEY = 19
"""Fewer figures than the largest number the database has."""


def written_number(text: str) -> str:
    """The number as Django reads it: without what stands between thousands and without its unit."""
    number = UNITS.sub("", "".join(text.split())).replace("−", "-")
    return number.replace(".", "") if DOTTED.fullmatch(number) else number


class Kronor(forms.DecimalField):
    """An amount as people write it: with or without spaces between thousands, decimals after a comma."""

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=0, max_digits=13, decimal_places=2, localize=True, **options)
        self.validators = [v for v in self.validators if not isinstance(v, MaxValueValidator)]
        self.validators.append(
            MaxValueValidator(GREATEST_AMOUNT, _("Beloppet ska vara från 0 till 10 miljarder kronor."))
        )
        self.widget.attrs.update({"inputmode": "decimal", "class": "short", "autocomplete": "off"})

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = written_number(value)
        return super().to_python(value)

    def clean(self, value: Any) -> Any:
        """Without an exponent: ``0e99999999`` is 0, and no row of a hundred million noughts."""
        amount = super().clean(value)
        return None if amount is None else amount + 0


def kronor(label: str, **options: Any) -> Kronor:
    return Kronor(label=label, help_text=_("Kronor exklusive moms."), **options)


def number_in(text: str | None) -> int:
    """The key that an address gives; 0, which no row has, where it is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < LONGEST_KEY else 0


def typed_in(form: forms.Form) -> list[tuple[str, str]]:
    """What the person wrote in her own words, with the labels, to take with her; not what stood there already."""
    return [
        (str(bound.label), told)
        for bound in form
        if isinstance(bound.field, forms.CharField | forms.IntegerField) and not bound.is_hidden
        if (told := _as_one_line_ending(bound.value())) and told != _as_one_line_ending(bound.initial)
    ]


def _as_one_line_ending(value: Any) -> str:
    return "" if value is None else str(value).replace("\r\n", "\n").strip()
