"""What the ranking would be with other weights: reckoned for the one who asks, and kept nowhere.

Among the same closed rounds as the ranking, as the person may see them. Source: docs/bedomning.md, *Andra vikter*.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from initiatives.models import AssessmentModel, Axis, Criterion, Initiative, Round
from initiatives.scoring import FULL_WEIGHT, Ranked, one_decimal, rank, reweighted, scores, stability
from initiatives.scoring import Criterion as Weighted
from v6portal.organizations.models import User

from .backlog import Selection, scored

NARROW = ("pk", "place", "through", "joint_score", "joint_values", "model_id")
WHOLE = (
    "initiative__reference",
    "initiative__title",
    "initiative__organisation__key",
    "initiative__organisation__short_name",
    "initiative__case__status",
)
STEADY, FAIRLY_STEADY = 0.95, 0.75
"""From these shares of the draws up, in words."""
Weights = Mapping[str, Decimal]


@lru_cache(maxsize=256)
def _exact(told: str) -> Fraction:
    return Fraction(told)


@dataclass(frozen=True)
class Standing:
    """An initiative's round in the ranking as it is."""

    pk: int
    place: int
    through: int
    score: Decimal
    joint_values: Mapping[str, str | None]
    model: int

    @property
    def values(self) -> dict[str, Fraction | None]:
        return {code: told and _exact(told) for code, told in self.joint_values.items()}  # type: ignore[misc]


@dataclass(frozen=True)
class Field:
    """All that is ranked in a selection, and the criteria that it was scored by, the newest version's first."""

    standings: Sequence[Standing]
    models: Sequence[AssessmentModel]

    @property
    def criteria(self) -> list[Criterion]:
        """Those whose weights may be changed: the newest version's that anything here was scored by."""
        return list(self.models[0].criteria.all())

    @property
    def older(self) -> int:
        """How many were scored by an earlier version."""
        return sum(standing.model != self.models[0].pk for standing in self.standings)

    def weighed(self, weights: Weights) -> tuple[Weighted, ...]:
        """Every criterion once, by code, with the weight to try.

        One that only an earlier version has keeps its own share of that version's hundred.
        """
        by_code = {c.code: c.for_scoring() for model in reversed(self.models) for c in model.criteria.all()}
        whole = sum(weights.values(), Decimal(0))
        kept = {code: c.weight * whole / FULL_WEIGHT for code, c in by_code.items() if code not in weights}
        return reweighted(by_code.values(), {**kept, **weights})


def field_of(selection: Selection, user: User) -> Field:
    """The selection as the ranking has it. Three statements, however many it holds."""
    standings = [Standing(*row) for row in scored(selection, user).values_list(*NARROW)]
    used = {standing.model for standing in standings} or {AssessmentModel.objects.current().pk}
    models = AssessmentModel.objects.filter(pk__in=used).prefetch_related("criteria")
    return Field(standings, list(models.order_by("-published_at", "-pk")))


@dataclass
class Moved:
    """Where one initiative would stand, and where it stands."""

    before: Standing
    after: Ranked[int]
    share: float | None
    """How often it stays in the top, 0 to 1; None for one outside the top."""
    round: Round = field(init=False)

    @property
    def initiative(self) -> Initiative:
        return self.round.initiative

    @property
    def up(self) -> int:
        """How many places up, below 0 for down; 0 for one that stays or would have no place."""
        return self.before.place - self.after.place if self.after.place else 0

    @property
    def movement(self) -> str:
        if self.after.place is None:
            return str(_("ingen poäng"))
        if not self.up:
            return str(_("oförändrad"))
        return str(_("upp %(steps)d") if self.up > 0 else _("ned %(steps)d")) % {"steps": abs(self.up)}

    @property
    def direction(self) -> str:
        """For its colour and its arrow, which only repeat the words."""
        return "up" if self.up > 0 else "down" if self.up < 0 else "same"

    @property
    def arrow(self) -> str:
        return {"up": "↑", "down": "↓", "same": ""}[self.direction]

    @property
    def was(self) -> str:
        """The place it has now, in words."""
        told = _("nu %(place)d, delad") if self.before.through > self.before.place else _("nu %(place)d")
        return str(told) % {"place": self.before.place}

    @property
    def score_shown(self) -> Decimal | None:
        return None if self.after.score is None else one_decimal(self.after.score)

    @property
    def percent(self) -> int | None:
        """Whole per cent; rounded down, so that 100 means always."""
        return None if self.share is None else int(self.share * 100)

    @property
    def firmness(self) -> str:
        if self.share is None:
            return ""
        if self.share >= STEADY:
            return str(_("säker"))
        return str(_("ganska säker") if self.share >= FAIRLY_STEADY else _("osäker"))


@dataclass(frozen=True)
class Answer:
    """The ranking with the weights that were tried."""

    moved: Sequence[Moved]
    top: int

    @cached_property
    def changed(self) -> int:
        """How many would stand elsewhere than now."""
        return sum(bool(one.up) or one.after.place is None for one in self.moved)

    @cached_property
    def entering(self) -> list[Moved]:
        """Those that would come into the top."""
        return [one for one in self.moved if self._in_top(one.after.place) and not self._in_top(one.before.place)]

    @cached_property
    def leaving(self) -> list[Moved]:
        """Those that would fall out of it."""
        return [one for one in self.moved if self._in_top(one.before.place) and not self._in_top(one.after.place)]

    def _in_top(self, place: int | None) -> bool:
        return place is not None and place <= self.top

    @property
    def has_shares(self) -> bool:
        """Whether there is anything to be firm against: more initiatives than places in the top."""
        return any(one.share is not None for one in self.moved)

    @property
    def told(self) -> str:
        """What happens, in a sentence to be read aloud."""
        if not self.moved:
            return str(_("Det finns inget att räkna om i urvalet."))
        if not self.changed:
            return str(_("Ingen byter plats med de här vikterna."))
        words = {"changed": self.changed, "all": len(self.moved)}
        return (
            ngettext(
                "%(changed)d av %(all)d byter plats med de här vikterna.",
                "%(changed)d av %(all)d byter plats med de här vikterna.",
                self.changed,
            )
            % words
        )

    def page(self, first: int, size: int) -> list[Moved]:
        """That many from the one with index ``first``, with their initiatives; and those that enter or leave.

        One statement.
        """
        shown = list(self.moved[first : first + size])
        named = [*shown, *self.entering, *self.leaving]
        rounds = Round.objects.select_related("initiative__organisation", "initiative__case").only(*WHOLE)
        whole = rounds.in_bulk([one.before.pk for one in named])
        for one in named:
            one.round = whole[one.before.pk]
        return shown


def what_if(found: Field, weights: Weights, top: int) -> Answer:
    """The field in the order that the weights give, and how firm the ``top`` first are. Nothing is read or written.

    ``weights`` are by criterion code, 0 or more and not all of them 0; what they add up to means nothing.
    """
    criteria = found.weighed(weights)
    values = {standing.pk: standing.values for standing in found.standings}
    ranked = rank(scores(criteria, values).items())
    shares = stability(criteria, values, top) if len(found.standings) > top else {}
    before = {standing.pk: standing for standing in found.standings}
    return Answer([Moved(before[one.key], one, shares.get(one.key)) for one in ranked], top)


@dataclass(frozen=True)
class Preset:
    name: str
    weights: dict[str, Decimal]


EQUAL = Decimal(10)


def presets(criteria: Sequence[Criterion]) -> list[Preset]:
    """Weights to begin with: equal ones, and each axis alone with its weights as they are."""

    def alone(axis: Axis) -> dict[str, Decimal]:
        return {c.code: c.weight if c.axis == axis else Decimal(0) for c in criteria}

    return [
        Preset(str(_("Lika vikter")), {c.code: EQUAL for c in criteria}),
        Preset(str(_("Bara nytta")), alone(Axis.BENEFIT)),
        Preset(str(_("Bara genomförbarhet")), alone(Axis.FEASIBILITY)),
    ]


def shares(weights: Mapping[Any, Decimal]) -> dict[Any, Fraction]:
    """How many per cent of the whole each weight is."""
    whole = sum(map(Fraction, weights.values()), Fraction(0))
    return {key: 100 * Fraction(weight) / whole if whole else Fraction(0) for key, weight in weights.items()}
