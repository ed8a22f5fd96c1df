"""The drawings: that their lengths are their numbers, that they can be read unseen, and that they harm no policy."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from followup.charts import Chart, over_time, received, spent_and_budget, trend, who_takes_part
from followup.drawing import Bar, BarChart, Series, TrendChart
from followup.periods import HalfYear
from followup.presenting.cells import Cell
from followup.presenting.overview import Arrivals
from followup.sparklines import Sparkline, SparkPoint
from v6portal.organizations.models import Organisation

SKARA = Organisation(key="skara", short_name="Skara", colour="#a8483f")
VARA = Organisation(key="vara", short_name="Vara", colour="#4d7d3a")


def drawn(chart: Chart | Sparkline) -> ElementTree.Element:
    return ElementTree.fromstring(str(chart))


def bars(*rows: tuple[str, float | None, float | None], before: str = "2:a halvåret 2025") -> BarChart:
    return BarChart(
        name="prov",
        title="Inkomna <initiativ>",
        bars=[Bar(name, now, then, "skara", "#a8483f") for name, now, then in rows],
        heading="Kommun",
        value_heading="Antal",
        before_heading=before,
    )


class TestBars:
    def test_a_bar_is_as_long_as_its_number_says(self):
        found = {rect.get("height"): float(rect.get("width", 0)) for rect in drawn(bars(("Skara", 4, 2))).iter("rect")}
        assert found["14"] == pytest.approx(2 * found["6"], abs=0.2)

    def test_the_longest_bar_and_its_number_have_room(self):
        chart = bars(("Lidköping", 9, 4), ("Ett mycket långt namn på något", 1, 1))
        for row in chart.placed:
            assert row.number_x + 36 <= chart.width

    def test_nothing_is_no_bar_and_not_known_is_said(self):
        root = drawn(bars(("Skara", 0, None), ("Vara", None, 0)))
        assert list(root.iter("rect")) == []
        assert [text.text for text in root.iter("text")] == ["Skara", "0", "Vara", "saknas"]

    def test_it_can_be_read_unseen(self):
        root = drawn(bars(("Skara", 4, 2), ("Vara", None, 1)))
        assert root.get("role") == "img"
        title, words = root.find("title"), root.find("desc")
        assert title is not None
        assert words is not None
        assert root.get("aria-labelledby") == f"{title.get('id')} {words.get('id')}"
        assert title.text == "Inkomna <initiativ>"
        assert words.text == "Skara 4 (föregående halvår 2); Vara uppgift saknas (föregående halvår 1)."

    def test_its_table_has_the_same_numbers(self):
        table = bars(("Skara", 4, 2), ("Vara", None, 84.5)).table
        assert [[cell.text for cell in row] for row in table.rows] == [["Skara", "4", "2"], ["Vara", "–", "84,5"]]
        assert [column.heading for column in table.columns] == ["Kommun", "Antal", "2:a halvåret 2025"]

    def test_without_a_half_year_before_there_is_no_column_for_it(self):
        table = bars(("Skara", 4, None), before="").table
        assert table.rows == ((Cell("Skara"), table.rows[0][1]),)


class TestTrend:
    def chart(self, *numbers: tuple[int, int]) -> TrendChart:
        period, found = HalfYear(2020, 1), []
        for submitted, to_v6 in numbers:
            found.append(Arrivals(period, submitted, to_v6))
            period = period.next()
        return trend(found)

    def test_a_higher_number_stands_higher_and_zero_on_the_ground(self):
        chart = self.chart((4, 0), (8, 2))
        first, second = chart.placed[0].points
        assert second.y < first.y < chart.ground
        assert chart.placed[1].points[0].y == chart.ground

    def test_only_the_latest_half_years_are_drawn(self):
        chart = self.chart(*((at, at) for at in range(12)))
        assert chart.labels == [f"{year}-{half}" for year in (2022, 2023, 2024, 2025) for half in (1, 2)]

    def test_one_half_year_is_a_point_and_nothing_at_all_is_flat(self):
        assert len(drawn(self.chart((1, 1))).findall("circle")) == 2
        assert all(point.y == 184 for placed in self.chart((0, 0), (0, 0)).placed for point in placed.points)

    def test_names_of_lines_that_end_together_stand_apart(self):
        heights = [height for _line, height in self.chart((3, 3), (5, 5)).names]
        assert heights[1] - heights[0] >= 18

    def test_lines_are_told_apart_without_colour(self):
        lines = drawn(self.chart((1, 2), (3, 4))).findall("polyline")
        assert [line.get("stroke-dasharray") for line in lines] == [None, "4 4"]

    def test_its_table_has_the_same_numbers(self):
        table = self.chart((6, 4), (7, 3)).table
        assert [[cell.text for cell in row] for row in table.rows] == [["2020-1", "6", "4"], ["2020-2", "7", "3"]]


class TestGaps:
    """What is not known is a gap in every drawing, never a 0."""

    def test_a_trend_is_broken_where_a_number_is_not_known(self):
        chart = over_time("prov", "Tid", ["1", "2", "3", "4"], ("dagar", [5, None, 84.5, 0]))
        root = drawn(chart)
        assert len(root.findall("polyline")) == 1
        assert len(root.findall("circle")) == 3
        assert chart.description == "1: dagar 5; 2: dagar uppgift saknas; 3: dagar 84,5; 4: dagar 0."
        assert [[cell.text for cell in row] for row in chart.table.rows][1] == ["2", "–"]

    def test_a_line_of_nothing_known_has_neither_points_nor_name(self):
        root = drawn(over_time("prov", "Tid", ["1", "2"], ("dagar", [None, None]), ("V6", [1, 2])))
        assert [text.text for text in root.findall("text") if text.get("class") == "strong"] == ["V6"]

    def test_what_has_not_ended_is_hollow_in_a_trend_and_the_drawing_says_so(self):
        chart = over_time("prov", "Tid", ["1", "2"], ("a", [1, 2]), ("b", [2, None]), running=True)
        assert [circle.get("fill") for circle in drawn(chart).findall("circle")] == ["#1f5c57", "#ffffff", "#a84b0a"]
        assert chart.legend == "Ihålig punkt: halvåret pågår."

    def test_a_sparkline_is_broken_too_and_a_running_half_year_is_hollow(self):
        points = [SparkPoint(code, number) for code, number in (("1", 4), ("2", None), ("3", 2), ("4", 0))]
        chart = Sparkline("A1", "inkomna", [*points, SparkPoint("5", 1, is_running=True)])
        root = drawn(chart)
        line = root.find("polyline")
        assert line is not None
        assert line.get("points") == "66.0,15.5 96.5,26.0 127.0,20.8"
        alone, last = root.findall("circle")
        assert (alone.get("cx"), alone.get("cy")) == ("5.0", "5.0")
        assert last.get("fill") == "#ffffff"
        words = root.find("title")
        assert words is not None
        assert words.text == "Över tid, inkomna: 1 4; 2 uppgift saknas; 3 2; 4 0; 5 1 hittills."

    @pytest.mark.parametrize("numbers", [[], [3], [None, None]])
    def test_what_is_no_trend_is_not_drawn(self, numbers: list[int | None]):
        assert not Sparkline("A1", "x", [SparkPoint(str(at), number) for at, number in enumerate(numbers)]).is_drawn

    def test_the_latest_half_year_may_be_the_one_that_is_not_known(self):
        chart = Sparkline("A1", "x", [SparkPoint("1", 3), SparkPoint("2", 2), SparkPoint("3", None)])
        assert chart.last is None
        assert drawn(chart).findall("circle") == []


class TestReceived:
    def chart(self, *numbers: tuple[int, int], running: bool = False) -> Chart:
        figures = [
            (str(at), {"per_kommun": {"Skara": {"antal": skara}, "Vara": {"antal": vara}}})
            for at, (skara, vara) in enumerate(numbers)
        ]
        return received("a1", "Inkomna", figures, [SKARA, VARA], running=running)

    def test_every_panel_is_in_the_same_scale_and_its_own_colour(self):
        rects = list(drawn(self.chart((2, 4), (0, 1))).iter("rect"))
        assert [(rect.get("fill"), rect.get("height")) for rect in rects] == [
            ("#a8483f", "20.0"),
            ("#4d7d3a", "40.0"),
            ("#4d7d3a", "10.0"),
        ]

    def test_a_running_half_year_is_told_apart_without_colour(self):
        rects = list(drawn(self.chart((2, 4), (1, 1), running=True)).iter("rect"))
        assert [rect.get("fill-opacity") for rect in rects] == [None, "0.3", None, "0.3"]

    def test_it_can_be_read_unseen_and_has_a_table(self):
        chart = self.chart((2, 4), (0, 1))
        assert chart.description == "Skara: 0 2, 1 0; Vara: 0 4, 1 1."
        assert [[cell.text for cell in row] for row in chart.table.rows] == [["0", "2", "4"], ["1", "0", "1"]]


class TestWhoTakesPart:
    def rows(self, *kommuner: tuple[list[str], list[str]]) -> Chart | None:
        figures = [
            {
                "referens": f"DI-{at}",
                "B5a": {"deltagande": len(now), "kommuner": now, "nagonsin": len(ever), "nagonsin_kommuner": ever},
            }
            for at, (now, ever) in enumerate(kommuner)
        ]
        return who_takes_part("Deltar", figures, {f"DI-{at}": f"Titel {at}" for at in range(40)}, [SKARA, VARA])

    def test_a_dot_takes_part_and_a_ring_has_left(self):
        chart = self.rows((["Skara"], ["Skara", "Vara"]), ([], []))
        assert chart
        assert [circle.get("fill") for circle in drawn(chart).iter("circle")] == ["#a8483f", "#ffffff"]
        assert chart.description == "Titel 0: Skara (har lämnat: Vara)."
        assert [[cell.value for cell in row] for row in chart.table.rows] == [["Titel 0", 1, 0]]

    def test_those_with_most_come_first_and_the_rest_are_counted(self):
        chart = self.rows(*[(["Vara"], ["Vara"])] * 16, (["Skara", "Vara"], ["Skara", "Vara"]))
        assert chart
        assert chart.description.startswith("Titel 16: Skara, Vara; Titel 0: Vara")
        assert "2 till står i tabellen" in chart.legend

    def test_nobody_in_anything_is_no_drawing(self):
        assert self.rows(([], [])) is None


def test_what_was_spent_is_drawn_in_whole_kronor_above_its_budget():
    nothing = {"utfall": None, "budget": "100.00"}
    chart = spent_and_budget("Kostnad", {"forstudie": nothing, "utveckling": {"utfall": "1999899.50", "budget": None}})
    assert [text.text for text in drawn(chart).iter("text")] == [
        "Förstudie",
        "saknas",
        "Utveckling",
        "1\xa0999\xa0900\xa0kr",
    ]
    assert chart.description == (
        "Förstudie uppgift saknas (budget 100\xa0kr); Utveckling 1\xa0999\xa0900\xa0kr (budget uppgift saknas)."
    )
    assert chart.legend == "Ljus stapel: budget."
    for row in chart.placed:
        assert row.number_x + 90 <= chart.width


@pytest.mark.parametrize(
    "chart",
    [
        bars(("Skara", 4, 2)),
        TrendChart("t", "Titel", ["2026-1"], [Series("a", [1], "brand", "#1f5c57")], "Halvår"),
        TestReceived().chart((1, 2)),
        TestWhoTakesPart().rows((["Skara"], ["Skara", "Vara"])),
        Sparkline("A1", "Titel", [SparkPoint("1", 1), SparkPoint("2", 2)]),
    ],
)
def test_a_drawing_holds_no_style_of_its_own_and_a_colour_that_needs_no_style_sheet(chart: Chart | Sparkline):
    svg = str(chart)
    assert not re.search(r"\sstyle=|<style|<script|\son\w+=", svg)
    for shape in drawn(chart).iter():
        if shape.tag in ("rect", "circle"):
            assert re.fullmatch(r"#[0-9a-f]{6}", shape.get("fill", ""))
