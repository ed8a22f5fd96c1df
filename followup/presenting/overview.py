"""What the first screen of a report needs, remembered for as long as nothing new stands in the log.

Every figure follows from what is recorded, and whatever is recorded appends to the log: as long as the log's last
link and the organisations are the same, the figures of a half-year up to a date are the same. So they are counted
when the log has grown, and not on every visit. The rows of B5, which are most of a report, are not kept.
"""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from threading import Lock

from django.db import connection
from django.db.models import Case, Count, IntegerField, Value, When
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext as _

from governance.known import known_day, was_known
from governance.models import Event
from initiatives.models import Initiative
from v6portal.organizations.errors import Refused
from v6portal.organizations.models import Organisation
from v6portal.organizations.roles import Kind

from ..indicators import Figures, Reading
from ..indicators.b5_costs import one_off_costs
from ..indicators.b5_time import INITIATIVES, initiatives
from ..indicators.dividing import Division, costs_of, of_kommun, read_division
from ..periods import HalfYear
from ..reports import without_rows

KEPT = 12
"""How many overviews a process remembers; each is some hundred kilobytes at ten thousand initiatives."""
NUMBERS_KEPT = 64
"""How many half-years' numbers it remembers; each is some ten kilobytes, however much there is to count."""
LATEST = 8
"""How many half-years a trend goes back over."""
ALL = ""
"""Stands for all kommuner where a kommun's short name may stand."""

LAST_MONTH_OF_SPRING = 6


class NoSuchKommun(Refused):
    """What was given is the key of no kommun."""


@dataclass(frozen=True)
class Overview:
    """A half-year's figures without the rows of B5; ``rows`` are those rows' references, in order.

    ``costs`` are the rows' B5c added up, exact, None of nothing: of all of them, and of each kommun's by its short
    name. ``kommun`` is ALL, or the one that the figures are of.
    """

    figures: Figures
    rows: tuple[str, ...]
    costs: Mapping[str, Figures]
    division: Division
    kommun: str = ALL

    @property
    def spent(self) -> Decimal | None:
        return self._together("utfall")

    @property
    def spent_in_period(self) -> Decimal | None:
        return self._together("utfall_i_perioden")

    @property
    def budget(self) -> Decimal | None:
        return self._together("budget")

    def _together(self, part: str) -> Decimal | None:
        amount = self.costs[self.kommun]["tillsammans"][part]
        return None if amount is None else Decimal(amount)

    def of(self, kommun: str) -> Overview:
        """The same half-year for one kommun, by its short name; out of these figures, which are those of all."""
        takes_part = self.division.takes_part(kommun)
        return replace(
            self,
            figures=of_kommun(self.figures, self.rows, kommun, self.division),
            rows=tuple(reference for reference in self.rows if takes_part(reference)),
            kommun=kommun,
        )


@dataclass(frozen=True)
class Past:
    """One half-year of a trend: its figures without their lists, and B5c added up; for all and for each kommun."""

    period: HalfYear
    is_running: bool
    numbers: Mapping[str, Figures]


@dataclass(frozen=True)
class Arrivals:
    """What the kommuner submitted and what of it came to V6 in one half-year; Göliska IT is not among them."""

    period: HalfYear
    submitted: int
    received: int


class Remembered:
    """The latest answers of this process, each under what it depends on."""

    def __init__(self, kept: int) -> None:
        self.kept = kept
        self._answers: OrderedDict[Hashable, object] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> object | None:
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
            return self._answers.get(key)

    def put(self, key: Hashable, answer: object) -> None:
        with self._lock:
            self._answers[key] = answer
            while len(self._answers) > self.kept:
                self._answers.popitem(last=False)

    def forget(self) -> None:
        with self._lock:
            self._answers.clear()


REMEMBERED = Remembered(KEPT)
NUMBERS = Remembered(NUMBERS_KEPT)


class Desk:
    """Answers about half-years for one request: ``organisations`` and the state of the log are read once."""

    def __init__(self) -> None:
        found = Organisation.objects.filter(kind__in=(Kind.KOMMUN, Kind.FEDERATION)).order_by()
        self.organisations: Sequence[Organisation] = sorted(found, key=lambda o: o.short_name)
        last = Event.objects.order_by("-pk").values_list("pk", "hash").first()
        self.state: Hashable = (
            connection.settings_dict["NAME"],
            last and (last[0], bytes(last[1] or b"")),
            tuple((o.key, o.short_name, o.kind) for o in self.organisations),
            known_day(),
        )

    def kommun(self, key: str) -> Organisation | None:
        """The kommun with that key, None where the key is empty. Raises NoSuchKommun."""
        found = next((o for o in self.organisations if o.is_kommun and o.key == key), None)
        if key and not found:
            raise NoSuchKommun(_("Det finns ingen kommun med nyckeln ”%s”.") % key[:20])
        return found

    def overview(self, period: HalfYear, today: dt.date) -> Overview:
        """The half-year as if today were that day. Raises NoSuchPeriod if it has not begun."""
        key = (self.state, period, period.end(today))
        found = REMEMBERED.get(key)
        if not isinstance(found, Overview):
            found = self._read(period, today)
            REMEMBERED.put(key, found)
        return found

    def arrivals(self, today: dt.date) -> tuple[Arrivals, ...]:
        """Every half-year from the first submission until today, the present one last."""
        key = (self.state, "arrivals", today)
        found = NUMBERS.get(key)
        if not isinstance(found, tuple):
            found = tuple(read_arrivals(today))
            NUMBERS.put(key, found)
        return found

    def history(
        self, latest: Overview, today: dt.date, first: HalfYear, last: HalfYear, *, afresh: bool = False
    ) -> tuple[Past, ...]:
        """The half-years that a trend goes back over, none before ``first``; ``latest`` is the overview of the last.

        ``afresh`` counts them anew, whatever is remembered.
        """
        earlier: list[Past] = []
        period = last
        while len(earlier) < LATEST - 1 and period > first:
            period = period.previous()
            earlier.insert(0, self._read_past(period, today) if afresh else self._past(period, today))
        return (*earlier, Past(last, last.is_running(today), numbers_of(latest, self.organisations)))

    def _past(self, period: HalfYear, today: dt.date) -> Past:
        key = (self.state, "numbers", period, period.end(today))
        found = NUMBERS.get(key)
        if not isinstance(found, Past):
            found = self._read_past(period, today, REMEMBERED.get((self.state, period, period.end(today))))
            NUMBERS.put(key, found)
        return found

    def _read_past(self, period: HalfYear, today: dt.date, known: object = None) -> Past:
        overview = known if isinstance(known, Overview) else self._read(period, today)
        return Past(period, period.is_running(today), numbers_of(overview, self.organisations))

    def _read(self, period: HalfYear, today: dt.date) -> Overview:
        return read_overview(period, period.end(today), self.organisations)


def numbers_of(overview: Overview, organisations: Sequence[Organisation]) -> dict[str, Figures]:
    """The numbers of all and of each kommun, by its short name, out of the overview of all."""
    views = {ALL: overview} | {o.short_name: overview.of(o.short_name) for o in organisations if o.is_kommun}
    return {name: without_lists(view.figures) | {"B5c": view.costs[name]} for name, view in views.items()}


def without_lists(figures: Figures) -> Figures:
    """The numbers alone."""
    return {
        key: without_lists(value) if isinstance(value, dict) else value
        for key, value in figures.items()
        if not isinstance(value, list)
    }


def overview_of(report: Figures, organisations: Sequence[Organisation]) -> Overview:
    """A whole report, already counted, without its rows."""
    reading = _reading(HalfYear.parse(report["period"]), dt.date.fromisoformat(report["per"]), organisations)
    rows = report["B5"]["rader"]
    return _overview(
        reading,
        report | {"B5": {key: value for key, value in report["B5"].items() if key != "rader"}},
        {row["referens"]: row["B5c"] for row in rows},
        {row["referens"]: frozenset(row["B5a"]["kommuner"]) for row in rows},
    )


def read_overview(period: HalfYear, per: dt.date, organisations: Sequence[Organisation]) -> Overview:
    """The same, without counting more of the rows than their sums."""
    reading = _reading(period, per, organisations)
    listed = initiatives(reading)
    spent = one_off_costs(reading, [row.id for row in listed])
    return _overview(reading, without_rows(reading), {row.reference: spent(row) for row in listed}, {})


def _reading(period: HalfYear, per: dt.date, organisations: Sequence[Organisation]) -> Reading:
    reading = Reading(period, per)
    reading.organisations = list(organisations)
    return reading


def _overview(
    reading: Reading, figures: Figures, costs: Mapping[str, Figures], taking_part: Mapping[str, frozenset[str]]
) -> Overview:
    """``taking_part`` is what the rows say of who takes part, where there are rows: it goes before the ledger."""
    division = read_division(reading, figures, reading.rows(INITIATIVES))
    division = replace(division, taking_part={**division.taking_part, **taking_part})
    kommuner = [o.short_name for o in reading.organisations if o.is_kommun]
    sums = {ALL: costs_of(costs.values())} | {
        kommun: costs_of(cost for reference, cost in costs.items() if division.takes_part(kommun)(reference))
        for kommun in kommuner
    }
    return Overview(figures, tuple(costs), sums, division)


def read_arrivals(today: dt.date) -> list[Arrivals]:
    """The same as ``Desk.arrivals``, counted anew."""
    submitted, received = _by_half_year("submitted_on", today), _by_half_year("shared_on", today)
    period, last = min([*submitted, *received], default=HalfYear.of(today)), HalfYear.of(today)
    found = []
    while period <= last:
        found.append(Arrivals(period, submitted.get(period, 0), received.get(period, 0)))
        period = period.next()
    return found


def _by_half_year(field: str, today: dt.date) -> dict[HalfYear, int]:
    rows = (
        Initiative.objects.filter(was_known(field), organisation__kind=Kind.KOMMUN, **{f"{field}__lte": today})
        .order_by()
        .annotate(
            year=ExtractYear(field),
            half=Case(
                When(**{f"{field}__month__lte": LAST_MONTH_OF_SPRING}, then=Value(1)),
                default=Value(2),
                output_field=IntegerField(),
            ),
        )
        .values("year", "half")
        .annotate(number=Count("pk"))
        .values_list("year", "half", "number")
    )
    return {HalfYear(year, half): number for year, half, number in rows}
