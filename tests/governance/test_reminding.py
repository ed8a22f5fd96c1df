"""On which days one is reminded, typed by hand with a calendar beside: 2026-06-01 is a Monday."""

from __future__ import annotations

import datetime as dt

import pytest

from governance.reminding import days_to_remind, working_day_after, working_day_before


def days(*text: str) -> list[dt.date]:
    return [dt.date.fromisoformat(f"2026-{day}") for day in text]


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(f"2026-{text}")


@pytest.mark.parametrize(
    ("began", "last", "today", "is_inquiry", "told"),
    [
        # An inquiry of three weeks: half time on the tenth day, the last day, the day after, then week by week.
        ("06-01", "06-22", "06-10", True, []),
        ("06-01", "06-22", "06-11", True, ["06-11"]),
        ("06-01", "06-22", "06-22", True, ["06-11", "06-22"]),
        ("06-01", "06-22", "06-23", True, ["06-11", "06-22", "06-23"]),
        ("06-01", "06-22", "07-08", True, ["06-11", "06-22", "06-23", "06-30", "07-07"]),
        # Its last day is a Saturday: said the Friday before, and the Monday after.
        ("06-01", "06-20", "06-22", True, ["06-10", "06-19", "06-22"]),
        # Half time on a Sunday is told on the Friday.
        ("06-01", "06-13", "06-06", True, ["06-05"]),
        # Asked on a Friday until Monday: half time would be the Friday itself, and is left out.
        ("06-05", "06-08", "06-08", True, ["06-08"]),
        # Asked and to be answered the same day: only afterwards.
        ("06-01", "06-01", "06-02", True, ["06-02"]),
        # Everything else: three days before, the day after, and then once a week.
        ("06-01", "06-12", "06-08", False, []),
        ("06-01", "06-12", "06-09", False, ["06-09"]),
        ("06-01", "06-12", "06-22", False, ["06-09", "06-15", "06-22"]),
        # Three days before Tuesday is Saturday: on the Friday.
        ("06-01", "06-16", "06-14", False, ["06-12"]),
        # Shorter than the warning: none before.
        ("06-01", "06-03", "06-03", False, []),
        # What waits from the very day it should have been done.
        ("06-12", "06-12", "06-15", False, ["06-15"]),
    ],
)
def test_the_days(began: str, last: str, today: str, is_inquiry: bool, told: list[str]) -> None:
    assert days_to_remind(day(began), day(last), day(today), is_inquiry=is_inquiry) == days(*told)


def test_working_days() -> None:
    week = [day(f"06-{number:02}") for number in range(1, 8)]
    assert [working_day_before(d) for d in week] == [*week[:5], week[4], week[4]]
    assert [working_day_after(d) for d in week] == [*week[:5], day("06-08"), day("06-08")]
