"""What differs between two versions of the assessment model: what came and went, what weighs otherwise, what reads
otherwise word by word. Questions and criteria are the same when their codes are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..actions.versions import NOTHING, spoken_weight
from ..comparing import Piece, compare
from ..models import AssessmentModel, Criterion, GateQuestion

Part = TypeVar("Part", GateQuestion, Criterion)
FEW = 3
CRITERION_WORDS: tuple[tuple[str, Callable[[Criterion], str]], ...] = (
    (gettext_lazy("Namn"), lambda criterion: criterion.name),
    (gettext_lazy("Axel"), lambda criterion: criterion.get_axis_display()),
    (gettext_lazy("Hjälptext"), lambda criterion: criterion.help),
    (gettext_lazy("Nivå 1"), lambda criterion: criterion.level_1),
    (gettext_lazy("Nivå 2"), lambda criterion: criterion.level_2),
    (gettext_lazy("Nivå 3"), lambda criterion: criterion.level_3),
    (gettext_lazy("Nivå 4"), lambda criterion: criterion.level_4),
    (gettext_lazy("Nivå 5"), lambda criterion: criterion.level_5),
)
QUESTION_WORDS: tuple[tuple[str, Callable[[GateQuestion], str]], ...] = (
    (gettext_lazy("Fråga"), lambda question: question.text),
    (gettext_lazy("Slag"), lambda question: question.get_kind_display()),
    (gettext_lazy("Nivå"), lambda question: question.get_level_display()),
    (gettext_lazy("Hjälptext"), lambda question: question.help),
)


@dataclass(frozen=True)
class Difference:
    """One text of a question or criterion that reads otherwise."""

    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Changed(Generic[Part]):
    """A question or criterion that both versions have, under its newer words, and what reads otherwise in it."""

    part: Part
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class Parts(Generic[Part]):
    """The questions, or the criteria, of two versions beside each other."""

    added: tuple[Part, ...]
    removed: tuple[Part, ...]
    changed: tuple[Changed[Part], ...]
    unchanged: tuple[Part, ...]

    @property
    def differ(self) -> bool:
        return bool(self.added or self.removed or self.changed)


@dataclass(frozen=True)
class Weight:
    """One line of the table of weights; empty where a version does not have the criterion."""

    criterion: Criterion
    before: str
    after: str
    difference: str

    @property
    def differs(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True)
class VersionComparison:
    old: AssessmentModel
    new: AssessmentModel
    questions: Parts[GateQuestion]
    criteria: Parts[Criterion]
    weights: tuple[Weight, ...]
    old_sum: str
    new_sum: str

    @property
    def summary(self) -> str:
        """What has changed, as sentences to begin with; all of it stands further down."""
        reweighted = [line.criterion for line in self.weights if line.before and line.after and line.differs]
        told = (
            (_("Nya kriterier: %s."), self.criteria.added),
            (_("Borttagna kriterier: %s."), self.criteria.removed),
            (_("Andra vikter: %s."), reweighted),
            (_("Andra ord i kriterier: %s."), [one.part for one in self.criteria.changed]),
            (_("Nya frågor: %s."), self.questions.added),
            (_("Borttagna frågor: %s."), self.questions.removed),
            (_("Andra ord i frågor: %s."), [one.part for one in self.questions.changed]),
        )
        sentences = [words % _named(parts) for words, parts in told if parts]
        return " ".join(sentences) or _("De två versionerna frågar och väger likadant.")


def _named(parts: Sequence[GateQuestion | Criterion]) -> str:
    """By name as long as they are few, else how many."""
    if len(parts) > FEW:
        return _("%d stycken") % len(parts)
    return get_text_list([f"”{one}”" if isinstance(one, GateQuestion) else str(one) for one in parts], _("och"))


def in_order(models: Iterable[AssessmentModel]) -> list[AssessmentModel]:
    """Published ones in the order they were published, then the drafts in the order they were made."""
    return sorted(models, key=lambda m: (m.published_at is None, m.published_at or 0, m.pk))


def comparison(old: AssessmentModel, new: AssessmentModel) -> VersionComparison:
    """What leads from one version to the other. Four statements."""
    before, after = list(old.criteria.all()), list(new.criteria.all())
    return VersionComparison(
        old=old,
        new=new,
        questions=_parts(list(old.gate_questions.all()), list(new.gate_questions.all()), QUESTION_WORDS),
        criteria=_parts(before, after, CRITERION_WORDS),
        weights=tuple(_weights(before, after)),
        old_sum=_sum(before),
        new_sum=_sum(after),
    )


def _parts(old: Sequence[Part], new: Sequence[Part], words: Sequence[tuple[str, Callable[[Part], str]]]) -> Parts[Part]:
    before, after = {part.code: part for part in old}, {part.code: part for part in new}
    both = [(before[code], part) for code, part in after.items() if code in before]
    compared = [Changed(part, tuple(_differences(was, part, words))) for was, part in both]
    return Parts(
        added=tuple(part for code, part in after.items() if code not in before),
        removed=tuple(part for code, part in before.items() if code not in after),
        changed=tuple(one for one in compared if one.differences),
        unchanged=tuple(one.part for one in compared if not one.differences),
    )


def _differences(old: Part, new: Part, words: Sequence[tuple[str, Callable[[Part], str]]]) -> Iterator[Difference]:
    for label, text in words:
        before, after = text(old).replace("\r\n", "\n"), text(new).replace("\r\n", "\n")
        if before != after:
            yield Difference(str(label), compare(before, after))


def _weights(old: Sequence[Criterion], new: Sequence[Criterion]) -> Iterator[Weight]:
    """The criteria of the newer version in its order, then those that are gone."""
    before, after = {c.code: c for c in old}, {c.code: c for c in new}
    for code in [*after, *(code for code in before if code not in after)]:
        was, now = before.get(code), after.get(code)
        yield Weight(
            criterion=now or before[code],
            before=spoken_weight(was.weight) if was else "",
            after=spoken_weight(now.weight) if now else "",
            difference=_signed((now.weight if now else NOTHING) - (was.weight if was else NOTHING)),
        )


def _signed(number: Decimal) -> str:
    """With its sign, a minus as one writes it; nothing for no difference."""
    if number == 0:
        return ""
    return f"{'+' if number > 0 else '−'}{spoken_weight(abs(number))}"


def _sum(criteria: Iterable[Criterion]) -> str:
    return spoken_weight(sum((criterion.weight for criterion in criteria), NOTHING))
