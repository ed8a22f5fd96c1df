"""The matrix picture: initiatives as rings in the four fields, in a wide and a narrow drawing of the same spots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, Subquery
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from initiatives.models import Level, Round
from v6portal.organizations.models import User

from ..bubbles import NARROW, SINGLE, WIDE, Bubble, Frame, Spot, draw
from ..models import Participation
from ..models.inquiry import rows_shown_to
from .backlog import Numbered

DRAWN = 300
"""As many as can be told apart; of more than that the first are drawn."""
NAME_LENGTH = 28
MARKS = {
    "essunga": "Es",
    "grastorp": "Gr",
    "gotene": "Gö",
    "lidkoping": "Li",
    "skara": "Sk",
    "vara": "Va",
    "goliska": "IT",
}
"""Two letters for each organisation, so that its colour never stands alone."""
REACH_OF_PEOPLE = (10, 50, 200, 1000, 5000)
"""Medarbetare concerned: up to the first is the least reach, above the last the widest."""
COLUMNS = (
    "pk",
    "benefit",
    "feasibility",
    "initiative__title",
    "initiative__reference",
    "initiative__organisation__key",
    "initiative__organisation__short_name",
    "reach",
)


@dataclass(frozen=True, slots=True)
class Standing:
    """One initiative in the picture and in the table behind it. ``reach`` is None where it is not known."""

    number: int
    pk: int
    benefit: Decimal
    feasibility: Decimal
    title: str
    reference: str
    organisation: str
    organisation_name: str
    reach: int | None

    @property
    def url(self) -> str:
        return reverse("initiative", args=[self.reference])

    @property
    def name(self) -> str:
        return self.title if len(self.title) <= NAME_LENGTH else f"{self.title[: NAME_LENGTH - 1].rstrip()}…"


@dataclass(frozen=True)
class Ring:
    """A ring as it is drawn: one initiative, or how many share it."""

    bubble: Bubble
    standings: tuple[Standing, ...]
    anchor: str
    key: str
    """Whose colour it has: an organisation's, or ``many``."""
    mark: str = ""

    @property
    def is_shared(self) -> bool:
        return len(self.standings) > 1

    @property
    def first(self) -> Standing:
        return self.standings[0]

    @property
    def url(self) -> str:
        return f"#{self.anchor}" if self.is_shared else self.first.url

    @property
    def text(self) -> str:
        return str(len(self.standings) if self.is_shared else self.first.number)

    @property
    def second(self) -> str:
        return _("st") if self.is_shared else self.mark

    @property
    def text_y(self) -> float:
        """The baseline of the number: in the middle, or above the second line."""
        return round(self.bubble.y + (0 if self.second else 4.5), 1)

    @property
    def second_y(self) -> float:
        return round(self.bubble.y + 11, 1)

    @property
    def outer(self) -> float:
        return round(self.bubble.r + 3, 1)

    @property
    def spoken(self) -> str:
        """The ring in words."""
        if self.is_shared:
            count = len(self.standings)
            return ngettext("%(count)d initiativ tätt ihop", "%(count)d initiativ tätt ihop", count) % {"count": count}
        one = self.first
        return _("%(number)d. %(title)s, %(organisation)s. Nytta %(benefit)s, genomförbarhet %(feasibility)s.") % {
            "number": one.number,
            "title": one.title,
            "organisation": one.organisation_name,
            "benefit": number_format(one.benefit, 1),
            "feasibility": number_format(one.feasibility, 1),
        }


@dataclass(frozen=True)
class Drawing:
    """One drawing with its measures; ``name`` tells its parts from those of the other drawing on the page."""

    name: str
    frame: Frame
    rings: tuple[Ring, ...]

    @property
    def box(self) -> str:
        return f"0 0 {self.frame.width} {self.frame.height}"

    @property
    def shared(self) -> list[Ring]:
        return [ring for ring in self.rings if ring.is_shared]

    @property
    def named(self) -> list[Ring]:
        return [ring for ring in self.rings if ring.bubble.label]

    @property
    def moved(self) -> list[Ring]:
        return [ring for ring in self.rings if ring.bubble.stands]

    @property
    def at(self) -> dict[str, float]:
        """Where the lines and words of the fields stand."""
        left, top, right, bottom = self.frame.field
        return {
            "left": left, "top": top, "right": right, "bottom": bottom,
            "width": right - left, "height": bottom - top,
            "x3": self.frame.x(3), "y3": self.frame.y(3),
            "above": top - 10, "below": bottom + 36, "ticks": bottom + 17,
            "centre": (left + right) / 2, "middle": (top + bottom) / 2,
            "side": left - 9, "edge": 13,
        }  # fmt: skip

    @property
    def ticks_x(self) -> list[tuple[int, float]]:
        return [(value, self.frame.x(value)) for value in range(1, 6)]

    @property
    def ticks_y(self) -> list[tuple[int, float]]:
        return [(value, self.frame.y(value) + 5) for value in range(1, 6)]


@dataclass(frozen=True)
class Matrix:
    """The picture and the table behind it, and how many it leaves out."""

    standings: tuple[Standing, ...]
    drawings: tuple[Drawing, ...]
    left_out: int
    reach_words: str
    reach_heading: str

    @property
    def has_shared(self) -> bool:
        return any(drawing.shared for drawing in self.drawings)

    @property
    def has_moved(self) -> bool:
        return any(drawing.moved for drawing in self.drawings)

    @property
    def legend(self) -> list[tuple[str, str, str]]:
        """Key, letters and name of each organisation in the picture; empty where there is one alone."""
        found = {s.organisation: s.organisation_name for s in self.standings}
        return [(key, MARKS.get(key, ""), found[key]) for key in sorted(found)] if len(found) > 1 else []


REACH_WORDS = {
    Level.V6: gettext_lazy("Ju fler kommuner som leder eller deltar, desto större ring."),
    Level.KOMMUN: gettext_lazy("Ju fler medarbetare det berör, desto större ring. Minst är den där antalet saknas."),
}

REACH_HEADINGS = {Level.V6: gettext_lazy("Kommuner"), Level.KOMMUN: gettext_lazy("Medarbetare")}


def matrix(found: Sequence[Numbered], level: Level, user: User) -> Matrix | None:
    """The picture of what is shown, or of the first of it; None where nothing has both axes. One statement."""
    numbers = {one.pk: one.place for one in found[:DRAWN]}
    rows = Round.objects.filter(pk__in=numbers, benefit__isnull=False, feasibility__isnull=False)
    found_rows: Any = rows.annotate(reach=_reach(level, user)).order_by().values_list(*COLUMNS)
    standings = [Standing(numbers[row[0]], *row) for row in found_rows]
    if not standings:
        return None
    in_order = {pk: at for at, pk in enumerate(numbers)}
    standings.sort(key=lambda standing: in_order[standing.pk])
    drawings = tuple(_drawing(name, standings, frame, level) for name, frame in (("bred", WIDE), ("smal", NARROW)))
    return Matrix(
        tuple(standings), drawings, max(len(found) - DRAWN, 0), str(REACH_WORDS[level]), str(REACH_HEADINGS[level])
    )


def _reach(level: Level, user: User) -> Any:
    """Kommuner that lead or take part in V6, as far as the person may know; medarbetare concerned at home."""
    if level == Level.KOMMUN:
        return F("initiative__people_involved")
    active = (
        Participation.objects.ongoing().active().filter(rows_shown_to(user), case=OuterRef("initiative")).order_by()
    )
    return Subquery(active.values("case").annotate(n=Count("pk")).values("n"), output_field=IntegerField())


def _size(reach: int | None, level: Level) -> int:
    """The reach from 1 to 6."""
    if level == Level.V6:
        return reach or 1
    return 1 + sum((reach or 0) > most for most in REACH_OF_PEOPLE)


def _drawing(name: str, standings: Sequence[Standing], frame: Frame, level: Level) -> Drawing:
    spots = tuple(Spot(at, s.benefit, s.feasibility, _size(s.reach, level), s.name) for at, s in enumerate(standings))
    mixed = len({s.organisation for s in standings}) > 1
    rings = []
    for at, bubble in enumerate(draw(spots, frame)):
        there = tuple(standings[spot.key] for spot in bubble.spots)
        owner = there[0].organisation
        key = owner if all(one.organisation == owner for one in there) else "many"
        rings.append(Ring(bubble, there, f"{name}-{at}", key, MARKS.get(owner, "") if mixed else ""))
    return Drawing(name, frame, tuple(rings))


def alone(round: Round, name: str, organisation: str) -> Drawing | None:
    """The picture of a single initiative, on its own page; None without both axes. No statement."""
    if round.benefit is None or round.feasibility is None:
        return None
    bubbles = draw((Spot(0, round.benefit, round.feasibility, 1, name),), SINGLE)
    return Drawing("ensam", SINGLE, tuple(Ring(bubble, (), "", organisation) for bubble in bubbles))
