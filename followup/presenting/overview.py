"""What the first screen of a report needs, remembered for as long as nothing new stands in the log.

Every figure follows from what is recorded, and whatever is recorded appends to the log: as long as the log's last
link and the organisations are the same, the figures of a half-year up to a date are the same. So they are counted
when the log has grown, and not on every visit. The rows of B5, which are most of a report, are not kept.
"""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from threading import Lock
from typing import TypeVar

from django.db import connection
from django.db.models import Case, Count, IntegerField, Value, When
from django.db.models.functions import ExtractYear

from governance.known import known_day, was_known
from governance.models import Event
from initiatives.models import Initiative
from v6portal.organizations.models import Organisation
from v6portal.organizations.roles import Kind

from ..indicators import Figures, Reading
from ..indicators.amounts import together
from ..indicators.b5_costs import one_off_costs
from ..indicators.b5_time import initiatives
from ..periods import HalfYear
from ..reports import without_rows

KEPT = 12
"""How many answers a process remembers; each is some hundred kilobytes at ten thousand initiatives."""

LAST_MONTH_OF_SPRING = 6

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Overview:
    """A half-year's figures without the rows of B5; ``rows`` are those rows' references, in order.

    The three amounts are the rows' B5c (both kinds together) added up, exact; None of nothing.
    """

    figures: Figures
    rows: tuple[str, ...]
    spent: Decimal | None
    spent_in_period: Decimal | None
    budget: Decimal | None


@dataclass(frozen=True)
class Arrivals:
    """What the kommuner submitted and what of it came to V6 in one half-year; Göliska IT is not among them."""

    period: HalfYear
    submitted: int
    received: int


class Remembered:
    """The latest answers of this process, each under what it depends on."""

    def __init__(self) -> None:
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
            while len(self._answers) > KEPT:
                self._answers.popitem(last=False)

    def forget(self) -> None:
        with self._lock:
            self._answers.clear()


REMEMBERED = Remembered()


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

    def overview(self, period: HalfYear, today: dt.date) -> Overview:
        """The half-year as if today were that day. Raises NoSuchPeriod if it has not begun."""
        key = (self.state, period, period.end(today))
        found = REMEMBERED.get(key)
        if not isinstance(found, Overview):
            found = read_overview(period, period.end(today), self.organisations)
            REMEMBERED.put(key, found)
        return found

    def arrivals(self, today: dt.date) -> tuple[Arrivals, ...]:
        """Every half-year from the first submission until today, the present one last."""
        key = (self.state, "arrivals", today)
        found = REMEMBERED.get(key)
        if not isinstance(found, tuple):
            found = tuple(read_arrivals(today))
            REMEMBERED.put(key, found)
        return found


def overview_of(report: Figures) -> Overview:
    """A whole report, already counted, without its rows."""
    rows = report["B5"]["rader"]
    return _overview(
        report | {"B5": {key: value for key, value in report["B5"].items() if key != "rader"}},
        [row["referens"] for row in rows],
        [row["B5c"]["tillsammans"] for row in rows],
    )


def read_overview(period: HalfYear, per: dt.date, organisations: Sequence[Organisation]) -> Overview:
    """The same, without counting more of the rows than their sum."""
    reading = Reading(period, per)
    reading.organisations = list(organisations)
    listed = initiatives(reading)
    spent = one_off_costs(reading, [row.id for row in listed])
    return _overview(
        without_rows(reading), [row.reference for row in listed], [spent(row)["tillsammans"] for row in listed]
    )


def _overview(figures: Figures, rows: Sequence[str], costs: Sequence[Figures]) -> Overview:
    def added(part: str) -> Decimal | None:
        return together(*(None if cost[part] is None else Decimal(cost[part]) for cost in costs))

    return Overview(figures, tuple(rows), added("utfall"), added("utfall_i_perioden"), added("budget"))


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
