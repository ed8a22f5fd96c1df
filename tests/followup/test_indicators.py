"""The lines of the report, one by one: their words, and what each counts and does not count."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from django.conf import settings

from followup.indicators import INDICATORS, Figures, Section
from followup.periods import HalfYear
from followup.reports import compute
from governance.acts import Act
from governance.statuses import Status
from initiatives.models import Initiative

from .history import History

pytestmark = pytest.mark.django_db

PLAN = Path(settings.BASE_DIR, "tests", "data", "uppfoljningsplan.txt")


def report(code: str = "2026-1", as_of: str = "2027-01-31") -> Figures:
    return compute(HalfYear.parse(code), dt.date.fromisoformat(as_of))


class TestWords:
    def test_every_line_of_the_follow_up_plan_is_there_word_for_word_and_in_its_order(self):
        written, section = [], None
        for indicator in INDICATORS:
            if indicator.section is Section.LOCAL:
                continue
            if indicator.section is not section:
                section = indicator.section
                written.append(section.value)
            written.append(f"- {indicator.wording}")
            if indicator.code == "C2":
                written += [f"- {part.wording}" for part in indicator.parts]
        assert written == PLAN.read_text(encoding="utf-8").splitlines()

    def test_every_line_says_beside_the_figure_how_it_is_counted(self):
        assert all(len(str(indicator.definition)) > 60 for indicator in INDICATORS)
        assert len({indicator.code for indicator in INDICATORS}) == len(INDICATORS)

    def test_every_line_finds_its_figures_in_the_report(self):
        History("DI-1", v6="2026-01-20")
        found = report()
        for indicator in INDICATORS:
            place = found["B5"]["rader"][0] if indicator.per_initiative else found
            figures = indicator.figures(place)
            assert isinstance(figures, dict)
            assert all(part.key in figures for part in indicator.parts)
            assert all(part.key in found["B5"] for part in indicator.totals)


class TestA1Submitted:
    def test_an_initiative_counts_for_the_submitters_kommun_on_its_first_submission(self):
        History("DI-1", "Vara", submitted="2026-02-02")
        line = report()["A1"]
        assert line["per_kommun"]["Vara"] == {
            "antal": 1,
            "varav_dubbletter": 0,
            "referenser": ["DI-1"],
            "dubbletter": [],
        }
        assert line["summa_kommuner"] == {"antal": 1, "varav_dubbletter": 0}
        assert list(line["per_kommun"]) == ["Essunga", "Grästorp", "Götene", "Lidköping", "Skara", "Vara"]
        assert line["per_kommun"]["Skara"]["antal"] == 0

    def test_the_last_minute_of_a_half_year_is_local_time_and_the_next_belongs_to_the_next(self):
        History("DI-1", submitted="2026-06-30 23:59")
        History("DI-2", submitted="2026-07-01 00:00")
        assert Initiative.objects.get(reference="DI-1").submitted_at.isoformat() == "2026-06-30T21:59:00+00:00"
        assert report("2026-1")["A1"]["per_kommun"]["Skara"]["referenser"] == ["DI-1"]
        assert report("2026-2")["A1"]["per_kommun"]["Skara"]["referenser"] == ["DI-2"]

    def test_the_turn_of_the_year_is_local_too(self):
        History("DI-1", submitted="2025-12-31 23:30")
        assert report("2025-2")["A1"]["summa_kommuner"]["antal"] == 1
        assert report("2026-1")["A1"]["summa_kommuner"]["antal"] == 0

    def test_goliska_it_is_a_row_of_its_own_and_in_no_sum(self):
        History("DI-1", "Göliska IT", submitted="2026-02-02", v6="2026-03-03")
        found = report()
        assert found["A1"]["goliska_it"]["referenser"] == ["DI-1"]
        assert found["B1"]["goliska_it"]["referenser"] == ["DI-1"]
        assert found["A1"]["summa_kommuner"]["antal"] == found["B1"]["summa_kommuner"]["antal"] == 0

    def test_a_duplicate_stays_counted_and_is_one_only_from_the_day_it_was_marked(self):
        original = History("DI-1", submitted="2026-02-02")
        History("DI-2", submitted="2026-02-03").event(
            Act.MARK_DUPLICATE, "2026-07-01", Status.DUPLICATE, duplicate_of=original.initiative
        )
        line = report("2026-1", as_of="2026-12-31")["A1"]["per_kommun"]["Skara"]
        assert (line["antal"], line["varav_dubbletter"]) == (2, 0)
        History("DI-3", submitted="2026-02-04").event(
            Act.MARK_DUPLICATE, "2026-06-30 23:59", Status.DUPLICATE, duplicate_of=original.initiative
        )
        line = report("2026-1", as_of="2026-12-31")["A1"]["per_kommun"]["Skara"]
        assert (line["antal"], line["dubbletter"]) == (3, ["DI-3"])

    def test_what_is_rejected_or_withdrawn_stays_counted(self):
        History("DI-1").event(Act.REJECT, "2026-02-01", Status.REJECTED)
        History("DI-2").event(Act.WITHDRAW, "2026-02-01", Status.WITHDRAWN)
        assert report()["A1"]["summa_kommuner"]["antal"] == 2


class TestB1Received:
    def test_the_first_date_in_v6_decides_and_going_back_does_not_undo_it(self):
        History("DI-1", submitted="2025-11-03", v6="2026-02-02").event(
            Act.RETURN_TO_KOMMUN, "2026-03-03", Status.PRIORITISED
        )
        assert report("2025-2")["B1"]["summa_kommuner"]["antal"] == 0
        assert report("2026-1")["B1"]["per_kommun"]["Skara"] == {"antal": 1, "referenser": ["DI-1"]}

    def test_in_a_running_half_year_what_comes_tomorrow_is_not_yet_counted(self):
        History("DI-1", submitted="2026-03-10", v6="2026-03-11")
        assert report(as_of="2026-03-10")["A1"]["summa_kommuner"]["antal"] == 1
        assert report(as_of="2026-03-10")["B1"]["summa_kommuner"]["antal"] == 0
        assert report(as_of="2026-03-11")["B1"]["summa_kommuner"]["antal"] == 1


class TestB2CarriedOut:
    def test_stages_that_end_as_carried_out_count_by_type_beside_their_initiatives(self):
        History("DI-1", v6="2026-01-20").stage("prestudy", "2026-02-01", "2026-03-01").stage(
            "prestudy", "2026-03-02", "2026-06-30"
        )
        History("DI-2", v6="2026-01-20").stage("prestudy", "2026-02-01", "2026-03-01", outcome="aborted")
        line = report()["B2"]["forstudie"]
        assert line == {
            "genomforda": 2,
            "initiativ": 1,
            "pagaende": 0,
            "etapper": ["DI-1#1", "DI-1#2"],
            "initiativlista": ["DI-1"],
            "pagaende_etapper": [],
        }

    def test_a_stage_goes_on_until_the_day_it_ends(self):
        History("DI-1", v6="2026-01-20").stage("project", "2026-06-30", "2026-07-01")
        History("DI-2", v6="2026-01-20").stage("project", "2026-07-01")
        History("DI-3", v6="2026-01-20").stage("project", "2026-05-01", "2026-06-30", outcome="aborted")
        assert report("2026-1")["B2"]["projekt"]["pagaende_etapper"] == ["DI-1#1"]
        autumn = report("2026-2")["B2"]["projekt"]
        assert (autumn["etapper"], autumn["pagaende_etapper"]) == (["DI-1#1"], ["DI-2#1"])

    def test_what_ended_before_the_initiative_came_to_v6_is_shown_by_itself(self):
        History("DI-1", v6="2026-05-04").stage("assignment", "2026-01-13", "2026-05-03").stage(
            "assignment", "2026-01-13", "2026-05-04"
        )
        History("DI-2").stage("assignment", "2026-01-13", "2026-05-03")
        found = report()
        assert found["B2"]["uppdrag"]["etapper"] == ["DI-1#2"]
        assert found["lokalt"]["B2"]["uppdrag"]["etapper"] == ["DI-1#1", "DI-2#1"]

    def test_an_ongoing_stage_belongs_to_v6_once_its_initiative_does(self):
        History("DI-1", submitted="2026-01-12", v6="2026-07-01").stage("project", "2026-02-02")
        spring, autumn = report("2026-1"), report("2026-2")
        assert spring["lokalt"]["B2"]["projekt"]["pagaende_etapper"] == ["DI-1#1"]
        assert spring["B2"]["projekt"]["pagaende"] == 0
        assert autumn["B2"]["projekt"]["pagaende_etapper"] == ["DI-1#1"]
        assert autumn["lokalt"]["B2"]["projekt"]["pagaende"] == 0


class TestB3AndB4Adoptions:
    def delivered(self, reference: str = "DI-1") -> History:
        return History(reference, v6="2026-01-20").stage("project", "2026-02-01", "2026-04-30")

    def test_who_took_part_when_the_solution_was_delivered_is_in_b3_also_after_leaving(self):
        self.delivered().joins("Vara", "2026-01-20", "2026-05-05").adopted("Vara", "2026-06-01")
        found = report()
        assert found["B3"] == {
            "kommuner": 1,
            "inforanden": 1,
            "kommunlista": ["Vara"],
            "lista": [{"referens": "DI-1", "kommun": "Vara", "i_drift": "2026-06-01", "referensdatum": "2026-04-30"}],
        }
        assert found["B4"]["inforanden"] == 0

    @pytest.mark.parametrize("left", ["2026-04-29", "2026-04-30"])
    def test_who_had_left_by_then_is_in_b4(self, left):
        self.delivered().joins("Vara", "2026-01-20", left).adopted("Vara", "2026-06-01")
        found = report()
        assert (found["B3"]["inforanden"], found["B4"]["kommunlista"]) == (0, ["Vara"])

    def test_who_joined_late_or_only_followed_is_in_b4(self):
        self.delivered().joins("Vara", "2026-05-01").joins("Skara", "2026-01-20", role="follows").adopted(
            "Vara", "2026-06-01"
        ).adopted("Skara", "2026-06-02")
        found = report()
        assert (found["B3"]["kommuner"], found["B4"]["kommunlista"]) == (0, ["Skara", "Vara"])

    def test_a_pilot_before_the_stage_has_ended_is_judged_on_its_own_day(self):
        self.delivered().joins("Vara", "2026-01-20", "2026-04-01").joins("Skara", "2026-04-15").adopted(
            "Vara", "2026-03-15"
        ).adopted("Skara", "2026-04-14")
        found = report()
        assert [(a["kommun"], a["referensdatum"]) for a in found["B3"]["lista"]] == [("Vara", "2026-03-15")]
        assert [(a["kommun"], a["referensdatum"]) for a in found["B4"]["lista"]] == [("Skara", "2026-04-14")]

    def test_the_latest_delivery_up_to_the_day_counts_and_a_prestudy_or_an_aborted_stage_delivers_nothing(self):
        self.delivered().stage("assignment", "2026-05-01", "2026-05-20").stage(
            "project", "2026-05-01", "2026-05-25", outcome="aborted"
        ).stage("prestudy", "2026-05-01", "2026-05-26").stage("project", "2026-05-01", "2026-06-02").joins(
            "Vara", "2026-05-10"
        ).adopted("Vara", "2026-06-01")
        assert report()["B3"]["lista"][0]["referensdatum"] == "2026-05-20"

    def test_one_kommun_with_two_solutions_is_one_kommun_and_two_inforanden(self):
        for reference in ("DI-1", "DI-2"):
            self.delivered(reference).joins("Vara", "2026-01-20").adopted("Vara", "2026-06-01")
        line = report()["B3"]
        assert (line["kommuner"], line["inforanden"]) == (1, 2)

    def test_an_inforande_before_v6_is_local_and_the_day_itself_is_not(self):
        History("DI-1", "Vara", v6="2026-03-03").adopted("Vara", "2026-03-02").adopted("Skara", "2026-03-03")
        found = report()
        assert found["lokalt"]["inforanden"]["lista"] == [
            {"referens": "DI-1", "kommun": "Vara", "i_drift": "2026-03-02"}
        ]
        assert [a["kommun"] for a in found["B3"]["lista"] + found["B4"]["lista"]] == ["Skara"]
