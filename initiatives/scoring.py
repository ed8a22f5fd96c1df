"""The arithmetic of assessment: what an initiative scores, and how sure that is.

Plain functions over plain values; no database and no framework. Numbers are exact (``Fraction``) until they
are shown, so equal scores are equal and a tie is a tie. ``ranking`` is handed on from here.

Source of the rules: the assessment model 2024.1; what it leaves open is settled in docs/decisions/0002.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import floor
from statistics import median, pvariance

from .ranking import Answers as Answers
from .ranking import Number as Number
from .ranking import Ranked as Ranked
from .ranking import rank as rank
from .ranking import scores as scores
from .ranking import stability as stability

LOWEST, HIGHEST = 1, 5
HIGH_AXIS = 3
"""An axis mean from here up counts as high."""
RISK_CODE = "G3"
"""The criterion where a single 1 flags the initiative whatever its total."""
RISK_VALUE = 1
WIDE_RANGE = 3
"""Answers this far apart on one criterion need to be discussed."""
FULL_WEIGHT = 100


class Axis(StrEnum):
    BENEFIT = "benefit"
    FEASIBILITY = "feasibility"


class Quadrant(StrEnum):
    """The four fields of the matrix."""

    DO_NOW = "do_now"
    PRESTUDY_FIRST = "prestudy_first"
    QUICK_WIN = "quick_win"
    WAIT = "wait"


class WeightProblem(StrEnum):
    """Why a set of criteria cannot be published."""

    NO_CRITERIA = "no_criteria"
    REPEATED_CODE = "repeated_code"
    NOT_POSITIVE = "not_positive"
    SUM_NOT_100 = "sum_not_100"


@dataclass(frozen=True, slots=True)
class Criterion:
    code: str
    axis: Axis
    weight: Decimal


@dataclass(frozen=True, slots=True)
class Term:
    """One line of "why this score": the contributions of all terms add up to the score exactly."""

    code: str
    weight: Fraction
    value: Fraction
    contribution: Fraction


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one assessor handed in. With ``conflict`` (jäv) it counts as if it never had been."""

    assessor: Hashable
    values: Answers
    conflict: bool = False


@dataclass(frozen=True, slots=True)
class CriterionResult:
    """The answers to one criterion put together. ``n`` leaves out *vet inte*."""

    code: str
    n: int
    median: Fraction | None
    low: Fraction | None
    high: Fraction | None
    range: Fraction | None
    agreed: Fraction | None
    below_minimum: bool
    variance: Fraction | None = None

    @property
    def value(self) -> Fraction | None:
        """What the joint score uses: the value agreed in a meeting if there is one, else the median."""
        return self.median if self.agreed is None else self.agreed

    @property
    def is_wide(self) -> bool:
        return self.range is not None and self.range >= WIDE_RANGE

    @property
    def needs_discussion(self) -> bool:
        """Too far apart or too few, and not yet settled by a joint assessment (docs/decisions/0002)."""
        return self.agreed is None and (self.is_wide or self.below_minimum)


@dataclass(frozen=True, slots=True)
class Aggregate:
    """The joint result of several assessors. ``counted`` and ``excluded`` are numbers of sheets."""

    criteria: tuple[CriterionResult, ...]
    counted: int
    excluded: int
    score: Fraction | None
    certainty: Fraction
    benefit: Fraction | None
    feasibility: Fraction | None
    risk_flagged: bool
    terms: tuple[Term, ...]

    @property
    def quadrant(self) -> Quadrant | None:
        return quadrant(self.benefit, self.feasibility)

    @property
    def needs_discussion(self) -> tuple[str, ...]:
        """The codes of the criteria that put the initiative on *Behöver diskuteras*."""
        return tuple(result.code for result in self.criteria if result.needs_discussion)

    @property
    def values(self) -> dict[str, Fraction | None]:
        """What the joint score is made of, to score again with other weights."""
        return {result.code: result.value for result in self.criteria}


def to_decimal(value: Number, places: int) -> Decimal:
    """``value`` with that many decimals, halves rounded away from zero (ROUND_HALF_UP) in one exact step."""
    exact = Fraction(value)
    units = floor(abs(exact) * 10**places + Fraction(1, 2))
    return Decimal(units if exact >= 0 else -units).scaleb(-places)


def one_decimal(value: Number) -> Decimal:
    """A score or mean as it is shown."""
    return to_decimal(value, 1)


def weight_problem(criteria: Sequence[Criterion]) -> WeightProblem | None:
    """The first reason why these criteria cannot be published, or None."""
    if not criteria:
        return WeightProblem.NO_CRITERIA
    if len({c.code for c in criteria}) < len(criteria):
        return WeightProblem.REPEATED_CODE
    if any(c.weight <= 0 for c in criteria):
        return WeightProblem.NOT_POSITIVE
    return None if total_weight(criteria) == FULL_WEIGHT else WeightProblem.SUM_NOT_100


def total_weight(criteria: Iterable[Criterion]) -> Fraction:
    return sum((Fraction(c.weight) for c in criteria), Fraction(0))


def _exact(code: str, value: Number) -> Fraction:
    exact = Fraction(value)
    if not LOWEST <= exact <= HIGHEST:
        raise ValueError(f"{code}: {value} is outside {LOWEST}–{HIGHEST}")
    return exact


def _answered(criteria: Iterable[Criterion], values: Answers) -> list[tuple[Criterion, Fraction]]:
    """The criteria that have a value, with it. Codes that the criteria do not name are not looked at."""
    found = ((c, values.get(c.code)) for c in criteria)
    return [(c, _exact(c.code, value)) for c, value in found if value is not None]


def terms(criteria: Iterable[Criterion], values: Answers) -> tuple[Term, ...]:
    """The score as readable arithmetic, one term an answered criterion.

    A contribution is ``100 · w · (s − 1) / 4 ÷ Σ w``, the sum over what is answered. Raises ValueError
    for a value outside 1–5.
    """
    answered = _answered(criteria, values)
    total = total_weight(c for c, _ in answered)
    if not total:
        return ()
    step = Fraction(100, HIGHEST - LOWEST)
    return tuple(
        Term(c.code, Fraction(c.weight), value, step * Fraction(c.weight) * (value - LOWEST) / total)
        for c, value in answered
    )


def score(criteria: Iterable[Criterion], values: Answers) -> Fraction | None:
    """0 to 100 over what is answered; None, not 0, when nothing is. ValueError for a value outside 1–5."""
    parts = terms(criteria, values)
    return sum((term.contribution for term in parts), Fraction(0)) if parts else None


def certainty(criteria: Sequence[Criterion], values: Answers) -> Fraction:
    """*Underlagets säkerhet*: the share, 0 to 1, of the weight that is answered."""
    total = total_weight(criteria)
    return total_weight(c for c, _ in _answered(criteria, values)) / total if total else Fraction(0)


def axis_mean(criteria: Iterable[Criterion], values: Answers, axis: Axis) -> Fraction | None:
    """The weighted mean, 1 to 5, of the answered criteria of one axis; None when none of them is answered."""
    parts = terms([c for c in criteria if c.axis == axis], values)
    weight = sum((term.weight for term in parts), Fraction(0))
    return sum((term.weight * term.value for term in parts), Fraction(0)) / weight if parts else None


def quadrant(benefit: Number | None, feasibility: Number | None) -> Quadrant | None:
    """The field of the matrix; None when an axis is missing. Ask with exact means, not with shown ones."""
    if benefit is None or feasibility is None:
        return None
    if benefit >= HIGH_AXIS:
        return Quadrant.DO_NOW if feasibility >= HIGH_AXIS else Quadrant.PRESTUDY_FIRST
    return Quadrant.QUICK_WIN if feasibility >= HIGH_AXIS else Quadrant.WAIT


def risk_flag(everyones_values: Iterable[Answers], risk_code: str = RISK_CODE) -> bool:
    """Whether anybody at all gave the risk criterion a 1; neither median nor agreement takes that away."""
    return any(values.get(risk_code) == RISK_VALUE for values in everyones_values)


def _combined(code: str, given: Sequence[Fraction], agreed: Number | None, minimum: int) -> CriterionResult:
    low, high = (min(given), max(given)) if given else (None, None)
    return CriterionResult(
        code=code,
        n=len(given),
        median=median(given) if given else None,
        low=low,
        high=high,
        range=None if low is None or high is None else high - low,
        agreed=None if agreed is None else _exact(code, agreed),
        below_minimum=len(given) < minimum,
        variance=pvariance(given) if given else None,
    )


def combine(
    criteria: Iterable[Criterion], everyones_values: Sequence[Answers], agreed: Answers, minimum: int
) -> tuple[CriterionResult, ...]:
    """Criterion by criterion: median, number, spread, and the agreed value beside them."""
    given = {c.code: [v for values in everyones_values for _, v in _answered([c], values)] for c in criteria}
    return tuple(_combined(code, values, agreed.get(code), minimum) for code, values in given.items())


def _one_each(sheets: Iterable[Sheet]) -> list[Sheet]:
    sheets = list(sheets)
    if len({sheet.assessor for sheet in sheets}) < len(sheets):
        raise ValueError("an assessor has more than one sheet")
    return sheets


def aggregate(
    criteria: Sequence[Criterion], sheets: Iterable[Sheet], *, agreed: Answers | None = None, minimum: int
) -> Aggregate:
    """The joint assessment.

    ``agreed`` are the values of the gemensam bedömning, ``minimum`` the number of answers a criterion needs.
    Raises ValueError when an assessor occurs twice or a value is outside 1–5.
    """
    sheets = _one_each(sheets)
    counted = [sheet.values for sheet in sheets if not sheet.conflict]
    results = combine(criteria, counted, agreed or {}, minimum)
    joint = {result.code: result.value for result in results}
    return Aggregate(
        criteria=results,
        counted=len(counted),
        excluded=len(sheets) - len(counted),
        score=score(criteria, joint),
        certainty=certainty(criteria, joint),
        benefit=axis_mean(criteria, joint, Axis.BENEFIT),
        feasibility=axis_mean(criteria, joint, Axis.FEASIBILITY),
        risk_flagged=risk_flag([*counted, agreed or {}]),
        terms=terms(criteria, joint),
    )


def reweighted(criteria: Iterable[Criterion], weights: Mapping[str, Decimal]) -> tuple[Criterion, ...]:
    """The criteria with other weights, for what-if; a code left out keeps its own, 0 mutes it.

    Raises ValueError for a negative weight.
    """
    if negative := [code for code, weight in weights.items() if weight < 0]:
        raise ValueError(f"negative weight: {', '.join(negative)}")
    return tuple(replace(c, weight=weights.get(c.code, c.weight)) for c in criteria)
