"""The report's drawings as the workbook's own charts, over the cells that hold their numbers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.chart.series import DataPoint
from openpyxl.chart.shapes import GraphicalProperties

from .. import drawing, panels, who_takes_part
from ..charts import Chart

ROW_CM = 0.62
WIDTH_CM = 16.0
HEIGHT_CM = 8.5
LIGHT = "B9C4C2"


def native(sheet: Any, chart: Chart, head: int) -> BarChart | LineChart:
    """The chart over its own table, whose heading row is ``head``."""
    if isinstance(chart, drawing.BarChart):
        return bars(sheet, chart, head, 3)
    if isinstance(chart, drawing.TrendChart):
        return lines(sheet, chart, head)
    if isinstance(chart, panels.PanelChart):
        return columns(sheet, chart, head)
    return stacked(sheet, chart, head)


def bars(sheet: Any, chart: drawing.BarChart, head: int, before: int) -> BarChart:
    """Lying bars over the table whose heading row is ``head``: its second column is now, column ``before`` is light."""
    native = BarChart()
    native.type = "bar"
    native.gapWidth = 60
    native.overlap = 0
    native.y_axis.number_format = "#,##0"
    native.y_axis.majorGridlines = None
    native.x_axis.scaling.orientation = "maxMin"
    _fill(native, sheet, chart.title, head, len(chart.bars), [2, before] if chart.before_heading else [2])
    native.series[0].graphicalProperties = GraphicalProperties(solidFill=chart.bars[0].colour.lstrip("#"))
    for at, bar in enumerate(chart.bars):
        point = DataPoint(idx=at)
        point.graphicalProperties.solidFill = bar.colour.lstrip("#")
        native.series[0].dPt.append(point)
    for series in native.series[1:]:
        series.graphicalProperties = GraphicalProperties(solidFill=LIGHT)
    return native


def lines(sheet: Any, chart: drawing.TrendChart, head: int) -> LineChart:
    """Lines over the chart's table, whose heading row is ``head``."""
    native = LineChart()
    native.y_axis.number_format = "#,##0"
    native.y_axis.scaling.min = 0
    _fill(native, sheet, chart.title, head, len(chart.labels), range(2, 2 + len(chart.series)))
    for series, drawn in zip(native.series, chart.series, strict=True):
        series.graphicalProperties.line.solidFill = drawn.colour.lstrip("#")
        series.graphicalProperties.line.width = 28_000
        series.marker.symbol = "circle"
        series.smooth = False
        if drawn.dashed:
            series.graphicalProperties.line.dashStyle = "dash"
    return native


def columns(sheet: Any, chart: panels.PanelChart, head: int) -> BarChart:
    """Standing bars, half-year by half-year, one for each kommun in its colour."""
    native = BarChart()
    native.type = "col"
    native.gapWidth = 60
    native.y_axis.number_format = "#,##0"
    _fill(native, sheet, chart.title, head, len(chart.labels), range(2, 2 + len(chart.panels)))
    for series, panel in zip(native.series, chart.panels, strict=True):
        series.graphicalProperties = GraphicalProperties(solidFill=panel.colour.lstrip("#"))
    return native


def stacked(sheet: Any, chart: who_takes_part.TakingPart, head: int) -> BarChart:
    """A lying bar for each initiative with a piece for each kommun that takes part in it."""
    native = BarChart()
    native.type, native.grouping, native.overlap = "bar", "stacked", 100
    native.gapWidth = 40
    native.y_axis.number_format = "0"
    native.y_axis.majorUnit = 1
    native.x_axis.scaling.orientation = "maxMin"
    _fill(native, sheet, chart.title, head, len(chart.rows), range(2, 2 + len(chart.takers)))
    native.height = max(HEIGHT_CM, ROW_CM * len(chart.rows) + 3)
    for series, taker in zip(native.series, chart.takers, strict=True):
        series.graphicalProperties = GraphicalProperties(solidFill=taker.colour.lstrip("#"))
    return native


def _fill(native: Any, sheet: Any, title: str, head: int, rows: int, columns: Iterable[int]) -> None:
    native.title = title
    native.title.overlay = False
    native.width, native.height = WIDTH_CM, HEIGHT_CM
    native.legend.position = "b"
    for column in columns:
        native.add_data(Reference(sheet, min_col=column, min_row=head, max_row=head + rows), titles_from_data=True)
    native.set_categories(Reference(sheet, min_col=1, min_row=head + 1, max_row=head + rows))
    # The tag that says an axis is not deleted is left out unless told; some programs then hide the axis.
    native.x_axis.delete = native.y_axis.delete = False
