"""What Göliska IT has taken on and is asked for, against its capacity, half-year by half-year. No database here.

The whole effort of an initiative is counted to the half-year in which its work is wished to begin. Source:
docs/process.md, *Göliska IT*.
"""

from __future__ import annotations

import datetime as dt
import statistics
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .periods import HalfYear

AHEAD = 4
"""Half-years shown: the one that runs and those that follow."""


@dataclass(frozen=True)
class Effort:
    """One initiative's claim on Göliska IT."""

    wished_start: dt.date | None
    hours: int | None
    is_committed: bool
    """Taken on by the förbundsdirektör, or begun; else asked for."""


@dataclass(frozen=True)
class Load:
    """Hours of one half-year. ``capacity`` is None where nobody has stated it, which is not 0."""

    half_year: HalfYear
    committed: int
    asked: int
    unestimated: int
    """Initiatives without an estimate: they are in none of the hours."""
    capacity: int | None

    @property
    def left(self) -> int | None:
        """Hours not yet taken on or asked for; negative where more is asked for than there is."""
        return None if self.capacity is None else self.capacity - self.committed - self.asked


def loads(efforts: Iterable[Effort], capacities: Mapping[HalfYear, int], today: dt.date) -> list[Load]:
    """The half-year that runs and the next ones. What should have begun earlier, and is not done, counts as now."""
    half_years = [HalfYear.of(today)]
    while len(half_years) < AHEAD:
        half_years.append(half_years[-1].next())
    by_period: dict[HalfYear, list[Effort]] = {half_year: [] for half_year in half_years}
    for effort in efforts:
        if effort.wished_start is not None:
            by_period.setdefault(max(HalfYear.of(effort.wished_start), half_years[0]), []).append(effort)
    return [_load(half_year, by_period[half_year], capacities.get(half_year)) for half_year in half_years]


def _load(half_year: HalfYear, efforts: list[Effort], capacity: int | None) -> Load:
    committed = sum(effort.hours or 0 for effort in efforts if effort.is_committed)
    asked = sum(effort.hours or 0 for effort in efforts if not effort.is_committed)
    return Load(half_year, committed, asked, sum(effort.hours is None for effort in efforts), capacity)


@dataclass(frozen=True)
class Answer:
    """An assessment that was asked for on one day and handed in on another."""

    asked: dt.date
    answered: dt.date
    due: dt.date

    @property
    def days(self) -> int:
        return (self.answered - self.asked).days


@dataclass(frozen=True)
class AnswerTime:
    """How long the assessments of one half-year took. Both figures are None where there were none: unknown, not 0."""

    half_year: HalfYear
    number: int
    median_days: float | None
    percent_in_time: float | None


def answer_times(answers: Iterable[Answer], half_years: Iterable[HalfYear]) -> list[AnswerTime]:
    """Of each of the half-years, by the day on which the assessment was handed in."""
    found = list(answers)
    return [
        _time(half_year, [one for one in found if HalfYear.of(one.answered) == half_year]) for half_year in half_years
    ]


def _time(half_year: HalfYear, answers: list[Answer]) -> AnswerTime:
    if not answers:
        return AnswerTime(half_year, 0, None, None)
    in_time = sum(one.answered <= one.due for one in answers)
    median = statistics.median(one.days for one in answers)
    return AnswerTime(half_year, len(answers), float(median), 100 * in_time / len(answers))
