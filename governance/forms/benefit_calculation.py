"""The benefit calculation as a form: saved time, and rows of other effects and costs. Empty rows do not count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.validators import DecimalValidator, MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from initiatives.benefit_calculation import (
    GREATEST_AMOUNT,
    GREATEST_HOUR_COST,
    GREATEST_HOURS,
    MOST_LINES,
    MOST_YEARS,
    NOTHING,
    USUAL_YEARS,
    WHOLE,
    Assumptions,
    Calculation,
    Effect,
    Expense,
    calculate,
)

from ..asks import Ask
from .fields import Kronor, sentence, text, written_number

FINANCIAL, REDISTRIBUTED = "financial", "redistributed"


class Number(Kronor):
    """An amount with words of its own for what is wrong with it."""

    def __init__(self, greatest: Decimal, too_much: Any, **options: Any) -> None:
        super().__init__(**options)
        self.error_messages |= {
            "invalid": _("Skriv ett tal med siffror, till exempel 2 500 eller 2 500,50."),
            "max_decimal_places": _("Skriv högst två decimaler."),
        }
        self.validators = [
            MinValueValidator(0, _("Skriv 0 eller mer.")),
            MaxValueValidator(greatest, too_much),
            DecimalValidator(None, 2),
        ]


class Whole(forms.IntegerField):
    """A whole number between two others, with or without its unit."""

    def __init__(self, least: int, most: int, words: Any, **options: Any) -> None:
        attributes = {"inputmode": "numeric", "class": "short", "autocomplete": "off"}
        super().__init__(widget=forms.TextInput(attrs=attributes), **options)
        self.error_messages |= {"invalid": words, "required": words}
        self.validators = [MinValueValidator(least, words), MaxValueValidator(most, words)]

    def to_python(self, value: Any) -> Any:
        return super().to_python(written_number(value) if isinstance(value, str) else value)


def _amount(label: Any, missing: Any) -> Number:
    too_much = _("Beloppet ska vara högst 10 miljarder kronor.")
    return Number(GREATEST_AMOUNT, too_much, label=label, error_messages={"required": missing})


class LineForm(forms.Form):
    """One row: what it is and how much. A row that is left or made empty does not count."""

    use_required_attribute = False

    name = forms.CharField(
        label=_("Vad"), max_length=120, error_messages={"required": _("Skriv vad beloppet gäller, eller töm raden.")}
    )
    amount = _amount(_("Kronor"), _("Skriv hur mycket, eller töm raden."))

    @property
    def is_filled(self) -> bool:
        return bool(self.cleaned_data.get("name"))

    def has_changed(self) -> bool:
        """Emptied is as good as never filled in; what else stands in a row by itself is no row."""
        return any((self[name].value() or "").strip() for name in ("name", "amount"))


class RunningForm(LineForm):
    amount = _amount(_("Kronor per år"), _("Skriv hur mycket, eller töm raden."))


class EffectForm(RunningForm):
    kind = forms.ChoiceField(
        label=_("Blir det pengar?"),
        choices=[(FINANCIAL, _("Ja, utgifter minskar")), (REDISTRIBUTED, _("Nej, omfördelad nytta"))],
        initial=FINANCIAL,
    )
    first_year = Whole(1, MOST_YEARS, _("Skriv ett år från 1 till 15."), label=_("Från år"), initial=1)


class Lines(forms.BaseFormSet):
    """The rows of one group."""

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return {**super().get_form_kwargs(index), "empty_permitted": True}

    @property
    def filled(self) -> list[dict[str, Any]]:
        return [form.cleaned_data for form in self if form.is_valid() and form.is_filled]


def _lines(form: type[LineForm], blank: int = 1) -> type[Lines]:
    rows = forms.formset_factory(form, formset=Lines, extra=blank, absolute_max=MOST_LINES, max_num=MOST_LINES)
    return rows  # type: ignore[return-value]


GROUPS: dict[str, type[Lines]] = {
    "effects": _lines(EffectForm),
    "one_off": _lines(LineForm),
    "running": _lines(RunningForm),
}


class CalculationForm(forms.Form):
    """Everything that is assumed. ``replaces`` is the version that the person had before her."""

    use_required_attribute = False
    groups: ClassVar[tuple[str, ...]] = tuple(GROUPS)

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    replaces = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    hours_per_year = Number(
        GREATEST_HOURS,
        _("Skriv högst 10 miljoner timmar."),
        label=_("Timmar som sparas per år"),
        required=False,
    )
    cost_per_hour = Number(
        GREATEST_HOUR_COST,
        _("Skriv högst 100 000 kronor i timmen."),
        label=_("Kostnad per timme"),
        required=False,
        help_text=_("Lön med sociala avgifter, i kronor. Fråga ekonomen om du är osäker."),
    )
    realised_percent = Whole(
        0,
        WHOLE,
        _("Skriv ett helt tal från 0 till 100."),
        label=_("Andel som blir pengar"),
        required=False,
        help_text=_(
            "I procent. Tid blir pengar bara när en utgift minskar, till exempel när en tjänst inte tillsätts."
        ),
    )
    first_year_percent = Whole(
        0,
        WHOLE,
        _("Skriv ett helt tal från 0 till 100."),
        label=_("Nytta första året"),
        help_text=_("I procent av ett helt år. 50 om lösningen kommer i gång till sommaren."),
    )
    years = Whole(1, MOST_YEARS, _("Skriv ett helt antal år från 1 till 15."), label=_("Antal år"))
    motivation = text(
        _("Vad bygger siffrorna på?"),
        4,
        help_text=_("Mätningar, erfarenheter från andra, offerter. Den som beslutar läser det här."),
        error_messages=sentence(Ask.CALCULATION, "motivation"),
    )

    def __init__(self, data: Any = None, *, given: Assumptions, grounds: str = "", **hidden: Any) -> None:
        super().__init__(data, initial={**_initial(given), "motivation": grounds, **hidden})
        self.given = given
        self.rows = {name: GROUPS[name](data, prefix=name, initial=rows) for name, rows in _rows(given).items()}

    @property
    def effects(self) -> Lines:
        return self.rows["effects"]

    @property
    def one_off(self) -> Lines:
        return self.rows["one_off"]

    @property
    def running(self) -> Lines:
        return self.rows["running"]

    def only_reckon(self) -> None:
        """Nothing is to be saved yet, so no words are asked for."""
        self.fields["motivation"].required = False

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("hours_per_year") and not cleaned.get("cost_per_hour") and "cost_per_hour" not in self.errors:
            self.add_error("cost_per_hour", _("Skriv vad en timme kostar."))
        return cleaned

    def is_valid(self) -> bool:
        """With all the rows, of which none may begin when the years are over."""
        rows_are_valid = not [rows for rows in self.rows.values() if not rows.is_valid()]
        if not super().is_valid() or not rows_are_valid:
            return False
        years = self.cleaned_data["years"]
        late = [form for form in self.effects if form.is_filled and form.cleaned_data["first_year"] > years]
        for form in late:
            words = _("Kalkylen räknar bara %(years)d år. Skriv ett tidigare år, eller räkna på fler.")
            form.add_error("first_year", words % {"years": years})
        return not late

    @property
    def faults(self) -> Iterator[tuple[str, str]]:
        """Every fault with the id of its field, in the order of the page."""
        parts = [form for rows in self.rows.values() for form in rows]
        for form in (self, *parts):
            for bound in form:
                yield from ((bound.auto_id, f"{bound.label} – {error}") for error in bound.errors)
        for rows in self.rows.values():
            yield from (("", str(error)) for error in rows.non_form_errors())
        yield from (("", str(error)) for error in self.non_field_errors())

    @property
    def calculation(self) -> Calculation:
        """The result of what a valid form says, or of what it begins with."""
        return calculate(self.assumptions)

    @property
    def assumptions(self) -> Assumptions:
        if not self.is_bound:
            return self.given
        said = self.cleaned_data
        return Assumptions(
            years=said["years"],
            hours_per_year=said["hours_per_year"] or NOTHING,
            cost_per_hour=said["cost_per_hour"] or NOTHING,
            realised_percent=said["realised_percent"] or 0,
            first_year_percent=said["first_year_percent"],
            effects=tuple(
                Effect(row["name"], row["amount"], row["kind"] == FINANCIAL, row["first_year"])
                for row in self.effects.filled
            ),
            one_off=_expenses(self.one_off),
            running=_expenses(self.running),
        )


def _expenses(rows: Lines) -> tuple[Expense, ...]:
    return tuple(Expense(row["name"], row["amount"]) for row in rows.filled)


def _shown(number: Decimal) -> Decimal | int | None:
    """As one writes it: nothing for 0, no decimals where there are none."""
    whole = number == number.to_integral_value()
    return (int(number) if whole else number) if number else None


def _initial(given: Assumptions) -> dict[str, Any]:
    return {
        "hours_per_year": _shown(given.hours_per_year),
        "cost_per_hour": _shown(given.cost_per_hour),
        "realised_percent": given.realised_percent,
        "first_year_percent": given.first_year_percent,
        "years": given.years,
    }


def _rows(given: Assumptions) -> dict[str, list[dict[str, Any]]]:
    effects = [
        {
            "name": effect.name,
            "amount": _amount_shown(effect.per_year),
            "kind": FINANCIAL if effect.is_financial else REDISTRIBUTED,
            "first_year": effect.first_year,
        }
        for effect in given.effects
    ]
    return {"effects": effects, "one_off": _expense_rows(given.one_off), "running": _expense_rows(given.running)}


def _amount_shown(amount: Decimal) -> Decimal | int:
    return _shown(amount) or 0


def _expense_rows(expenses: tuple[Expense, ...]) -> list[dict[str, Any]]:
    return [{"name": expense.name, "amount": _amount_shown(expense.amount)} for expense in expenses]


def with_another_row(data: Mapping[str, Any], group: str) -> Any:
    """What was sent, with room for one row more in the group, up to the greatest number."""
    more = data.copy()
    key = f"{group}-TOTAL_FORMS"
    total = more.get(key, "")
    more[key] = str(min(int(total) + 1, MOST_LINES)) if total.isdecimal() and len(total) < 4 else "1"
    return more


def blank() -> Assumptions:
    """What a new calculation begins with."""
    return Assumptions(years=USUAL_YEARS)
