"""The report's drawings as the workbook's own charts, over the cells that hold their numbers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.chart.series import DataPoint
from openpyxl.chart.shapes import GraphicalProperties

from .. import drawing

WIDTH_CM = 16.0
HEIGHT_CM = 8.5
LIGHT = "B9C4C2"


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
