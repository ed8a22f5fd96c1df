"""Realised against expected, and how far it is followed up: small sums by hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from followup.realised import Adopted, Compared, by_months, followed, outcome, standing, summed, together, waiting


@dataclass(frozen=True)
class Said:
    organisation_id: int
    hours_a_year: Decimal | None = None
    kronor_a_year: Decimal | None = None
    kronor_once: Decimal | None = None


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def test_the_latest_of_each_kommun_counts() -> None:
    first, other, second = Said(1, Decimal(100)), Said(2, Decimal(50)), Said(1, Decimal(80), Decimal(9000))
    assert standing([first, other, second]) == [second, other]
    found = outcome(Decimal(200), Decimal(10000), [first, other, second])
    assert (found.hours.realised, found.hours.difference) == (130, -70)
    assert (found.kronor.realised, found.kronor.difference) == (9000, -1000)
    assert found.once is None
    assert found.is_known


def test_time_is_never_money() -> None:
    found = outcome(Decimal(10), Decimal(0), [Said(1, hours_a_year=Decimal(10))])
    assert found.kronor == Compared(Decimal(0), None)
    assert found.kronor.difference is None


def test_what_is_not_known_is_not_nought() -> None:
    nothing = outcome(None, None, [])
    assert not nothing.is_known
    assert nothing.hours == Compared(None, None)
    assert outcome(None, None, [Said(1, kronor_once=Decimal(0))]).is_known
    assert together([]) is None
    assert together([None, Decimal(0)]) == 0
    assert Compared(Decimal(5), None).difference is None
    assert Compared(None, Decimal(5)).difference is None


def test_sums_are_of_those_where_both_are_known() -> None:
    lines = [Compared(Decimal(10), Decimal(4)), Compared(Decimal(100), None), Compared(None, Decimal(7))]
    assert summed(lines) == Compared(Decimal(10), Decimal(4))
    assert summed(lines[1:]) == Compared(None, None)


def test_followed_up_by_a_day() -> None:
    silent = Adopted(1, 10, day("2025-05-15"))
    late = Adopted(2, 20, day("2025-12-31"), [day("2026-06-29"), day("2026-07-01")])
    young = Adopted(3, 30, day("2026-01-02"))
    found = followed([young, late, silent], day("2026-06-30"))
    assert [(one.adopted.case, one.months, one.due_on, one.is_answered) for one in found] == [
        (1, 6, day("2025-11-15"), False),
        (1, 12, day("2026-05-15"), False),
        (2, 6, day("2026-06-30"), False),  # said the day before, and the day after the half-year: neither counts
    ]
    assert [(one.adopted.case, one.months) for one in waiting(found)] == [(1, 12), (2, 6)]
    assert {months: len(ones) for months, ones in by_months(found).items()} == {6: 2, 12: 1}
    (_first, _second, third) = followed([late, silent], day("2026-07-01"))
    assert third.is_answered
    assert [one.adopted.case for one in waiting([third])] == []
