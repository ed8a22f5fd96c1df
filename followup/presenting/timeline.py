"""The timeline of an initiative: what its picture shows, in two widths, and the same as a table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.acts import Act
from governance.models import Decision
from governance.planning import Course
from governance.timeline import NARROW, WIDE, Drawing, Frame, Mark, Span, draw

from ..models import Adoption
from .work import StageLine, Work

BESIDE = Frame("bred", 760, side=6)
"""As wide as the section of the initiative's own page."""

DECISIONS = {
    Act.DECIDE_LOCAL: gettext_lazy("Beslut: lokalt"),
    Act.SEND_TO_V6: gettext_lazy("Beslut: till V6"),
    Act.REJECT: gettext_lazy("Beslut: avslag"),
    Act.DECIDE_START: gettext_lazy("Beslut om start"),
    Act.END_UNREALISED: gettext_lazy("Beslut: avslutas"),
    Act.DECIDE_COMMITMENT: gettext_lazy("Beslut: åtagande"),
    Act.JOIN: gettext_lazy("%s gick med"),
    Act.LEAVE: gettext_lazy("%s lämnade"),
    Act.CHANGE_LEADER: gettext_lazy("Ny ledande kommun"),
}
"""What is shown of the decisions, in few enough letters for a telephone. The kommuner's answers are shown elsewhere."""
DECISION, ADOPTION = "decision", "adoption"


@dataclass(frozen=True)
class Row:
    """One line of the table: what, when it was planned, when it was, and how it stands."""

    what: str
    planned: str
    actual: str
    standing: str


@dataclass(frozen=True)
class Timeline:
    """The drawings, the description and the table."""

    drawings: tuple[Drawing, ...]
    rows: tuple[Row, ...]
    description: str
    has_late: bool

    def __bool__(self) -> bool:
        return bool(self.rows)


def timeline_of(work: Work, decisions: Iterable[Decision], adoptions: Iterable[Adoption], frame: Frame) -> Timeline:
    """``frame`` is the wide one of the two that are drawn."""
    spans = [_span(line) for line in work.stages]
    marks = sorted((*_decided(decisions), *_adopted(adoptions)), key=lambda mark: (mark.day, mark.words))
    if not work.stages:
        return Timeline((), (), "", False)
    drawings = tuple(
        draw(spans, marks, work.today, one, today_words=_("i dag"), name_of=_axis_name) for one in (frame, NARROW)
    )
    rows = (*(_row(line) for line in work.stages), *(Row(m.words, "", str(m.day), "") for m in marks))
    told = [_told(row) for row in rows]
    return Timeline(drawings, rows, f"{get_text_list(told, _('och'))}.", any(span.late for span in spans))


def whole(work: Work, decisions: Iterable[Decision], adoptions: Iterable[Adoption]) -> Timeline:
    """As wide as a page."""
    return timeline_of(work, decisions, adoptions, WIDE)


def _axis_name(day: dt.date, yearly: bool) -> str:
    return str(day.year) if yearly else date_format(day, "M Y").lower()


def _span(line: StageLine) -> Span:
    course = line.course
    end = course.end or course.today
    return Span(
        words=(line.name, line.sign.word),
        planned=_period(course.planned_start or course.start, course.planned_end),
        actual=_period(course.start, end),
        late=_late(course),
        goes_on=course.start is not None and course.end is None,
    )


def _late(course: Course) -> tuple[dt.date, dt.date] | None:
    """The days of work after the planned end."""
    if course.start is None or course.planned_end is None or not course.days_late:
        return None
    return max(course.planned_end + dt.timedelta(days=1), course.start), course.end or course.today


def _period(start: dt.date | None, end: dt.date | None) -> tuple[dt.date, dt.date] | None:
    """Nothing where an end is not known, or lies before the beginning."""
    return (start, end) if start and end and start <= end else None


def _decided(decisions: Iterable[Decision]) -> Iterable[Mark]:
    for decision in decisions:
        words = DECISIONS.get(Act(decision.act))
        if words is not None:
            told = str(words) % decision.organisation.short_name if "%s" in str(words) else str(words)
            yield Mark(decision.decided_on, told, DECISION)


def _adopted(adoptions: Iterable[Adoption]) -> Iterable[Mark]:
    for adoption in adoptions:
        yield Mark(adoption.in_use_on, _("Infört i %s") % adoption.organisation.short_name, ADOPTION)


def _row(line: StageLine) -> Row:
    course = line.course
    planned = _dates(course.planned_start or course.start, course.planned_end) if course.planned_end else ""
    actual = _dates(course.start, course.end) if course.start else ""
    details = [part for part in (line.sign.word, line.ends, line.slip) if part]
    return Row(line.name, planned, actual, "; ".join(details))


def _dates(start: dt.date | None, end: dt.date | None) -> str:
    return f"{start} – {end or ''}".strip()


def _told(row: Row) -> str:
    if not row.planned and not row.standing:
        return f"{row.what} {row.actual}"
    when = row.actual or row.planned
    return f"{row.what} {when} ({row.standing})"
