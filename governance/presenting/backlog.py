"""The backlog in the order of its scores: a kommun's own, and the joint one of V6.

Only closed rounds count. What an open round holds is neither shown, counted nor sorted by, whoever asks.
Source: docs/bedomning.md, *Så går poängsättningen till*; the assessment model 2024.1 (matrix, ties).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import Rank
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from initiatives.models import Initiative, Level, Round, visible_to
from initiatives.scoring import Quadrant, quadrant
from v6portal.organizations.models import User

from ..acts import Act
from ..models import Case, Event
from ..statuses import Status

QUADRANT_WORDS = {
    Quadrant.DO_NOW: _("Gör nu"),
    Quadrant.PRESTUDY_FIRST: _("Förstudie först"),
    Quadrant.QUICK_WIN: _("Snabb vinst"),
    Quadrant.WAIT: _("Avvakta"),
}

QUEUE = {
    Level.KOMMUN: frozenset({Status.QUALIFIED, Status.PRIORITISED}),
    Level.V6: frozenset({Status.V6_PRIORITISING, Status.AWAITING_START}),
}
"""Where an initiative waits for its turn, by level."""

PLACED_BY = {
    Level.KOMMUN: ("initiative__case__backlog_order", Act.PRIORITISE),
    Level.V6: ("initiative__case__v6_order", Act.V6_PRIORITISE),
}
"""Where the order that people have set is kept, and the act that sets it."""

SCOPES = {"queue": _("Väntar på beslut"), "all": _("Alla som har bedömts")}
SORTS = {"score": _("Poäng"), "order": _("Fastställd ordning"), "disagreement": _("Mest oeniga först")}
CERTAIN, RATHER_CERTAIN = Decimal("0.8"), Decimal("0.5")
UNSCORED_SHOWN = 50

ROUND_COLUMNS = (
    "level",
    "model",
    "joint_score",
    "joint_values",
    "certainty",
    "benefit",
    "feasibility",
    "risk_flagged",
    "needs_discussion",
    "handed_in",
    "initiative__reference",
    "initiative__title",
    "initiative__organisation__key",
    "initiative__organisation__short_name",
    "initiative__case__status",
)


@dataclass(frozen=True)
class Selection:
    """Which backlog: the level, whose (0 at the level of V6), and whether what has left the queue is there too."""

    level: Level
    organisation: int = 0
    scope: str = "queue"

    @property
    def is_queue(self) -> bool:
        """Whether it is what people set the order over."""
        return self.scope == "queue"

    def holds(self, prefix: str = "") -> Q:
        """The initiatives in it, as a condition; ``prefix`` is the path to the initiative."""
        condition = Q()
        if self.organisation:
            condition &= Q(**{f"{prefix}organisation": self.organisation})
        if self.is_queue:
            condition &= Q(**{f"{prefix}case__status__in": QUEUE[self.level]})
        return condition


@dataclass(frozen=True, slots=True)
class Numbered:
    """A round in the queue by its numbers alone: its place, the last of those that share it, and where people put it.

    ``sharing`` is how many initiatives have been given that very place.
    """

    pk: int
    place: int
    through: int
    decided: int | None
    disagreement: Decimal
    needs_discussion: bool
    is_shown: bool
    sharing: int = 0


@dataclass(frozen=True)
class Place:
    """One initiative in the ranking."""

    round: Round
    numbered: Numbered
    in_queue: bool
    """Whether it is ranked among what the decided order is set over; else the two places say nothing of each other."""

    @property
    def number(self) -> int:
        return self.numbered.place

    @property
    def tied(self) -> bool:
        return self.numbered.through > self.numbered.place

    @property
    def decided(self) -> int | None:
        """The place that people have set, where they have."""
        return self.numbered.decided

    @property
    def initiative(self) -> Initiative:
        return self.round.initiative

    @property
    def case(self) -> Case:
        return self.initiative.case

    @property
    def quadrant(self) -> str:
        found = quadrant(self.round.benefit, self.round.feasibility)
        return str(QUADRANT_WORDS[found]) if found else ""

    @property
    def assessments(self) -> str:
        """How many have assessed it, in words."""
        count = self.round.handed_in
        return ngettext("%(count)d bedömning", "%(count)d bedömningar", count) % {"count": count}

    @property
    def certainty_percent(self) -> int:
        return round((self.round.certainty or Decimal(0)) * 100)

    @property
    def certainty_words(self) -> str:
        return certainty_words(self.round.certainty)

    @property
    def order_differs(self) -> bool:
        """Whether people have put it somewhere else than its score does."""
        return self.in_queue and self.decided is not None and self.decided != self.number

    @property
    def difference(self) -> str:
        """The two places beside each other, in words; empty where they are the same."""
        if not self.order_differs:
            return ""
        return _now("poängen säger %(computed)d, fastställd %(decided)d") % {
            "computed": self.number,
            "decided": self.decided,
        }

    @property
    def shares_the_decided_place(self) -> bool:
        return self.in_queue and self.numbered.sharing > 1

    @property
    def reason(self) -> str:
        """Why people put it there, if they said so."""
        return self.round.reason or ""  # type: ignore[attr-defined]


def certainty_words(certainty: Decimal | None) -> str:
    """*Underlagets säkerhet* in a word: how much of the weight was answered."""
    share = certainty or Decimal(0)
    return _now("hög") if share >= CERTAIN else _now("medel") if share >= RATHER_CERTAIN else _now("låg")


def closed_and_scored(selection: Selection, user: User) -> QuerySet[Round]:
    """The newest closed round of each initiative in the selection, where it gave a score, the highest first."""
    closed = Round.objects.filter(level=selection.level, closed_at__isnull=False)
    newer = closed.filter(initiative=OuterRef("initiative")).filter(
        Q(closed_at__gt=OuterRef("closed_at")) | Q(closed_at=OuterRef("closed_at"), pk__gt=OuterRef("pk"))
    )
    rounds = closed.filter(visible_to(user, "initiative__"), selection.holds("initiative__"), ~Exists(newer))
    return rounds.filter(joint_score__isnull=False).order_by("-joint_score", "initiative__sort_key", "pk")


def scored(selection: Selection, user: User) -> QuerySet[Round]:
    """The selection by score, the highest first.

    ``place`` and ``through`` (how many have as high a score or higher) are reckoned over the whole selection, so that
    every page and every filter shows the same numbers: equal scores share a place and the next is passed over, as in
    ``initiatives.ranking.rank``.
    """
    by_score = F("joint_score").desc()
    return closed_and_scored(selection, user).annotate(
        place=Window(Rank(), order_by=by_score), through=Window(Count("pk"), order_by=by_score)
    )


def numbered(selection: Selection, user: User, narrowing: Q | None = None) -> list[Numbered]:
    """Every round of the selection by its numbers, the highest score first; ``narrowing`` says which are shown.

    One statement. Narrow rows: the whole queue is numbered before anything is filtered away.
    """
    shown = ExpressionWrapper(narrowing or Q(pk__isnull=False), output_field=BooleanField())
    column, _act = PLACED_BY[selection.level]
    rows = scored(selection, user).annotate(is_shown=shown)
    columns = ("pk", "place", "through", column, "disagreement", "needs_discussion", "is_shown")
    found = [Numbered(*row) for row in rows.values_list(*columns)]
    given = Counter(one.decided for one in found if one.decided)
    return [replace(one, sharing=given[one.decided]) if one.decided else one for one in found]


SORTING: dict[str, Callable[[Numbered], Any]] = {
    "score": lambda one: one.place,
    "order": lambda one: (one.decided is None, one.decided),
    "disagreement": lambda one: (not one.needs_discussion, -one.disagreement),
}


def shown(found: Sequence[Numbered], sort: str) -> list[Numbered]:
    """Those that the filters leave, in the order asked for; within it as the score has them."""
    return sorted((one for one in found if one.is_shown), key=SORTING[sort])


def places(page: Sequence[Numbered], selection: Selection) -> list[Place]:
    """The rows of a page, whole, with the reason given when the order was set. One statement."""
    _column, act = PLACED_BY[selection.level]
    latest = Event.objects.filter(case=OuterRef("initiative"), kind=act).order_by("-id")
    rounds = Round.objects.select_related("initiative__organisation", "initiative__case").only(*ROUND_COLUMNS)
    with_reason = rounds.with_number().annotate(reason=Subquery(latest.values("text")[:1]))
    whole = with_reason.in_bulk([one.pk for one in page])
    return [Place(whole[one.pk], one, selection.is_queue) for one in page]


PLACE = ("initiative", "place")


def computed_place(case: Case, level: Level, user: User) -> int | None:
    """The place that the score gives the case in the queue it waits in; None without a score. One statement."""
    organisation = case.initiative.organisation_id if level == Level.KOMMUN else 0
    found = scored(Selection(level, organisation), user).values_list(*PLACE)
    return next((place for initiative, place in found if initiative == case.pk), None)


def to_discuss(found: Sequence[Numbered]) -> int:
    """How many of those shown have answers that are too far apart or too few."""
    return sum(one.needs_discussion for one in found)


def unscored(selection: Selection, user: User) -> list[Initiative]:
    """Those waiting in the queue that have no place in it: a score is missing, which is not 0."""
    queue = Selection(selection.level, selection.organisation)
    has_score = closed_and_scored(queue, user).filter(initiative=OuterRef("pk"))
    rows = Initiative.objects.visible_to(user).submitted().filter(queue.holds(), ~Exists(has_score))
    short = rows.select_related("organisation", "case").only(
        "reference", "title", "organisation__key", "organisation__short_name", "case__status"
    )
    return list(short.order_by("submitted_at", "pk")[: UNSCORED_SHOWN + 1])
