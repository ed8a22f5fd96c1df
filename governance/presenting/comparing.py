"""Everyone's answers side by side: each criterion drawn as dots on a line, and the same said in words."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from initiatives.models import Criterion, JointMark
from initiatives.results import Comparison, CriterionAnswers, Given
from initiatives.scoring import HIGHEST, LOWEST, Aggregate, CriterionResult, one_decimal

from .backlog import QUADRANT_WORDS

LEFT, STEP, PITCH, TOP = 34, 62, 14, 12
"""The line of dots: where level 1 stands, how far it is to the next, from dot to dot, and the room above."""
TALLEST = 4
"""As many dots as stand on each other; more of them stand beside."""
BELOW, DIGITS, AGREED = 30, 22, 37
"""Under the line: the room for the digits, where they stand, and where the mark of what is agreed on stands."""


def spoken_number(value: Fraction | None) -> str:
    """A median or a mean: with a decimal only where it is not whole."""
    return "" if value is None else number_format(one_decimal(value).normalize())


def level_words(criterion: Criterion, value: Fraction | int | None) -> str:
    """The words of a level; of a half, those on either side of it."""
    if value is None:
        return ""
    texts, exact = criterion.level_texts, Fraction(value)
    below = texts[int(exact) - 1]
    if exact.denominator == 1:
        return f"”{below}”"
    return _("mellan ”%(below)s” och ”%(above)s”") % {"below": below, "above": texts[int(exact)]}


def reason_to_discuss(result: CriterionResult, minimum: int) -> str:
    """Why a criterion needs to be talked about, as a sentence; empty when it does not."""
    if not result.needs_discussion:
        return ""
    said = []
    if result.is_wide:
        said.append(_("Svaren skiljer sig %(steps)s steg.") % {"steps": spoken_number(result.range)})
    if result.below_minimum:
        said.append(_("För få svar: %(n)d av minst %(minimum)d.") % {"n": result.n, "minimum": minimum})
    return " ".join(said)


@dataclass(frozen=True)
class Dot:
    x: int
    y: int
    is_own: bool


@dataclass(frozen=True)
class Answer:
    """One person's answer with the words of its level."""

    given: Given
    words: str


@dataclass(frozen=True)
class Line:
    """One criterion of the comparison."""

    answers: CriterionAnswers
    minimum: int

    @property
    def criterion(self) -> Criterion:
        return self.answers.criterion

    @property
    def result(self) -> CriterionResult:
        return self.answers.result

    @property
    def reason(self) -> str:
        return reason_to_discuss(self.result, self.minimum)

    @property
    def median(self) -> str:
        return spoken_number(self.result.median)

    @property
    def median_words(self) -> str:
        return level_words(self.criterion, self.result.median)

    @property
    def agreed(self) -> JointMark | None:
        """What stands instead of the median."""
        standing = self.answers.standing
        return standing if standing and standing.value is not None else None

    @property
    def agreed_words(self) -> str:
        return level_words(self.criterion, self.agreed.value) if self.agreed else ""

    @property
    def taken_back(self) -> JointMark | None:
        """The latest word, where it is that the median counts again."""
        standing = self.answers.standing
        return standing if standing and standing.value is None else None

    @property
    def earlier(self) -> tuple[JointMark, ...]:
        """What stood before, the latest first."""
        return tuple(reversed(self.answers.marks[:-1]))

    @property
    def everybody(self) -> list[Answer]:
        return [Answer(given, level_words(self.criterion, given.value)) for given in self.answers.given]

    @property
    def spoken(self) -> str:
        """The drawing as words."""
        parts = [", ".join(str(value) for value in self.answers.values) or _("inga svar")]
        if self.result.median is not None:
            parts.append(_("median %s") % self.median)
        if self.result.n > 1:
            parts.append(_("spann %s") % spoken_number(self.result.range))
        if unknown := len(self.answers.given) - self.result.n:
            parts.append(_("%d vet inte") % unknown)
        if self.agreed:
            parts.append(_("gemensamt värde %d") % self.agreed.value)
        return " · ".join(parts)

    # The drawing
    @cached_property
    def _stacks(self) -> dict[int, list[Given]]:
        stacks: dict[int, list[Given]] = {}
        for given in sorted(self.answers.given, key=lambda given: not given.is_own):
            if given.value is not None:
                stacks.setdefault(given.value, []).append(given)
        return stacks

    @property
    def _tallest(self) -> int:
        return max((len(stack) for stack in self._stacks.values()), default=1)

    @property
    def base(self) -> int:
        """Where the line is, below its tallest stack."""
        return TOP + PITCH * min(self._tallest, TALLEST)

    @property
    def height(self) -> int:
        return self.base + BELOW + (AGREED - DIGITS if self.agreed else 0)

    @property
    def digits_y(self) -> int:
        return self.base + DIGITS

    @property
    def agreed_y(self) -> int:
        return self.base + AGREED

    @property
    def levels(self) -> list[tuple[int, int]]:
        """Each level with its place on the line."""
        return [(level, _place(level)) for level in range(LOWEST, HIGHEST + 1)]

    @property
    def dots(self) -> list[Dot]:
        """A dot for each answer, equal ones in a stack, or in several beside each other where there are many."""
        beside = -(-self._tallest // TALLEST)
        found = []
        for value, stack in sorted(self._stacks.items()):
            columns = min(beside, len(stack))
            for number, given in enumerate(stack):
                row, column = divmod(number, columns)
                x = _place(value) + (2 * column - columns + 1) * PITCH // 2
                found.append(Dot(x, self.base - PITCH * row - PITCH // 2 - 1, given.is_own))
        return found

    @property
    def median_x(self) -> int | None:
        return None if self.result.median is None else _place(self.result.median)

    @property
    def agreed_x(self) -> int | None:
        return None if self.agreed is None else _place(self.agreed.value or LOWEST)


def _place(value: Fraction | int) -> int:
    return round(LEFT + STEP * (Fraction(value) - LOWEST))


WIDTH = LEFT * 2 + STEP * (HIGHEST - LOWEST)


@dataclass(frozen=True)
class Change:
    """One figure by the medians alone and with what has been agreed on."""

    name: str
    before: str
    after: str

    @property
    def is_changed(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True)
class Compared:
    """A round to look at together."""

    found: Comparison
    lines: tuple[Line, ...]

    @property
    def to_discuss(self) -> list[Line]:
        return [line for line in self.lines if line.reason]

    @property
    def agreed(self) -> int:
        return sum(line.agreed is not None for line in self.lines)

    @property
    def changes(self) -> list[Change]:
        before, after = _figures(self.found.before), _figures(self.found.joint)
        names = (_("Poäng av 100"), _("Ruta i matrisen"), _("Underlagets säkerhet"))
        return [Change(*row) for row in zip(names, before, after, strict=True)]

    @property
    def assessors(self) -> str:
        n = self.found.joint.counted
        return ngettext("%(n)d bedömare", "%(n)d bedömare", n) % {"n": n}

    @property
    def has_own(self) -> bool:
        return any(given.is_own for line in self.lines for given in line.answers.given)


def _figures(joint: Aggregate) -> tuple[str, str, str]:
    score = _("Ingen poäng") if joint.score is None else number_format(one_decimal(joint.score), 1)
    field = joint.quadrant
    certainty = number_format(round(joint.certainty * 100))
    return score, str(QUADRANT_WORDS[field]) if field else _("Saknas"), f"{certainty} %"


def compared(found: Comparison, minimum: int) -> Compared:
    return Compared(found, tuple(Line(row, minimum) for row in found.rows))
