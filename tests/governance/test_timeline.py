"""The picture of the work in time: nothing written covers anything written, whatever has happened when."""

from __future__ import annotations

import datetime as dt
from itertools import combinations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from governance.timeline import NARROW, WIDE, Bar, Drawing, Frame, Mark, Span, draw

TODAY = dt.date(2026, 11, 26)
DAYS = st.integers(-2800, 1800).map(lambda days: TODAY + dt.timedelta(days=days))
PERIODS = st.none() | st.tuples(DAYS, DAYS).map(lambda days: (min(days), max(days)))
WORDS = st.integers(1, 70).map("m".__mul__)
SPANS = st.lists(st.builds(Span, st.lists(WORDS, min_size=1, max_size=2).map(tuple), PERIODS, PERIODS), max_size=6)
MARKS = st.lists(st.builds(Mark, DAYS, WORDS, st.just("decision")), max_size=14)
FRAMES = st.sampled_from([WIDE, NARROW, Frame("mitt", 760, side=6)])

patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def name_of(day: dt.date, yearly: bool) -> str:
    return f"{day:%Y}" if yearly else f"{day:%b %Y}"


def drawn(spans=(), marks=(), frame=WIDE) -> Drawing:
    return draw(spans, marks, TODAY, frame, today_words="i dag", name_of=name_of)


def cross(one, other) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@patient
@given(SPANS, MARKS, FRAMES)
def test_no_words_cover_words_and_everything_is_inside(spans, marks, frame):
    drawing = drawn(spans, marks, frame)
    labels = list(drawing.labels)
    for one, other in combinations(labels, 2):
        assert not cross(one.box, other.box), (one, other)
    for label in labels:
        assert label.box[0] >= 0
        assert label.box[2] <= frame.width
        assert label.box[3] <= drawing.height or label is drawing.today or not (spans or marks) or label.box[1] < 40
    bars = [bar for row in drawing.rows for bar in (row.planned, row.actual, row.late) if bar]
    assert all(bar.x >= 0 and bar.x + bar.width <= frame.width and bar.width > 0 for bar in bars)
    assert len(drawing.rows) == len(spans)
    assert [placed.mark for placed in drawing.marks] == marks


@patient
@given(SPANS, MARKS, FRAMES)
def test_no_bar_and_no_mark_covers_words(spans, marks, frame):
    drawing = drawn(spans, marks, frame)
    bars = [bar for row in drawing.rows for bar in (row.planned, row.actual, row.late) if bar]
    boxes = [(bar.x, bar.y, bar.x + bar.width, bar.y + bar.height) for bar in bars]
    boxes += [(mark.x - 6, mark.y - 6, mark.x + 6, mark.y + 6) for mark in drawing.marks]
    for box in boxes:
        assert not any(cross(box, label.box) for label in drawing.labels)


def test_time_goes_to_the_right_and_today_is_where_it_is():
    stage = Span(("Etapp 1",), (dt.date(2026, 1, 1), dt.date(2026, 6, 30)), (dt.date(2026, 2, 1), TODAY))
    row = drawn([stage], [Mark(dt.date(2025, 12, 1), "Beslut", "decision")]).rows[0]
    assert row.planned is not None
    assert row.actual is not None
    assert row.planned.x < row.actual.x < row.planned.x + row.planned.width < row.actual.x + row.actual.width
    assert abs(row.actual.x + row.actual.width - drawn([stage]).today_x) < 40


def test_a_day_is_still_seen():
    day = dt.date(2026, 5, 1)
    row = drawn([Span(("En dag",), actual=(day, day)), Span(("Lång",), actual=(dt.date(2019, 1, 1), TODAY))]).rows[0]
    assert isinstance(row.actual, Bar)
    assert row.actual.width >= 3


def test_the_axis_names_months_or_years_as_there_is_room():
    short = drawn([Span(("a",), actual=(dt.date(2026, 9, 1), TODAY))])
    assert [tick.label.text for tick in short.ticks][:2] == ["Sep 2026", "Oct 2026"]
    long = drawn([Span(("a",), actual=(dt.date(2019, 1, 1), TODAY))], frame=NARROW)
    assert [tick.label.text for tick in long.ticks] == ["2020", "2022", "2024", "2026"]


def test_words_by_the_edge_stand_on_the_other_side_of_their_mark():
    drawing = drawn([], [Mark(dt.date(2020, 1, 1), "Först", "decision"), Mark(TODAY, "Nu på slutet", "adoption")])
    first, last = drawing.marks
    assert (first.label.anchor, last.label.anchor) == ("start", "end")
    assert last.label.x < last.x
    assert drawing.today.x > 0
