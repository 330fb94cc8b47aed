"""The charts of the summary: the answers as bars, and each target's scores by chapter and by level.

They show the numbers of the tables, which say the same in words.
"""

from collections.abc import Mapping, Sequence
from math import ceil
from typing import TYPE_CHECKING

from vger_guide.output.reviews.workbook.names import SUMMARY
from vger_guide.output.reviews.workbook.styles import BARS, SERIES

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.chart import Chart
    from xlsxwriter.worksheet import Worksheet

# The first and the last row of a table.
Span = tuple[int, int]
# Pixels: the first chart is as wide as the tables, as are the two others with a gap; a row of the sheet is 20 high.
_WIDTH, _GAP, _ROW, _LOW = 1230, 20, 20, 280
_TITLE = {"name_font": {"size": 12}}
_GRID = {"visible": True, "line": {"color": "#E5E7EB"}}


def add_charts(
    sheet: "Worksheet", book: "Workbook", spans: Mapping[str, Span], bars: Sequence[int], score: int
) -> None:
    """Add the charts below the first table; `spans` has the tables by title, `bars` and `score` the columns to show."""
    targets = spans["By target"]
    counts = {title: last - first + 1 for title, (first, last) in spans.items()}
    title, row = _told(counts), targets[1] + 2
    size = (_WIDTH, _high(counts[title]))
    _insert(sheet, row, _answers(book, spans[title], bars), f"Answers {title.lower()}", size, 0)
    if counts["By target"] > len(SERIES):
        return
    below, half = row + ceil(size[1] / _ROW) + 1, (_WIDTH - _GAP) // 2
    for place, by in enumerate(("By chapter", "By level")):
        chart = _scores(book, spans[by], targets, score)
        _insert(sheet, below, chart, f"Score {by.lower()}", (half, _LOW), place * (half + _GAP))


def rows(counts: Mapping[str, int]) -> int:
    """Return how many rows of the sheet the charts take, of the number of lines in each table."""
    scores = _LOW // _ROW + 1 if counts["By target"] <= len(SERIES) else 0
    return ceil(_high(counts[_told(counts)]) / _ROW) + 1 + scores


def _told(counts: Mapping[str, int]) -> str:
    return "By target" if counts["By target"] > 1 else "By chapter"


def _high(bars: int) -> int:
    return 110 + 34 * min(bars, 30)


def _insert(sheet: "Worksheet", row: int, chart: "Chart", name: str, size: tuple[int, int], left: int) -> None:
    chart.set_title({"name": name, **_TITLE})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": size[0], "height": size[1]})
    sheet.insert_chart(row, 0, chart, {"x_offset": left, "description": f"{name}: the numbers of the tables."})


def _answers(book: "Workbook", span: Span, bars: Sequence[int]) -> "Chart":
    chart = book.add_chart({"type": "bar", "subtype": "stacked"})
    for (bar, number), place in zip(BARS.values(), bars, strict=True):
        labels = {"value": True, "num_format": "0;;", "font": {"color": number}}
        _series(chart, [SUMMARY, span[0] - 1, place], span, place, bar, data_labels=labels, gap=40)
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis({"num_format": "0", "major_gridlines": _GRID})
    return chart


def _scores(book: "Workbook", span: Span, targets: Span, score: int) -> "Chart":
    chart = book.add_chart({"type": "column"})
    first, last = targets
    each = (span[1] - span[0] + 1) // (last - first + 1)
    for n, target in enumerate(range(first, last + 1)):
        part = (span[0] + n * each, span[0] + (n + 1) * each - 1)
        _series(chart, [SUMMARY, target, 0], part, score, SERIES[n], data_labels={"value": True}, gap=60)
    chart.set_y_axis({"min": 0, "max": 1, "major_unit": 0.25, "num_format": "0%", "major_gridlines": _GRID})
    return chart


def _series(chart: "Chart", name: list[str | int], span: Span, place: int, colour: str, **looks: object) -> None:
    first, last = span
    chart.add_series(
        {
            "name": name,
            "categories": [SUMMARY, first, 0, last, 0],
            "values": [SUMMARY, first, place, last, place],
            "fill": {"color": colour},
            **looks,
        }
    )
