"""Counting saved measures: what a selection of the register gave on a day, for everybody who may read the measure.

Source: docs/matt.md. What is counted does not depend on who looks: on the basis *V6* what is sent there, on that of an
organisation its own with it, and never what is marked secret. So no count tells a reader of an initiative that she may
not see. Of past days only what the log and the dated rows can tell is counted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, Subquery
from django.utils import timezone

from governance.models import Event, EventQuerySet, Participation
from governance.models.inquiry import shown_to_all
from governance.statuses import ENDED, KOMMUN_OPEN, V6_OPEN, Status
from initiatives.models import GateAnswer, Initiative

from .models import Measure
from .models.measures import Basis
from .periods import HalfYear

TELLABLE = frozenset({"organisation", "status", "process", "half_year", "participant"})
"""Filters whose answer on a past day follows from the log and from rows with dates."""
MEASURABLE = TELLABLE | {"q", "department", "target", "preparation", "managed_object"}
"""All that a measure may ask of the register: nothing that depends on who looks, and no order."""
LATEST = 8
"""Half-years in a trend."""


@dataclass(frozen=True)
class Then:
    """A day, and where the columns with the status on it are found."""

    day: dt.date
    status: str
    paused_from: str


def can_tell_the_past(filters: Mapping[str, str]) -> bool:
    """Whether the measure can be counted for days before it was saved."""
    return filters.keys() <= TELLABLE


def counted(measures: Sequence[Measure], days: Sequence[dt.date], today: dt.date) -> dict[tuple[int, dt.date], int]:
    """Each measure on each of the days, by its key and the day; one statement, however many there are.

    A measure that cannot tell the past has today alone.
    """
    asked = [
        (measure, day) for measure in measures for day in days if day == today or can_tell_the_past(measure.filters)
    ]
    return _counted([(measure, measure.basis, day) for measure, day in asked], today)


def counted_today(measure: Measure, today: dt.date) -> dict[Basis, int]:
    """One measure as it stands, on both bases, to be noted."""
    return {basis: _counted([(measure, basis, today)], today)[measure.pk, today] for basis in Basis}


def _counted(asked: Sequence[tuple[Measure, Basis, dt.date]], today: dt.date) -> dict[tuple[int, dt.date], int]:
    if not asked:
        return {}
    rows, thens = Initiative.objects.submitted().filter(is_secret=False), {}
    statuses = {day for measure, _basis, day in asked if {"status", "process"} & measure.filters.keys()}
    for number, day in enumerate(sorted({day for _measure, _basis, day in asked})):
        thens[day] = Then(day, "case__status", "case__paused_from")
        if day != today and day in statuses:
            moved = _moved_by(day)
            names = (f"status_{number}", f"from_{number}")
            rows = rows.alias(
                **{
                    names[0]: Subquery(moved.values("to_status")[:1]),
                    names[1]: Subquery(moved.values("from_status")[:1]),
                }
            )
            thens[day] = Then(day, *names)
    counts = {
        f"n{number}": Count("pk", filter=seen_by(measure, basis) & selection(measure.filters, thens[day]))
        for number, (measure, basis, day) in enumerate(asked)
    }
    found = rows.order_by().aggregate(**counts)
    return {(measure.pk, day): found[f"n{number}"] for number, (measure, _basis, day) in enumerate(asked)}


def _moved_by(day: dt.date) -> EventQuerySet:
    midnight = dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min, timezone.get_default_timezone())
    moves = Event.objects.moves().filter(case=OuterRef("pk"), occurred_at__lt=midnight)
    return moves.order_by("-occurred_at", "-id")


def seen_by(measure: Measure, basis: Basis) -> Q:
    """What everybody who may read the measure may see, less what is marked secret."""
    in_v6 = Q(shared_at__isnull=False)
    return in_v6 if basis == Basis.V6 else in_v6 | Q(organisation=measure.organisation_id)


def selection(filters: Mapping[str, str], then: Then) -> Q:
    """What the filters ask for, as it was on the day."""
    found = Q(submitted_on__lte=then.day)
    for name, value in filters.items():
        found &= CONDITIONS[name](value, then)
    return found


def _organisation(value: str, then: Then) -> Q:
    return Q(organisation__key=value)


def _status(value: str, then: Then) -> Q:
    return Q(**{then.status: value})


def _process(value: str, then: Then) -> Q:
    def stood_in(statuses: Collection[Status]) -> Q:
        return Q(**{f"{then.status}__in": statuses})

    match value:
        case "kommun":
            return stood_in(KOMMUN_OPEN)
        case "v6":
            from_v6 = Q(**{then.status: Status.PAUSED, f"{then.paused_from}__in": V6_OPEN})
            return stood_in(V6_OPEN) | from_v6
        case "paused":
            return stood_in((Status.PAUSED,))
        case _:
            return stood_in(ENDED)


def _half_year(value: str, then: Then) -> Q:
    half_year = HalfYear.parse(value)
    return Q(submitted_on__range=(half_year.first, half_year.last))


def _participant(value: str, then: Then) -> Q:
    taking_part = Participation.objects.filter(shown_to_all(), joined_on__lte=then.day).active()
    here = taking_part.exclude(left_on__lte=then.day).filter(organisation__key=value)
    return Q(pk__in=here.order_by().values("case"))


def _target(value: str, then: Then) -> Q:
    return Q(**{f"targets_{value}": True})


def _words(value: str, then: Then) -> Q:
    return Q(pk__in=Initiative.objects.matching(value).order_by().values("pk"))


def _preparation(value: str, then: Then) -> Q:
    return Q(pk__in=GateAnswer.objects.flagging().order_by().values("initiative"))


CONDITIONS: dict[str, Callable[[str, Then], Q]] = {
    "organisation": _organisation,
    "status": _status,
    "process": _process,
    "half_year": _half_year,
    "participant": _participant,
    "q": _words,
    "department": lambda value, then: Q(department__icontains=value),
    "target": _target,
    "preparation": _preparation,
    "managed_object": lambda value, then: Q(case__managed_object__icontains=value),
}
"""By the register's name of the filter. A test holds the two together."""
