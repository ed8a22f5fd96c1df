"""Saved measures with their trends: for the page of them, and beside the indicators of a report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from initiatives.models import Initiative
from v6portal.organizations.models import User

from ..drawing import Bar, BarChart
from ..measuring import LATEST, can_tell_the_past, counted
from ..models import Measure, MeasurePoint
from ..models.measures import Basis, Sharing
from ..periods import HalfYear
from .beside_parts import Beside, BesideItem
from .cells import Cell, Column, Kind, Table
from .overview import Desk
from .remembered import remembered
from .report import Report

MOST_IN_A_REPORT = 20
BEFORE, COMPUTED, NOTED, UNKNOWN = "before", "computed", "noted", "unknown"


@dataclass(frozen=True)
class MeasureValue:
    """A measure at the end of a half-year, or today while it runs. Not known is None, never 0."""

    period: HalfYear
    value: int | None
    how: str


@dataclass(frozen=True)
class Trend:
    """A measure with its latest half-years, the oldest first."""

    measure: Measure
    values: tuple[MeasureValue, ...]

    @property
    def now(self) -> int | None:
        return self.values[-1].value

    @property
    def anchor(self) -> str:
        return f"matt-{self.measure.pk}"

    @property
    def query(self) -> str:
        """The selection as the register's address has it."""
        return urlencode(self.measure.filters)

    @property
    def change(self) -> str:
        """Since the half-year before, in words; empty where one of them is not known."""
        known = [one.value for one in self.values[-2:]]
        if len(known) < 2 or None in known:
            return ""
        before, now = known
        difference = (now or 0) - (before or 0)
        if not difference:
            return _("lika många som förra halvåret")
        if difference > 0:
            return ngettext("%d fler än förra halvåret", "%d fler än förra halvåret", difference) % difference
        return ngettext("%d färre än förra halvåret", "%d färre än förra halvåret", -difference) % -difference

    @property
    def shared_with(self) -> str:
        match self.measure.sharing:
            case Sharing.PRIVATE:
                return _("Bara du ser måttet")
            case Sharing.V6:
                return _("Delat med alla i V6 av %s") % self.measure.owner_name
        words = {"organisation": self.measure.organisation, "who": self.measure.owner_name}
        return _("Delat i %(organisation)s av %(who)s") % words

    @property
    def how(self) -> str:
        """How it was counted, of what, and why something may be missing."""
        saved = timezone.localdate(self.measure.saved_at)
        if self.measure.basis == Basis.V6:
            of = _("Räknar det som är skickat till V6.")
        else:
            of = _("Räknar %s initiativ och det som är skickat till V6.") % _genitive(str(self.measure.organisation))
        if can_tell_the_past(self.measure.filters):
            when = _("Tidigare halvår är räknade ur händelseloggen, som det var på halvårets sista dag.")
        else:
            when = (
                _(
                    "Hur urvalet såg ut förr går inte att räkna efteråt. Måttet började %s och noteras när "
                    "varje halvår är slut; det som inte är känt är en lucka."
                )
                % saved.isoformat()
            )
        return f"{of} {_('Sekretessmarkerat räknas inte.')} {when}"

    @property
    def chart(self) -> BarChart:
        return BarChart(
            name=self.anchor,
            title=self.measure.name,
            bars=[Bar(one.period.code, one.value) for one in self.values],
            heading=_("Halvår"),
            value_heading=_("Antal"),
        )

    @property
    def table(self) -> Table:
        return Table(
            caption=self.measure.name,
            columns=(Column(_("Halvår")), Column(_("Antal"), Kind.COUNT), Column(_("Så är det räknat"))),
            rows=tuple((Cell(one.period.code), Cell(one.value, Kind.COUNT), Cell(one.how)) for one in self.values),
        )


def _genitive(name: str) -> str:
    return name if name.endswith(("s", "x", "z")) else f"{name}s"


def trends(measures: Sequence[Measure], period: HalfYear, today: dt.date, desk: Desk | None = None) -> list[Trend]:
    """Each measure up to the half-year. At most five statements, however many measures."""
    if not measures:
        return []
    periods = _periods(period)
    days = {one: one.end(today) for one in periods}
    asked = tuple((one.pk, one.basis, tuple(sorted(one.filters.items()))) for one in measures)
    ends = tuple(days.values())
    counts = remembered(desk, ("measures", asked, ends, today), lambda: counted(measures, ends, today))
    points = {
        (point.measure_id, point.period, point.basis): point
        for point in MeasurePoint.objects.filter(measure__in=measures, period__in=[one.code for one in periods])
    }

    def value(measure: Measure, one: HalfYear) -> MeasureValue:
        if (number := counts.get((measure.pk, days[one]))) is not None:
            running = one.is_running(today)
            return MeasureValue(one, number, _("i dag") if running else _("ur händelseloggen"))
        if point := points.get((measure.pk, one.code, measure.basis)):
            return MeasureValue(one, point.value, _("noterat %s") % point.counted_on.isoformat())
        return MeasureValue(one, None, _("inte känt"))

    return [Trend(measure, tuple(value(measure, one) for one in periods)) for measure in measures]


def _periods(last: HalfYear) -> list[HalfYear]:
    """The latest half-years up to the last, none before the first submission."""
    first = Initiative.objects.submitted().order_by("submitted_on").values_list("submitted_on", flat=True).first()
    found = [last]
    while len(found) < LATEST and first and found[0] > HalfYear.of(first):
        found.insert(0, found[0].previous())
    return found


def measures_section(report: Report, reader: User | None) -> Beside | None:
    """The saved measures that the reader may see, at the end of the half-year; those shared with V6 where nobody in
    particular reads."""
    current = Measure.objects.current().select_related("organisation")
    shown = current.visible_to(reader) if reader else current.filter(sharing=Sharing.V6)
    found = trends(list(shown[:MOST_IN_A_REPORT]), report.period, report.today, report.desk)
    if not found:
        return None
    return Beside(
        anchor="sparade-matt",
        title=_("Sparade mått"),
        lead=_(
            "Egna frågor till registret, sparade av dem som läser rapporten. De hör inte till uppföljningsplanens "
            "indikatorer."
        ),
        sheet=_("Sparade mått"),
        items=tuple(
            BesideItem(
                one.anchor,
                one.measure.name,
                f"{one.measure.told}. {one.how}" if one.measure.told else one.how,
                (),
                one.chart,
            )
            for one in found
        ),
    )
