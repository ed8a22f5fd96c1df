"""Useful and innovative solutions: 3N, target groups, and the local side of both."""

from __future__ import annotations

import datetime as dt

import pytest

from followup.indicators import Figures
from followup.periods import HalfYear
from followup.reports import compute

from .history import History

pytestmark = pytest.mark.django_db


def report(code: str = "2026-1", as_of: str = "2027-01-31") -> Figures:
    return compute(HalfYear.parse(code), dt.date.fromisoformat(as_of))


def c1(code: str = "2026-1", as_of: str = "2027-01-31") -> list[str]:
    line = report(code, as_of)["C1"]
    assert line["antal"] == len(line["referenser"])
    return line["referenser"]


class TestC1Confirmed:
    def test_it_counts_when_the_last_of_the_three_and_the_first_inforande_has_fallen(self):
        History("DI-1", v6="2026-01-20").adopted("Vara", "2026-03-01").adopted("Skara", "2026-08-01").confirmed(
            "new", "2026-03-02"
        ).confirmed("useful", "2026-07-01").confirmed("utilised", "2026-04-01")
        assert (c1("2026-1"), c1("2026-2")) == ([], ["DI-1"])

    def test_the_inforande_may_be_the_last_to_fall(self):
        History("DI-1", v6="2026-01-20").confirmed_in_all("2026-02-02").adopted("Vara", "2026-07-01")
        assert (c1("2026-1"), c1("2026-2")) == ([], ["DI-1"])

    def test_two_of_three_or_no_inforande_is_not_enough(self):
        History("DI-1", v6="2026-01-20").adopted("Vara", "2026-03-01").confirmed("new", "2026-03-02").confirmed(
            "useful", "2026-03-02"
        )
        History("DI-2", v6="2026-01-20").confirmed_in_all("2026-02-02")
        assert c1() == []

    def test_confirming_again_what_already_stands_does_not_move_the_date(self):
        History("DI-1", v6="2026-01-20").adopted("Vara", "2026-03-01").confirmed_in_all("2026-03-02").confirmed(
            "new", "2026-08-01"
        )
        assert (c1("2026-1"), c1("2026-2")) == (["DI-1"], [])

    def test_what_is_revoked_later_still_stood_then_and_restored_it_counts_anew(self):
        history = History("DI-1", v6="2026-01-20").adopted("Vara", "2026-03-01").confirmed_in_all("2026-03-02")
        history.confirmed("new", "2026-07-10", holds=False)
        assert (c1("2026-1"), c1("2026-2")) == (["DI-1"], [])
        history.confirmed("new", "2026-08-01")
        assert c1("2026-2", as_of="2026-07-31") == []
        assert (c1("2026-1"), c1("2026-2")) == (["DI-1"], ["DI-1"])

    def test_revoked_within_the_half_year_it_does_not_count(self):
        History("DI-1", v6="2026-01-20").adopted("Vara", "2026-03-01").confirmed_in_all("2026-03-02").confirmed(
            "utilised", "2026-06-30", holds=False
        )
        assert c1() == []

    def test_of_two_answers_on_one_day_the_later_row_counts(self):
        History("DI-1", v6="2026-01-20").adopted("Vara", "2026-03-01").confirmed_in_all("2026-03-02").confirmed(
            "new", "2026-03-02", holds=False
        )
        History("DI-2", v6="2026-01-20").adopted("Vara", "2026-03-01").confirmed(
            "new", "2026-03-02", holds=False
        ).confirmed_in_all("2026-03-02")
        assert c1() == ["DI-2"]

    def test_before_v6_and_after_are_counted_each_for_itself(self):
        History("DI-1", v6="2026-04-01").adopted("Vara", "2026-03-01").confirmed_in_all("2026-03-31")
        History("DI-2", v6="2026-04-01").adopted("Vara", "2026-04-01").confirmed_in_all("2026-04-01")
        History("DI-3", v6="2026-04-01").adopted("Vara", "2026-03-01").confirmed_in_all("2026-04-01")
        History("DI-4").adopted("Vara", "2026-03-01").confirmed_in_all("2026-04-01")
        assert c1() == ["DI-2"]
        assert report()["lokalt"]["C1"] == {"antal": 2, "referenser": ["DI-1", "DI-4"]}


class TestC2TargetGroups:
    def test_both_is_counted_in_each_group_and_once_in_the_total(self):
        groups = {"DI-1": (True, False), "DI-2": (False, True), "DI-3": (True, True)}
        for reference, (residents, employees) in groups.items():
            History(reference, v6="2026-01-20", targets_residents=residents, targets_employees=employees).adopted(
                "Vara", "2026-03-01"
            )
        assert report()["C2"] == {
            "invanare": 2,
            "medarbetare": 2,
            "bada": 1,
            "totalt": 3,
            "invanare_referenser": ["DI-1", "DI-3"],
            "medarbetare_referenser": ["DI-2", "DI-3"],
            "bada_referenser": ["DI-3"],
            "totalt_referenser": ["DI-1", "DI-2", "DI-3"],
        }

    def test_only_the_first_inforande_counts(self):
        History("DI-1", v6="2026-01-20").adopted("Vara", "2026-06-30").adopted("Skara", "2026-07-01")
        assert report("2026-1")["C2"]["totalt_referenser"] == ["DI-1"]
        assert report("2026-2")["C2"]["totalt"] == 0

    def test_what_a_kommun_did_before_v6_is_a_local_first_and_v6_has_its_own(self):
        History("DI-1", "Vara", v6="2026-07-01").adopted("Vara", "2026-03-01").adopted("Skara", "2026-08-01")
        assert report("2026-1")["lokalt"]["C2"]["totalt_referenser"] == ["DI-1"]
        assert report("2026-1")["C2"]["totalt"] == 0
        assert report("2026-2")["C2"]["totalt_referenser"] == ["DI-1"]
        assert report("2026-2")["lokalt"]["C2"]["totalt"] == 0
