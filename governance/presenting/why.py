"""Why this score: the joint values of a round as arithmetic that can be followed with a pencil.

The weighted sum comes first, as in ``initiatives.scoring.terms``; dividing by the weights gives a mean from 1 to 5,
and the last step carries that to 0–100. Both ways give the same number. Source: docs/bedomning.md, *Räkning*.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from initiatives.models import Criterion, Round
from initiatives.scoring import HIGHEST, LOWEST, RISK_CODE, RISK_VALUE, Aggregate, one_decimal, score, terms, to_decimal

TIMES = "\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}"
PLACES = 4
"""Decimals of a number that has no end; one that has an end is written whole."""


def written(number: Fraction) -> str:
    """The number whole if it ends within four decimals, as ``3,55``; else rounded with a sign that says so."""
    rounded = to_decimal(number, PLACES)
    text = number_format(rounded.normalize() if rounded != rounded.to_integral() else int(rounded), use_l10n=True)
    return text if Fraction(rounded) == number else f"≈ {text}"


@dataclass(frozen=True)
class Step:
    """One criterion in the sum: its weight times the joint answer."""

    criterion: Criterion
    weight: Fraction
    value: Fraction

    @property
    def product(self) -> Fraction:
        return self.weight * self.value

    @property
    def weight_text(self) -> str:
        return written(self.weight)

    @property
    def value_text(self) -> str:
        return written(self.value)

    @property
    def product_text(self) -> str:
        return written(self.product)


@dataclass(frozen=True)
class Why:
    """How a score came about, step by step; every text is as exact as what it stands for."""

    steps: tuple[Step, ...]
    missing: tuple[Criterion, ...]
    """The criteria that nobody has answered: they take no part in the sum."""
    score: Fraction

    @property
    def total(self) -> Fraction:
        return sum((step.product for step in self.steps), Fraction(0))

    @property
    def weights(self) -> Fraction:
        return sum((step.weight for step in self.steps), Fraction(0))

    @property
    def mean(self) -> Fraction:
        return self.total / self.weights

    @property
    def total_text(self) -> str:
        return written(self.total)

    @property
    def weights_text(self) -> str:
        return written(self.weights)

    @property
    def sum_line(self) -> str:
        """As *20 × 3,5 + 20 × 4 = 150*."""
        products = " + ".join(f"{step.weight_text}{TIMES}{step.value_text}" for step in self.steps)
        return f"{products} = {written(self.total)}"

    @property
    def mean_line(self) -> str:
        """As *150 ÷ 40 = 3,75*."""
        return f"{written(self.total)} ÷ {written(self.weights)} {_equals(self.mean)}"

    @property
    def score_line(self) -> str:
        """As *(3,75 − 1) ÷ 4 × 100 = 68,75*."""
        mean = written(self.mean).removeprefix("≈ ")
        return f"({mean} − {LOWEST}) ÷ {HIGHEST - LOWEST} × 100 {_equals(self.score)}"

    @property
    def shown(self) -> str:
        """The score with its one decimal, as it stands everywhere else."""
        return number_format(one_decimal(self.score), decimal_pos=1, use_l10n=True)

    @property
    def is_rounded(self) -> bool:
        return Fraction(one_decimal(self.score)) != self.score


def _equals(number: Fraction) -> str:
    text = written(number)
    return text if text.startswith("≈") else f"= {text}"


def why(criteria: Sequence[Criterion], values: Mapping[str, Fraction | None]) -> Why | None:
    """The arithmetic of the joint values; None, not 0, where nothing is answered."""
    by_code = {criterion.code: criterion for criterion in criteria}
    scoring = [criterion.for_scoring() for criterion in criteria]
    steps = tuple(Step(by_code[term.code], term.weight, term.value) for term in terms(scoring, values))
    result = score(scoring, values)
    if result is None:
        return None
    return Why(steps, tuple(c for c in criteria if values.get(c.code) is None), result)


def whys(rounds: Iterable[Round]) -> dict[int, Why | None]:
    """The arithmetic of each round, by its primary key. One statement: the criteria of the models in use."""
    rounds = list(rounds)
    criteria: dict[int, list[Criterion]] = {}
    for criterion in Criterion.objects.filter(model__in={round.model_id for round in rounds}):
        criteria.setdefault(criterion.model_id, []).append(criterion)
    return {round.pk: why(criteria.get(round.model_id, []), round.values) for round in rounds}


@dataclass(frozen=True)
class Line:
    """A criterion on the page: the step it gives, how many answered, and whether a meeting agreed on the value."""

    step: Step
    answers: int
    median: Fraction | None
    is_agreed: bool

    @property
    def source(self) -> str:
        """Where the value comes from, in words."""
        if self.is_agreed and self.median is not None:
            return _("gemensam bedömning, medianen är %s") % written(self.median)
        if self.is_agreed:
            return _("gemensam bedömning")
        return _("median av %d svar") % self.answers if self.answers > 1 else _("ett svar")


def lines(found: Why, joint: Aggregate) -> list[Line]:
    """The steps with what lies behind each value."""
    results = {result.code: result for result in joint.criteria}
    behind = ((step, results[step.criterion.code]) for step in found.steps)
    return [Line(step, result.n, result.median, result.agreed is not None) for step, result in behind]


def risk_reason(criteria: Iterable[Criterion], joint: Aggregate) -> str:
    """Why a round is flagged, in the words of the form: by somebody's answer, or by what a meeting agreed on."""
    risk = next((c for c in criteria if c.code == RISK_CODE), None)
    if risk is None:
        return ""
    words = {"value": RISK_VALUE, "name": risk.name.lower(), "level": risk.level_texts[RISK_VALUE - 1].lower()}
    answered = next((result.low for result in joint.criteria if result.code == RISK_CODE), None)
    if answered != RISK_VALUE:
        return (
            _(
                "I den gemensamma bedömningen är %(name)s satt till %(value)d, ”%(level)s”. "
                "Märket står kvar vad än summan säger."
            )
            % words
        )
    return _("Någon har satt %(value)d på %(name)s, ”%(level)s”. Märket står kvar vad än summan säger.") % words
