"""Initiative by initiative: which have a row, who takes part and leaves, what it costs, how long it takes to start."""

from __future__ import annotations

import datetime as dt

import pytest

from followup.indicators import Figures
from followup.periods import HalfYear
from followup.reports import compute
from governance.acts import Act
from governance.models.ledger import Ending
from governance.statuses import ENDED, Status

from .history import History

pytestmark = pytest.mark.django_db


def b5(code: str = "2026-1", as_of: str = "2027-01-31") -> Figures:
    return compute(HalfYear.parse(code), dt.date.fromisoformat(as_of))["B5"]


def references(code: str, as_of: str = "2027-01-31") -> list[str]:
    return [row["referens"] for row in b5(code, as_of)["rader"]]


def row(code: str = "2026-1", as_of: str = "2027-01-31") -> Figures:
    [only] = b5(code, as_of)["rader"]
    return only


class TestRows:
    def test_what_closes_in_the_half_year_has_its_last_row_there(self):
        History("DI-1", v6="2026-01-20").event(Act.END_UNREALISED, "2026-07-01", Status.ENDED_UNREALISED)
        assert references("2025-2") == []
        assert references("2026-1") == references("2026-2") == ["DI-1"]
        assert references("2027-1") == []

    @pytest.mark.parametrize("status", sorted(ENDED - {Status.DUPLICATE}))
    def test_every_ended_status_on_the_eve_takes_the_row_away(self, status):
        History("DI-1", v6="2026-01-20").event(Act.IMPORTED, "2026-06-30 23:59", status)
        assert references("2026-2") == []

    def test_paused_or_in_maintenance_is_not_closed(self):
        History("DI-1", v6="2026-01-20").event(Act.PAUSE, "2026-02-01", Status.PAUSED, paused_from=Status.V6_RECEIVED)
        History("DI-2", v6="2026-01-20").event(Act.HAND_OVER, "2026-02-01", Status.MAINTENANCE)
        assert references("2026-2") == ["DI-1", "DI-2"]

    def test_what_has_gone_back_to_the_kommun_is_closed_also_while_it_rests_or_is_done_there(self):
        History("DI-1", v6="2026-01-20").event(Act.RETURN_TO_KOMMUN, "2026-02-01", Status.PRIORITISED)
        History("DI-2", v6="2026-01-20").event(Act.RETURN_TO_KOMMUN, "2026-02-01", Status.PRIORITISED).event(
            Act.PAUSE, "2026-03-01", Status.PAUSED, paused_from=Status.PRIORITISED
        )
        History("DI-3", v6="2026-01-20").event(Act.RETURN_TO_KOMMUN, "2026-02-01", Status.PRIORITISED).event(
            Act.DECIDE_LOCAL, "2026-03-01", Status.LOCAL
        )
        assert references("2026-1") == ["DI-1", "DI-2", "DI-3"]
        assert references("2026-2") == []

    def test_what_came_to_v6_again_before_the_half_year_has_a_row(self):
        History("DI-1", v6="2026-01-20").event(Act.RETURN_TO_KOMMUN, "2026-02-01", Status.PRIORITISED).event(
            Act.SEND_TO_V6, "2026-06-30", Status.V6_RECEIVED
        )
        assert references("2026-2") == ["DI-1"]

    def test_of_two_events_on_one_day_the_later_decides(self):
        History("DI-1", v6="2026-01-20").event(Act.CLOSE, "2026-06-30 15:00", Status.CLOSED).event(
            Act.IMPORTED, "2026-06-30 14:00", Status.IN_PROGRESS
        ).event(Act.IMPORTED, "2026-08-01", Status.CLOSED)
        assert references("2026-2") == []

    def test_an_event_dated_back_changes_the_half_year_it_is_dated_in_and_later_ones(self):
        history = History("DI-1", v6="2026-01-20").event(Act.DECIDE_START, "2026-02-01", Status.IN_PROGRESS)
        assert references("2026-2") == ["DI-1"]
        history.event(Act.CLOSE, "2026-05-05", Status.CLOSED)
        assert references("2026-1") == ["DI-1"]
        assert references("2026-2") == []

    def test_a_kommuns_own_initiative_has_no_row(self):
        History("DI-1").stage("project", "2026-02-01")
        assert references("2026-1") == []


class TestB5aParticipants:
    def test_those_who_lead_or_take_part_at_the_end_and_those_who_ever_did(self):
        History("DI-1", v6="2026-01-20").joins("Skara", "2026-01-20", role="leads").joins(
            "Vara", "2026-01-21", "2026-06-30"
        ).joins("Götene", "2026-06-30").joins("Essunga", "2026-07-01").joins("Grästorp", "2026-02-01", role="follows")
        assert row()["B5a"] == {
            "deltagande": 2,
            "kommuner": ["Götene", "Skara"],
            "nagonsin": 3,
            "nagonsin_kommuner": ["Götene", "Skara", "Vara"],
        }

    def test_who_comes_back_is_one_kommun(self):
        History("DI-1", v6="2026-01-20").joins("Vara", "2026-01-21", "2026-02-21").joins("Vara", "2026-03-21")
        assert (row()["B5a"]["deltagande"], row()["B5a"]["nagonsin"]) == (1, 1)

    def test_who_left_the_day_it_joined_was_never_active_on_any_day(self):
        History("DI-1", v6="2026-01-20").joins("Vara", "2026-02-21", "2026-02-21")
        assert (row()["B5a"]["deltagande"], row()["B5a"]["nagonsin"]) == (0, 0)


class TestB5bLeaves:
    def begun(self) -> History:
        return History("DI-1", v6="2026-01-20").stage("prestudy", "2026-02-02")

    def test_a_leave_after_the_start_is_listed_with_its_date_principle_and_reason(self):
        self.begun().joins("Vara", "2026-01-20", "2026-03-03", reason="Ryms inte i budgeten.")
        leave = {"kommun": "Vara", "lamnade": "2026-03-03", "princip": "P4", "orsak": "Ryms inte i budgeten."}
        assert row()["B5b"] == {"i_perioden": 1, "ackumulerat": 1, "lista": [leave]}
        assert row("2026-2")["B5b"] == {"i_perioden": 0, "ackumulerat": 1, "lista": []}

    @pytest.mark.parametrize(("left", "counted"), [("2026-02-01", 0), ("2026-02-02", 0), ("2026-02-03", 1)])
    def test_a_leave_before_or_on_the_day_of_the_start_is_not_counted(self, left, counted):
        self.begun().joins("Vara", "2026-01-20", left)
        assert row()["B5b"]["ackumulerat"] == counted

    def test_without_a_start_nobody_leaves_after_it(self):
        History("DI-1", v6="2026-01-20").stage("implementation", "2026-02-02").joins("Vara", "2026-01-20", "2026-03-03")
        assert row()["B5b"]["ackumulerat"] == 0

    def test_a_change_of_role_or_of_leader_is_no_leave(self):
        self.begun().joins("Skara", "2026-01-20", "2026-03-03", role="leads", ending=Ending.CHANGED).joins(
            "Skara", "2026-03-03"
        ).joins("Vara", "2026-01-20", "2026-03-03", ending=Ending.CHANGED).joins("Vara", "2026-03-03", role="leads")
        assert row()["B5b"]["ackumulerat"] == 0

    def test_going_on_as_a_follower_is_a_leave(self):
        self.begun().joins("Vara", "2026-01-20", "2026-03-03").joins("Vara", "2026-03-03", role="follows")
        assert row()["B5b"]["i_perioden"] == 1

    def test_leaving_the_day_one_joined_is_a_leave(self):
        self.begun().joins("Vara", "2026-03-03", "2026-03-03")
        assert row()["B5b"]["i_perioden"] == 1

    def test_a_change_of_role_on_the_day_of_joining_is_none(self):
        self.begun().joins("Vara", "2026-03-03", "2026-03-03", ending=Ending.CHANGED).joins(
            "Vara", "2026-03-03", role="leads"
        )
        assert row()["B5b"]["ackumulerat"] == 0

    def test_coming_back_another_day_does_not_undo_the_leave_and_twice_is_still_one_kommun(self):
        self.begun().joins("Vara", "2026-02-10", "2026-03-03").joins("Vara", "2026-03-04", "2026-04-04")
        line = row()["B5b"]
        assert (line["i_perioden"], [leave["lamnade"] for leave in line["lista"]]) == (1, ["2026-03-03", "2026-04-04"])

    def test_a_leave_tomorrow_is_not_counted_today(self):
        self.begun().joins("Vara", "2026-02-10", "2026-03-03")
        assert row(as_of="2026-03-02")["B5b"]["ackumulerat"] == 0
        assert row(as_of="2026-03-03")["B5b"]["ackumulerat"] == 1


class TestB5cOneOffCosts:
    def test_nothing_recorded_is_nothing_and_nought_kronor_is_nought(self):
        History("DI-1", v6="2026-01-20").cost("prestudy", "0", "2026-02-02")
        assert row()["B5c"] == {
            "forstudie": {"utfall": "0.00", "utfall_i_perioden": "0.00", "budget": None},
            "utveckling": {"utfall": None, "utfall_i_perioden": None, "budget": None},
            "tillsammans": {"utfall": "0.00", "utfall_i_perioden": "0.00", "budget": None},
        }

    def test_costs_add_up_to_the_end_and_the_part_of_the_half_year_stands_beside(self):
        History("DI-1", submitted="2025-08-01", v6="2025-09-01").cost("prestudy", "100.10", "2025-12-31").cost(
            "prestudy", "200.20", "2026-01-01"
        ).cost("development", "300.30", "2026-06-30").cost("development", "900", "2026-07-01").cost(
            "development", "1000", "2026-06-30", value="budget"
        ).cost("development", "5000", "2026-07-01", value="budget")
        assert row()["B5c"] == {
            "forstudie": {"utfall": "300.30", "utfall_i_perioden": "200.20", "budget": None},
            "utveckling": {"utfall": "300.30", "utfall_i_perioden": "300.30", "budget": "1000.00"},
            "tillsammans": {"utfall": "600.60", "utfall_i_perioden": "500.50", "budget": "1000.00"},
        }

    def test_what_was_paid_before_v6_is_not_v6s_cost(self):
        History("DI-1", v6="2026-03-03").cost("development", "100", "2026-03-02").cost(
            "development", "10", "2026-03-03"
        )
        assert row()["B5c"]["utveckling"]["utfall"] == "10.00"


class TestB5dRunningCosts:
    def test_each_day_costs_a_365th_of_the_year(self):
        History("DI-1", submitted="2025-08-01", v6="2025-09-01").cost("operation", "36500", "2025-12-01")
        assert row("2026-1")["B5d"]["drift"] == {"arskostnad": "36500.00", "upplupet_i_perioden": "18100.00"}
        assert row("2026-2")["B5d"]["drift"]["upplupet_i_perioden"] == "18400.00"
        assert row("2025-2", as_of="2025-12-31")["B5d"]["drift"]["upplupet_i_perioden"] == "3100.00"

    def test_in_a_leap_year_a_366th_and_the_leap_day_is_one_of_them(self):
        History("DI-1", submitted="2023-08-01", v6="2023-09-01").cost("operation", "36600", "2023-12-01")
        assert row("2024-1")["B5d"]["drift"]["upplupet_i_perioden"] == "18200.00"
        assert row("2024-1", as_of="2024-02-29")["B5d"]["drift"]["upplupet_i_perioden"] == "6000.00"

    def test_rows_add_up_and_one_ends_only_by_its_own_last_day_which_is_included(self):
        History("DI-1", v6="2026-01-12").cost("operation", "36500", "2026-02-01", until="2026-02-10").cost(
            "operation", "3650", "2026-02-10", until="2026-06-30"
        ).cost("maintenance", "730", "2026-06-30")
        assert row()["B5d"] == {
            "drift": {"arskostnad": "3650.00", "upplupet_i_perioden": "2410.00"},
            "forvaltning": {"arskostnad": "730.00", "upplupet_i_perioden": "2.00"},
            "tillsammans": {"arskostnad": "4380.00", "upplupet_i_perioden": "2412.00"},
        }

    def test_a_cost_that_ended_before_the_half_year_is_nothing_in_it(self):
        History("DI-1", submitted="2025-08-01", v6="2025-09-01").cost(
            "operation", "3650", "2025-10-01", until="2025-12-31"
        )
        assert row()["B5d"]["drift"] == {"arskostnad": None, "upplupet_i_perioden": None}

    def test_the_days_before_v6_are_not_v6s(self):
        History("DI-1", v6="2026-06-29").cost("operation", "3650", "2026-01-13")
        assert row()["B5d"]["drift"]["upplupet_i_perioden"] == "20.00"

    def test_the_sum_is_rounded_half_up_and_once(self):
        history = History("DI-1", v6="2026-01-12")
        # Two days of 0.73 kronor a year and one day of 1.46 are four tenths of an öre each.
        history.cost("operation", "0.73", "2026-06-29").cost("maintenance", "1.46", "2026-06-30")
        line = row()["B5d"]
        assert line["drift"]["upplupet_i_perioden"] == line["forvaltning"]["upplupet_i_perioden"] == "0.00"
        assert line["tillsammans"]["upplupet_i_perioden"] == "0.01"

    def test_half_an_ore_exactly_is_rounded_up(self):
        History("DI-1", submitted="2023-08-01", v6="2023-09-01").cost("operation", "1.83", "2024-06-30").cost(
            "maintenance", "1.82", "2024-06-30"
        )
        line = row("2024-1", as_of="2024-06-30")["B5d"]
        assert line["drift"]["upplupet_i_perioden"] == "0.01"
        assert line["forvaltning"]["upplupet_i_perioden"] == "0.00"

    def test_a_budget_is_not_a_cost(self):
        History("DI-1", v6="2026-01-12").cost("operation", "3650", "2026-02-01", value="budget")
        assert row()["B5d"]["tillsammans"] == {"arskostnad": None, "upplupet_i_perioden": None}


class TestB5eTimeToStart:
    def test_days_are_counted_from_v6_and_from_the_submission(self):
        History("DI-1", submitted="2026-01-12", v6="2026-02-02").stage("implementation", "2026-02-03").stage(
            "assignment", "2026-03-04"
        ).stage("prestudy", "2026-03-02")
        assert row()["B5e"] == {"start": "2026-03-02", "dagar_fran_v6": 28, "dagar_fran_inskickat": 49}

    def test_what_began_before_v6_is_no_start_and_the_day_itself_is(self):
        History("DI-1", v6="2026-02-02").stage("project", "2026-02-01")
        assert row()["B5e"] == {"start": None, "dagar_fran_v6": None, "dagar_fran_inskickat": None}
        History("DI-2", v6="2026-02-02").stage("project", "2026-02-02")
        assert b5()["rader"][1]["B5e"]["dagar_fran_v6"] == 0

    def test_a_start_after_the_half_year_is_not_known_in_it(self):
        History("DI-1", v6="2026-02-02").stage("project", "2026-07-01")
        assert row("2026-1")["B5e"]["start"] is None
        assert b5("2026-2")["B5e_startade"]["referenser"] == ["DI-1"]

    def test_the_medians_are_over_those_that_started_in_the_half_year(self):
        for number, start in enumerate(("2026-02-03", "2026-02-06"), start=1):
            History(f"DI-{number}", submitted="2026-01-12", v6="2026-02-02").stage("project", start)
        assert b5()["B5e_startade"] == {
            "antal": 2,
            "referenser": ["DI-1", "DI-2"],
            "median_dagar_fran_v6": 2.5,
            "median_dagar_fran_inskickat": 23.5,
        }
        assert b5("2026-2")["B5e_startade"] == {
            "antal": 0,
            "referenser": [],
            "median_dagar_fran_v6": None,
            "median_dagar_fran_inskickat": None,
        }

    def test_who_waits_for_a_start_is_read_off_the_status_on_the_last_day(self):
        History("DI-1", submitted="2026-06-10", v6="2026-06-20").event(
            Act.V6_START, "2026-07-01", Status.V6_QUALIFYING
        ).event(Act.PAUSE, "2026-07-02", Status.PAUSED, paused_from=Status.V6_QUALIFYING)
        History("DI-2", submitted="2026-06-10", v6="2026-07-01")
        History("DI-3", submitted="2026-06-10", v6="2026-06-11").event(
            Act.RETURN_TO_KOMMUN, "2026-06-12", Status.PRIORITISED
        )
        assert b5("2026-1")["B5e_vantande"] == {
            "antal": 1,
            "referenser": ["DI-1"],
            "median_alder_fran_v6": 10,
            "median_alder_fran_inskickat": 20,
        }
        assert b5("2026-2", as_of="2026-07-01")["B5e_vantande"]["referenser"] == ["DI-1", "DI-2"]
        assert b5("2026-2", as_of="2026-07-02")["B5e_vantande"]["referenser"] == ["DI-2"]
