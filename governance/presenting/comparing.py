"""Everyone's answers side by side: each criterion drawn as dots on a line, and said in words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from initiatives.results import CriterionAnswers
from initiatives.scoring import one_decimal

LEFT, STEP, SMALL, LARGER = 9, 33, 4, 2
"""The line of dots: where level 1 stands, how far it is to the next, and how a dot grows with each answer."""


@dataclass(frozen=True)
class Dot:
    x: int
    r: int


@dataclass(frozen=True)
class Line:
    """One criterion of the comparison, drawn."""

    answers: CriterionAnswers

    @property
    def dots(self) -> list[Dot]:
        times = Counter(self.answers.values)
        return [Dot(LEFT + STEP * (value - 1), SMALL + LARGER * (n - 1)) for value, n in sorted(times.items())]

    @property
    def median(self) -> str:
        """With a decimal only where the median is a half."""
        median = self.answers.result.median
        return "" if median is None else number_format(one_decimal(median).normalize())

    @property
    def spoken(self) -> str:
        """The same as words, for those who do not see the dots."""
        return ", ".join(str(value) for value in self.answers.values) or _("inga svar")
