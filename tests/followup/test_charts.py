"""The drawings: that their lengths are their numbers, that they can be read unseen, and that they harm no policy."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from followup.charts import trend
from followup.drawing import Bar, BarChart, Series, TrendChart
from followup.periods import HalfYear
from followup.presenting.cells import Cell
from followup.presenting.overview import Arrivals


def drawn(chart: BarChart | TrendChart) -> ElementTree.Element:
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
        for submitted, received in numbers:
            found.append(Arrivals(period, submitted, received))
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


@pytest.mark.parametrize(
    "chart",
    [bars(("Skara", 4, 2)), TrendChart("t", "Titel", ["2026-1"], [Series("a", [1], "brand", "#1f5c57")], "Halvår")],
)
def test_a_drawing_holds_no_style_of_its_own_and_a_colour_that_needs_no_style_sheet(chart: BarChart | TrendChart):
    svg = str(chart)
    assert not re.search(r"\sstyle=|<style|<script|\son\w+=", svg)
    for shape in drawn(chart).iter():
        if shape.tag in ("rect", "circle"):
            assert re.fullmatch(r"#[0-9a-f]{6}", shape.get("fill", ""))
