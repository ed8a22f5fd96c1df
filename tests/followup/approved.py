"""The half-year as the tests of approving have it: one initiative in V6, which two kommuner have taken into use."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from followup.actions import approve_report, record_adoption, review_report
from followup.actions.approving import figures_checksum
from followup.models import HalfYearReport
from followup.periods import HalfYear
from followup.presenting.freezing import freeze
from followup.reports import compute
from governance.models import StageType
from governance.statuses import Status
from tests.cast import Cast
from tests.walk import Walk

TODAY = timezone.localdate()
PERIOD = HalfYear.of(TODAY).previous()
"""The latest half-year that has ended, whatever day it is."""
FIRST = PERIOD.first
SUMMARY = "Halvåret i korthet: nycklarna är digitala i två kommuner."


def day(number: int, hour: int = 9) -> dt.datetime:
    """A moment of the half-year, by its day; the first is 0."""
    return timezone.make_aware(dt.datetime.combine(FIRST + dt.timedelta(days=number), dt.time(hour)))


def worked(cast: Cast) -> Walk:
    """Skara leads, Vara and Lidköping take part: a förstudie, a project done on day 130, in use in Skara and Vara."""
    walk = Walk(cast, at=day(10)).to(Status.IN_PROGRESS)
    walk.end_stage()
    walk.start_stage(StageType.PROJECT)
    walk.at = day(129)
    walk.end_stage()
    for kommun, number in (("skara", 140), ("vara", 150)):
        adopt(walk, kommun, day(number).date())
    walk.at = None
    return walk


def adopt(walk: Walk, kommun: str, in_use_on: dt.date) -> None:
    """Recorded today, by the leading kommun's lead."""
    record_adoption(
        case=walk.case, by=walk.cast.lead(walk.leader), organisation=walk.cast.orgs[kommun], in_use_on=in_use_on
    )


def seen(period: HalfYear = PERIOD) -> str:
    return figures_checksum(compute(period))


def reviewed(cast: Cast, period: HalfYear = PERIOD) -> HalfYearReport:
    return review_report(period=period, by=cast.network(), seen=seen(period))


def approved(cast: Cast, period: HalfYear = PERIOD) -> HalfYearReport:
    reviewed(cast, period)
    return approve_report(period=period, by=cast.coordinator(), summary=SUMMARY, seen=seen(period), freeze=freeze)
