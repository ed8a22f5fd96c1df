"""A person's own assessment while she makes it: how far she has come, what it gives, what has changed meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from initiatives import scoring
from initiatives.actions.assessing import Mark
from initiatives.models import Round
from initiatives.own_answers import OwnAnswers, same

from ..actions.assessing import Desk
from ..acts import Act
from ..models import Case
from .changes import Comparison, Said, comparison, reason

if TYPE_CHECKING:
    from initiatives.own_answers import Marked


@dataclass(frozen=True)
class Standing:
    """How many criteria are answered, and what the answers give; ``score`` is None while none has a value."""

    answered: int
    total: int
    score: Decimal | None
    certainty: int
    """*Underlagets säkerhet* in per cent: the weight that has a value."""


def standing_of(round: Round, values: Mapping[str, int | None]) -> Standing:
    """By the model's arithmetic; the round's criteria are loaded."""
    criteria = round.model.scoring_criteria()
    exact = scoring.score(criteria, values)
    return Standing(
        answered=sum(c.code in values for c in criteria),
        total=len(criteria),
        score=None if exact is None else scoring.one_decimal(exact),
        certainty=int(scoring.to_decimal(scoring.certainty(criteria, values) * 100, 0)),
    )


def changes_since(case: Case, own: OwnAnswers) -> Comparison | None:
    """What has changed in the text since the earliest answer that waits to be confirmed. One statement, or none."""
    if not own.is_outdated:
        return None
    revisions = case.initiative.revisions.filter(number__in=(own.oldest, own.newest))
    contents = dict(revisions.values_list("number", "content"))
    return comparison(contents[own.oldest], contents[own.newest])


def reasons_since(case: Case, own: OwnAnswers) -> list[Said]:
    """What those who have changed the text since then say that they changed, and why. One statement, or none."""
    if not own.is_outdated:
        return []
    made_at = case.initiative.revisions.filter(number__gt=own.oldest).values("made_at")
    return [reason(event) for event in case.events.filter(kind=Act.AMEND, occurred_at__in=made_at).in_order()]


@dataclass(frozen=True)
class Difference:
    """A criterion that is answered in one way where it was saved, and in another on this page."""

    criterion: str
    stored: str
    typed: str


def differences(desk: Desk, marks: Mapping[str, Mark]) -> list[Difference]:
    """Criterion by criterion, what is saved and what this page would save instead."""
    found = []
    for criterion in desk.round.model.criteria.all():
        stored, typed = desk.own.current.get(criterion.code), marks.get(criterion.code)
        if (stored or typed) and not (typed and same(stored, typed)):
            found.append(Difference(str(criterion), _shown(stored), _shown(typed)))
    return found


def _shown(mark: Marked | None) -> str:
    if mark is None:
        return _("inget svar")
    value = _("vet inte") if mark.value is None else str(mark.value)
    return f"{value}. {mark.motivation}" if mark.motivation else value
