"""A half-year's report for one reader: everything that the page, the PDF and the workbook show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from initiatives.models import Initiative
from v6portal.organizations.models import Organisation, User

from ..indicators import INDICATORS, Figures, Indicator, Reading, Section, initiative_rows
from ..models import HalfYearReport
from ..periods import HalfYear, NoSuchPeriod
from ..sparklines import Sparkline, SparkPoint
from .cells import Cell, Table
from .kept import Kept, approval_of, kept_of
from .leading import Leading, Since, leading_figures
from .leading_of_kommun import leading_of_kommun
from .lines import Line, tables_of
from .overview import Arrivals, Desk, Overview, Past, overview_of
from .per_initiative import totals
from .whose import Whose
from .withholding import hidden_from, references_in, withhold


@dataclass(frozen=True)
class Shown:
    """An indicator with its tables; one that is counted per initiative has none here."""

    indicator: Indicator
    tables: tuple[Table, ...]


@dataclass
class Report(Whose):
    """One half-year as one reader may have it.

    ``overview`` holds the figures with everybody's counts, and with every list in full: what is printed of a list goes
    through ``hidden``. ``rows`` are the rows of B5 that the reader may see and that were asked for. ``reader`` is None
    in the file that ``manage.py report`` writes. ``kommun`` is the one whose report it is, None in that of all;
    ``history`` are the half-years of its trends, this one last. ``kept`` is what was frozen, of an approved one, and
    ``approval`` who did it.
    """

    period: HalfYear
    today: dt.date
    overview: Overview
    before: Overview | None
    arrivals: tuple[Arrivals, ...]
    organisations: Sequence[Organisation]
    hidden: Collection[str] = frozenset()
    rows: list[Figures] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)
    reader: User | None = None
    kommun: Organisation | None = None
    history: Sequence[Past] = ()
    kept: Kept | None = None
    approval: HalfYearReport | None = None
    desk: Desk | None = None

    @property
    def indicators(self) -> Sequence[Indicator]:
        """The lines of the report, in the words that it has them; an approved one keeps its own."""
        return self.kept.indicators if self.kept else INDICATORS

    @property
    def per(self) -> dt.date:
        return self.period.end(self.today)

    @property
    def running(self) -> bool:
        return self.period.is_running(self.today)

    @property
    def before_label(self) -> str:
        return self.period.previous().label

    @property
    def numbers(self) -> list[tuple[Past, Figures]]:
        """The half-years of its trends, each with the numbers that are this report's."""
        return [(past, past.numbers[self.whose]) for past in self.history]

    @property
    def visible_rows(self) -> list[str]:
        """The references of B5's rows that the reader may see, all of them."""
        return [reference for reference in self.overview.rows if reference not in self.hidden]

    @property
    def hidden_rows(self) -> int:
        """How many rows of B5 stand without a name."""
        return len(self.overview.rows) - len(self.visible_rows)

    def leading(self, base: str = "") -> list[Leading]:
        """The eight figures; ``base`` stands before the key in the address of the list behind each."""
        since = Since(self.before.figures, self.before_label, self.running) if self.before else None
        if self.kommun:
            figures = leading_of_kommun(self.overview, since, self.kommun, hidden=self.hidden_rows)
        else:
            figures = leading_figures(self.overview, since, len(self.kommuner))
        figures = [replace(one, trend=self._trend(one)) for one in figures]
        return [replace(one, url=f"{base}{one.key}/{self.choice}") for one in figures] if base else figures

    def _trend(self, one: Leading) -> Sparkline | None:
        """A small trend of a leading figure, where it has one."""
        measure = one.measure
        if not measure:
            return None
        points = [SparkPoint(past.period.code, measure(numbers), past.is_running) for past, numbers in self.numbers]
        return Sparkline(one.key, one.label, tuple(points))

    @property
    def totals(self) -> Table:
        """The last table of B5: time to start over the whole report."""
        before = self.before.figures["B5"] if self.before else None
        return totals(self.overview.figures["B5"], before, self.before_label)

    def shown(self, indicator: Indicator) -> Shown:
        if not indicator.count or indicator.code == "B5":
            return Shown(indicator, ())
        before = indicator.figures(self.before.figures) if self.before else None
        figures = indicator.figures(self.overview.figures)
        line = Line(indicator, figures, before, self.before_label, self.organisations, self.kommun)
        return Shown(indicator, tuple(tables_of(line)))

    @property
    def sections(self) -> list[tuple[Section, list[Shown]]]:
        """The report's headings in the source's order, each with its indicators."""
        shown = [self.shown(indicator) for indicator in self.indicators]
        return [(section, [one for one in shown if one.indicator.section is section]) for section in Section]

    def cells(self) -> list[tuple[Indicator, Table, Sequence[Cell], Cell]]:
        """Every figure with a list behind it, with where it stands."""
        tables = [(one.indicator, table) for _section, shown in self.sections for one in shown for table in one.tables]
        time = next(indicator for indicator in self.indicators if indicator.code == "B5e")
        return [
            (indicator, table, row, cell)
            for indicator, table in [*tables, (time, self.totals)]
            for row, _column, cell in table.cells()
            if cell.key
        ]

    @property
    def withheld(self) -> Figures:
        """The figures, with the rows that were asked for, without a word of what the reader may not see."""
        rows = {"rader": self.rows} | self.overview.figures["B5"]
        return withhold(self.overview.figures | {"B5": rows}, self.hidden)

    @property
    def left_out(self) -> int:
        """How many initiatives the report counts and does not name to this reader."""
        named = {*references_in(self.overview.figures), *self.overview.rows}
        return len(named & set(self.hidden))


def open_report(period: HalfYear, today: dt.date, *, reader: User, kommun: str = "") -> Report:
    """The report for a reader, without rows of B5; of all kommuner, or of the one with that key.

    Raises NoSuchPeriod for a half-year that has not begun, or that ended before anything was submitted, and
    NoSuchKommun.
    """
    desk = Desk()
    period.end(today)
    arrivals = desk.arrivals(today)
    first = arrivals[0].period
    if period < first:
        raise NoSuchPeriod(f"{period.code} < {first.code}")
    chosen = desk.kommun(kommun)
    if not period.is_running(today) and (approval := approval_of(period)):
        kept = report_as_kept(approval, today, desk=desk, hidden=hidden_from(reader), reader=reader)
        return of_kommun(kept, chosen) if chosen else kept
    overview = desk.overview(period, today)
    before = desk.overview(period.previous(), today) if period > first else None
    report = Report(
        period=period,
        today=today,
        overview=overview,
        before=before,
        arrivals=tuple(one for one in arrivals if one.period <= period),
        organisations=desk.organisations,
        hidden=hidden_from(reader),
        reader=reader,
        history=desk.history(overview, today, first, period),
        desk=desk,
    )
    return of_kommun(report, chosen) if chosen else report


def of_kommun(report: Report, kommun: Organisation) -> Report:
    """The report of all as that of one kommun, out of the same figures."""
    kommun = next(one for one in report.kommuner if one.key == kommun.key)  # by the name that it has in the report
    arrived = [
        (past.period, *(past.numbers[kommun.short_name][code]["per_kommun"] for code in ("A1", "B1")))
        for past in report.history
    ]
    name = kommun.short_name
    return replace(
        report,
        kommun=kommun,
        arrivals=tuple(Arrivals(period, a1[name]["antal"], b1[name]["antal"]) for period, a1, b1 in arrived),
        overview=report.overview.of(kommun.short_name),
        before=report.before and report.before.of(kommun.short_name),
    )


def report_as_kept(
    approval: HalfYearReport,
    today: dt.date,
    *,
    desk: Desk,
    hidden: Collection[str] = frozenset(),
    reader: User | None = None,
) -> Report:
    """An approved report as it was frozen, without rows of B5."""
    kept = kept_of(approval)
    return Report(
        period=kept.period,
        today=today,
        overview=kept.overview,
        before=kept.before,
        arrivals=kept.arrivals,
        organisations=kept.organisations(desk.organisations),
        hidden=hidden,
        reader=reader,
        kept=kept,
        approval=approval,
        desk=desk,
        history=kept.history,
    )


def read_rows(report: Report, references: Sequence[str]) -> None:
    """Reads the rows of B5 with those references, and their titles, into the report."""
    if report.kept:
        report.rows, report.titles = report.kept.rows(set(references)), report.kept.titles(report.hidden)
        return
    found = list(Initiative.objects.filter(reference__in=references).order_by().values_list("pk", "reference", "title"))
    report.titles |= {reference: title for _pk, reference, title in found}
    reading = Reading(report.period, report.per, [pk for pk, _reference, _title in found])
    reading.organisations = list(report.organisations)
    report.rows = initiative_rows(reading)


def read_all_rows(report: Report) -> None:
    """Reads every row of B5 that the reader may see, and the titles of everything the report names to her."""
    read_rows(report, report.visible_rows)
    if report.kept:
        return
    named = {*references_in(report.overview.figures)} - set(report.hidden) - report.titles.keys()
    more = Initiative.objects.filter(reference__in=named).order_by().values_list("reference", "title")
    report.titles |= dict(more)


def report_of(figures: Figures) -> Report:
    """The report for the file that ``manage.py report`` writes, out of figures already counted; nothing is withheld."""
    period, per = HalfYear.parse(figures["period"]), dt.date.fromisoformat(figures["per"])
    today = per if per < period.last else period.last + dt.timedelta(days=1)
    desk = Desk()
    arrivals = desk.arrivals(today)
    overview = overview_of(figures, desk.organisations)
    report = Report(
        period=period,
        today=today,
        overview=overview,
        before=desk.overview(period.previous(), today) if period > arrivals[0].period else None,
        arrivals=tuple(one for one in arrivals if one.period <= period),
        organisations=desk.organisations,
        rows=figures["B5"]["rader"],
        history=desk.history(overview, today, arrivals[0].period, period),
    )
    named = {*references_in(figures)}
    report.titles = dict(Initiative.objects.filter(reference__in=named).order_by().values_list("reference", "title"))
    return report
