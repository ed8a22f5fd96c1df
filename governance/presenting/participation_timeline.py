"""The ledger of one initiative drawn against time: a line for each kommun, in a wide and a narrow drawing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from v6portal.organizations.models import Organisation

from ..models import Participation
from ..participating import Ending, ParticipationRole, Row, Span, history

ROW, TOP, BOTTOM = 34, 8, 30
LEAST_DAYS = 60
"""A ledger that has just begun is not drawn as if it were all there is."""
MONTHS_BETWEEN = (1, 2, 3, 6, 12, 24, 60, 120)


@dataclass(frozen=True)
class Bar:
    """One span of one kommun. ``left`` tells that it ended with a leave."""

    x: float
    width: float
    role: str
    left: bool

    @property
    def end(self) -> float:
        return self.x + self.width


@dataclass(frozen=True)
class Track:
    """A kommun's line: its name, where it stands, and its bars."""

    kommun: Organisation
    y: int
    bars: tuple[Bar, ...]
    spans: tuple[Span, ...]

    @property
    def middle(self) -> int:
        return self.y + 10

    @property
    def text_y(self) -> int:
        return self.y + 15

    @property
    def words(self) -> str:
        return f"{self.kommun.short_name} {', '.join(in_words(span) for span in self.spans)}"


def in_words(span: Span) -> str:
    word, first = ParticipationRole(span.role).label, span.first.isoformat()
    if span.end is None:
        return _("%(word)s från %(first)s") % {"word": word, "first": first}
    return _("%(word)s från %(first)s till %(end)s") % {"word": word, "first": first, "end": span.end.isoformat()}


@dataclass(frozen=True)
class Timeline:
    """One drawing. Lengths are in the units of its view box."""

    name: str
    width: int
    left: int
    most_ticks: int
    ledger: tuple[Row, ...]
    kommuner: tuple[Organisation, ...]
    today: dt.date
    asked: dt.date | None = None
    right: int = 14

    @cached_property
    def first(self) -> dt.date:
        return min(row.joined_on for row in self.ledger)

    @cached_property
    def days(self) -> int:
        return max((max(self.today, *(row.left_on or self.today for row in self.ledger)) - self.first).days, LEAST_DAYS)

    def x(self, date: dt.date) -> float:
        return round(self.left + (date - self.first).days / self.days * (self.width - self.left - self.right), 1)

    @property
    def height(self) -> int:
        return TOP + ROW * len(self.kommuner) + BOTTOM

    @property
    def ground(self) -> int:
        return self.height - BOTTOM

    @property
    def label_y(self) -> int:
        return self.ground + 20

    @property
    def label_x(self) -> int:
        return self.left - 10

    @property
    def asked_x(self) -> float | None:
        """Where the day that is asked about is drawn, if it is within the picture."""
        inside = self.asked is not None and 0 <= (self.asked - self.first).days <= self.days
        return self.x(self.asked) if self.asked is not None and inside else None

    @cached_property
    def tracks(self) -> list[Track]:
        return [self._track(kommun, TOP + ROW * place) for place, kommun in enumerate(self.kommuner)]

    def _track(self, kommun: Organisation, y: int) -> Track:
        spans = history(self.ledger, kommun.pk)
        leaves = {r.left_on for r in self.ledger if r.kommun == kommun.pk and r.ending == Ending.LEFT}
        bars = tuple(
            Bar(x := self.x(span.first), round(self.x(span.end or self.today) - x, 1), span.role, span.end in leaves)
            for span in spans
        )
        return Track(kommun, y, bars, spans)

    @cached_property
    def ticks(self) -> list[tuple[float, str]]:
        """The first of some months, not too many, each with its name; January by its year."""
        last = self.first + dt.timedelta(days=self.days)
        for months in MONTHS_BETWEEN:
            dates = [date for date in _firsts(self.first, last, months) if self.x(date) <= self.width - self.right - 10]
            if len(dates) <= self.most_ticks:
                break
        return [(self.x(date), _month(date)) for date in dates]

    @property
    def description(self) -> str:
        return ". ".join(track.words for track in self.tracks if track.spans) + "."


def _firsts(first: dt.date, last: dt.date, months: int) -> Iterable[dt.date]:
    """The first of every so many months, counted from a January, within the two days."""
    for number in range(first.year * 12, last.year * 12 + 12, 1):
        date = dt.date(number // 12, number % 12 + 1, 1)
        if number % months == 0 and first <= date <= last:
            yield date


def _month(date: dt.date) -> str:
    return str(date.year) if date.month == 1 else date_format(date, "b")


def timelines(ledger: Sequence[Participation], asked: dt.date | None, today: dt.date) -> list[Timeline]:
    """The ledger wide and narrow; nothing where it is empty. Each row has its organisation loaded."""
    if not ledger:
        return []
    kommuner = {row.organisation_id: row.organisation for row in ledger}
    in_order = tuple(sorted(kommuner.values(), key=lambda one: one.order))
    rows = tuple(row.plain for row in ledger)
    return [
        Timeline("bred", 900, 110, 12, rows, in_order, today, asked),
        Timeline("smal", 340, 92, 4, rows, in_order, today, asked),
    ]
