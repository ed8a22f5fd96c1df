"""A stage against its plan, day by day."""

from __future__ import annotations

import datetime as dt

import pytest

from governance.planning import Course, Standing


def on(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


S = Standing


@pytest.mark.parametrize(
    ("today", "planned", "actual", "standing", "late"),
    [
        ("2026-05-01", ("2026-05-01", "2026-06-30"), (None, None), S.COMING, 0),
        ("2026-05-02", ("2026-05-01", "2026-06-30"), (None, None), S.NOT_BEGUN, 1),
        ("2026-06-30", (None, "2026-06-30"), ("2026-05-04", None), S.ONGOING, 0),
        ("2026-07-12", (None, "2026-06-30"), ("2026-05-04", None), S.OVERDUE, 12),
        ("2026-07-12", (None, None), ("2026-05-04", None), S.ONGOING, 0),
        ("2026-12-01", (None, "2026-06-30"), ("2026-05-04", "2026-06-30"), S.ENDED, 0),
        ("2026-12-01", (None, "2026-06-30"), ("2026-05-04", "2026-07-01"), S.ENDED_LATE, 1),
        ("2026-12-01", (None, None), ("2026-05-04", "2026-07-01"), S.ENDED, 0),
    ],
)
def test_where_a_stage_stands(today, planned, actual, standing, late):
    course = Course(on(today), *map(on, actual), *map(on, planned))
    assert (course.standing, course.days_late) == (standing, late)
    assert course.is_late == (standing in (S.NOT_BEGUN, S.OVERDUE))


@pytest.mark.parametrize(
    ("earlier", "planned", "end", "moved", "slip"),
    [
        (("2026-03-31",), "2026-05-15", None, 45, 56),  # today is 26 May
        (("2026-03-31", "2026-04-30"), "2026-05-15", "2026-05-15", 45, 45),
        ((None, "2026-03-31"), "2026-03-15", "2026-03-10", -16, -21),
        ((), "2026-05-15", "2026-05-15", 0, 0),
        ((), "2026-06-30", None, 0, None),  # still within the plan
        ((), None, "2026-05-15", 0, None),  # no plan to compare with
        (("2026-03-31",), None, None, 0, 56),  # the plan has no end any more
    ],
)
def test_how_far_it_has_slipped(earlier, planned, end, moved, slip):
    course = Course(on("2026-05-26"), on("2026-01-07"), on(end), None, on(planned), [on(one) for one in earlier])
    assert (course.days_moved, course.slip) == (moved, slip)


def test_what_has_not_begun_has_not_slipped():
    assert Course(on("2026-05-26"), planned_start=on("2026-01-01"), planned_end=on("2026-02-01")).slip is None
