"""The backlog in the order of its scores: a kommun's own, and the joint one of V6.

Only closed rounds count. What an open round holds is neither shown, counted nor sorted by, whoever asks.
Source: docs/bedomning.md, *Så går poängsättningen till*; the assessment model 2024.1 (matrix, ties).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import Rank
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from initiatives.models import Initiative, Level, Round, visible_to
from initiatives.scoring import HIGHEST, LOWEST, Quadrant, quadrant
from v6portal.organizations.models import User

from ..models import Case
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

SCOPES = {"queue": _("Väntar på beslut"), "all": _("Alla som har bedömts")}
UNSCORED_SHOWN = 50
DISCUSSED_SHOWN = 10

ROUND_COLUMNS = (
    "level",
    "joint_score",
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
    "initiative__case__backlog_order",
    "initiative__case__v6_order",
)


@dataclass(frozen=True)
class Selection:
    """Which backlog: the level, one organisation or all (0), and whether what has left the queue is there too."""

    level: Level
    organisation: int = 0
    scope: str = "queue"

    def holds(self, prefix: str = "") -> Q:
        """The initiatives in it, as a condition; ``prefix`` is the path to the initiative."""
        condition = Q()
        if self.organisation:
            condition &= Q(**{f"{prefix}organisation": self.organisation})
        if self.scope == "queue":
            condition &= Q(**{f"{prefix}case__status__in": QUEUE[self.level]})
        return condition


@dataclass(frozen=True)
class Place:
    """One initiative in the ranking."""

    round: Round
    number: int
    tied: bool
    decided: int | None
    """The place that people have set, where they have."""

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
    def order_differs(self) -> bool:
        """Whether people have put it somewhere else than its score does."""
        return self.decided is not None and self.decided != self.number


def _closed_and_scored(selection: Selection, user: User) -> QuerySet[Round]:
    """The newest closed round of each initiative in the selection, where it gave a score."""
    closed = Round.objects.filter(level=selection.level, closed_at__isnull=False)
    newer = closed.filter(initiative=OuterRef("initiative")).filter(
        Q(closed_at__gt=OuterRef("closed_at")) | Q(closed_at=OuterRef("closed_at"), pk__gt=OuterRef("pk"))
    )
    rounds = closed.filter(visible_to(user, "initiative__"), selection.holds("initiative__"), ~Exists(newer))
    return rounds.filter(joint_score__isnull=False).order_by("-joint_score", "initiative__sort_key", "pk")


def scored(selection: Selection, user: User) -> QuerySet[Round]:
    """The selection by score, the highest first.

    ``place``, ``through`` (how many have as high a score or higher) and ``total`` are reckoned over the whole
    selection, so every page shows the same numbers: equal scores share a place and the next is passed over, as in
    ``initiatives.ranking.rank``.
    """
    by_score = F("joint_score").desc()
    return _closed_and_scored(selection, user).annotate(
        place=Window(Rank(), order_by=by_score),
        through=Window(Count("pk"), order_by=by_score),
        total=Window(Count("pk")),
    )


NUMBERS = ("pk", "place", "through", "total")


@dataclass(frozen=True)
class Ranking:
    """A page of the ranking, and how many there are in all."""

    places: list[Place]
    total: int


def ranking(selection: Selection, user: User, *, first: int, size: int) -> Ranking:
    """``size`` places from the one with index ``first``: the narrow rows in order, then only those whole.

    Two statements; one more when ``first`` is beyond the end, which then gives no places.
    """
    whole = scored(selection, user)
    found = list(whole.values_list(*NUMBERS)[first : first + size])
    if not found:
        return Ranking([], whole.count() if first else 0)
    rounds = Round.objects.select_related("initiative__organisation", "initiative__case").only(*ROUND_COLUMNS)
    whole_rows = rounds.in_bulk([pk for pk, *_numbers in found])
    return Ranking([_place(whole_rows[pk], place, through) for pk, place, through, _total in found], found[0][3])


def _place(round: Round, number: int, through: int) -> Place:
    return Place(round, number, through > number, _decided(round))


def _decided(round: Round) -> int | None:
    case: Case = round.initiative.case
    return case.backlog_order if round.level == Level.KOMMUN else case.v6_order


def to_discuss(selection: Selection, user: User) -> list[Initiative]:
    """Those in the selection whose answers are too far apart or too few. One statement."""
    rows = _closed_and_scored(selection, user).filter(needs_discussion=True).select_related("initiative")
    short = rows.only("initiative__reference", "initiative__title")
    return [row.initiative for row in short[:DISCUSSED_SHOWN]]


def unscored(selection: Selection, user: User) -> list[Initiative]:
    """Those waiting in the queue of the level without a score from a closed round: missing, which is not 0."""
    has_score = Round.objects.filter(
        initiative=OuterRef("pk"), level=selection.level, closed_at__isnull=False, joint_score__isnull=False
    )
    queue = Selection(selection.level, selection.organisation)
    rows = Initiative.objects.visible_to(user).submitted().filter(queue.holds(), ~Exists(has_score))
    short = rows.select_related("organisation", "case").only(
        "reference", "title", "organisation__key", "organisation__short_name", "case__status"
    )
    return list(short.order_by("submitted_at", "pk")[:UNSCORED_SHOWN])


# The matrix, in the units of its drawing
WIDTH, HEIGHT, LEFT, TOP = 480, 280, 60, 12


@dataclass(frozen=True)
class Point:
    """One spot in the matrix, with the places of those that stand there."""

    x: int
    y: int
    label: str
    title: str
    key: str

    @property
    def label_y(self) -> int:
        """Where the number's baseline is, so that it stands in the middle of the ring."""
        return self.y + 5


def points(found: Iterable[Place]) -> list[Point]:
    """Where the places stand: genomförbarhet to the right, nytta upwards. The same spot is drawn once."""
    spots: dict[tuple[int, int], list[Place]] = {}
    for place in found:
        if place.round.benefit is not None and place.round.feasibility is not None:
            spot = (LEFT + _along(place.round.feasibility, WIDTH), TOP + HEIGHT - _along(place.round.benefit, HEIGHT))
            spots.setdefault(spot, []).append(place)
    return [_point(x, y, there) for (x, y), there in spots.items()]


def _along(value: Decimal, length: int) -> int:
    return round((value - LOWEST) / (HIGHEST - LOWEST) * length)


def _point(x: int, y: int, there: list[Place]) -> Point:
    numbers = sorted({place.number for place in there})
    label = str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}…"
    titles = "; ".join(f"{place.number}. {place.initiative.title}" for place in there)
    return Point(x, y, label, titles, there[0].initiative.organisation.key)
