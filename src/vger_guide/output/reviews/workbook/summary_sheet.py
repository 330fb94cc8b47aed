"""The summary sheet: the scores of a review by formulas over the sheets of its targets, and a chart of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from xlsxwriter import Workbook
from xlsxwriter.chart import Chart
from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from vger_guide.catalog.rules import Level, Rule
from vger_guide.output.reviews.workbook.columns import PLACES
from vger_guide.output.reviews.workbook.context import BARS, FIRST, SERIES, WorkbookContext, protect, set_up
from vger_guide.output.reviews.workbook.names import SUMMARY, quoted
from vger_guide.output.reviews.workbook.text import row_height, to_cell
from vger_guide.reviews.labels import NOT_APPLICABLE, PLANS, STATES, VALUES
from vger_guide.reviews.models import Plan, Target, Value
from vger_guide.reviews.score import FORMULA, Tally, binding, tally

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
    title, row = _title_of(counts), targets[1] + 2
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
    return ceil(_high(counts[_title_of(counts)]) / _ROW) + 1 + scores


def _title_of(counts: Mapping[str, int]) -> str:
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


COUNTED = tuple(VALUES[each] for each in (Value.MET, Value.PARTIAL, Value.NOT_MET, Value.UNANSWERED))
HEADINGS = (
    *(*COUNTED, "Applicable", NOT_APPLICABLE, "Score", "Of applicable"),
    *("Risks accepted", "Risks incomplete", "Overdue", "To confirm"),
)
_SHARES = ("Score", "Of applicable")
TODAY = "$B$4"
# The columns that the charts show: all kinds of answers, and not the sum of those that apply; and the score.
_BARS = tuple(place for place, heading in enumerate(HEADINGS, 2) if heading in (*COUNTED, NOT_APPLICABLE))
_SCORE = 2 + HEADINGS.index("Score")
_HEAD = 6
_ON_ONE_PAGE = 3  # targets: with more of them the numbers would be too small
_LABEL, _SHEET, _NUMBER = 34, 24, 10
# Day 0 of a spreadsheet's dates.
_EPOCH = date(1899, 12, 30)
_WORDS = (
    f"Score = met of those answered (formula {FORMULA}); beside it, met of all that apply. A rule that is partly met "
    "or not met does not count as met; an unanswered one is open; one that is not applicable is left out. Targets and "
    "chapters count must and should rules; may rules stand in the last table. Accepted risks are counted until their "
    "last day; incomplete are those without an answer, end, owner or approver. Overdue are plans and risks that "
    "have ended."
)


@dataclass(frozen=True)
class SummaryLine:
    """A line of the summary: the rules of a target that it counts, told by a column and its words, or all of them."""

    label: str
    target: Target
    sheet: str
    rules: Sequence[Rule]
    by: str = ""


def add_summary(sheet: "Worksheet", made: WorkbookContext, sheets: Sequence[tuple[Target, str]]) -> None:
    """Fill the sheet; `sheets` has the name of each target's sheet."""
    _head(sheet, made)
    tables = _tables(made, sheets)
    spans = _spans({title: len(lines) for title, lines in tables.items()})
    for title, lines in tables.items():
        _table(sheet, made, spans[title], title, lines)
    add_charts(sheet, made.book, spans, _BARS, _SCORE)
    set_up(sheet, made, pages=1 if len(sheets) <= _ON_ONE_PAGE else 0)
    protect(sheet)


def _spans(counts: Mapping[str, int]) -> dict[str, Span]:
    """Return the first and the last row of each table; the charts stand below the first of them."""
    spans: dict[str, Span] = {}
    row = _HEAD
    for title, count in counts.items():
        spans[title] = (row + 2, row + 1 + count)
        row += count + 3 + (0 if len(spans) > 1 else rows(counts))
    return spans


def _head(sheet: "Worksheet", made: WorkbookContext) -> None:
    review = made.filled.review
    sheet.set_column(0, 0, _LABEL, made.styles["plain"])
    sheet.set_column(1, 1, _SHEET, made.styles["plain"])
    sheet.set_column(2, 1 + len(HEADINGS), _NUMBER, made.styles["plain"])
    sheet.set_row(0, 26)
    sheet.write_string(0, 0, to_cell(review.title) or "Review", made.styles["title"])
    sheet.write_string(1, 0, made.edition, made.styles["small"])
    sheet.write_string(2, 0, "State", made.styles["plain"])
    sheet.write_string(2, 1, STATES[review.state], made.styles["plain"])
    sheet.write_string(3, 0, "Counted on", made.styles["plain"])
    sheet.write_formula(3, 1, "=TODAY()", made.styles["day"], (made.filled.today - _EPOCH).days)
    sheet.set_row(4, 30)
    sheet.merge_range(4, 0, 4, 1 + len(HEADINGS), "", made.styles["wrapped"])
    sheet.write_string(4, 0, _WORDS, made.styles["wrapped"])


def _tables(made: WorkbookContext, sheets: Sequence[tuple[Target, str]]) -> dict[str, list[SummaryLine]]:
    rules = made.filled.rules
    score = binding(rules)
    return {
        "By target": [SummaryLine("Must and should", target, name, score) for target, name in sheets],
        "By chapter": [
            SummaryLine(label, target, name, some, "chapter")
            for target, name in sheets
            for label, some in _groups([(made.filled.catalog.chapter_of(rule).heading, rule) for rule in score])
        ],
        "By level": [
            SummaryLine(label, target, name, some, "level") for target, name in sheets for label, some in _levels(rules)
        ],
    }


def _levels(rules: Sequence[Rule]) -> list[tuple[str, list[Rule]]]:
    groups = [(level, [rule for rule in rules if rule.level is level]) for level in Level]
    return [(level.value.capitalize(), some) for level, some in groups if some]


def _groups(labelled: Sequence[tuple[str, Rule]]) -> list[tuple[str, list[Rule]]]:
    groups: dict[str, list[Rule]] = {}
    for label, rule in labelled:
        groups.setdefault(label, []).append(rule)
    return list(groups.items())


def _table(sheet: "Worksheet", made: WorkbookContext, span: Span, title: str, lines: Sequence[SummaryLine]) -> None:
    head = span[0] - 1
    sheet.write_string(head - 1, 0, title, made.styles["heading"])
    for place, heading in enumerate((title.removeprefix("By ").capitalize(), "Sheet", *HEADINGS)):
        sheet.write_string(head, place, heading, made.styles["head-number" if place > 1 else "head-guide"])
    sheet.set_row(head, 30)
    for at, line in enumerate(lines, span[0]):
        _line(sheet, made, at, line)


def _line(sheet: "Worksheet", made: WorkbookContext, row: int, line: SummaryLine) -> None:
    label = line.label if line.by else to_cell(line.target.name)
    sheet.set_row(row, row_height([(label, _LABEL), (line.sheet, _SHEET)]))
    sheet.write_string(row, 0, label, made.styles["cell"])
    sheet.write_url(row, 1, f"internal:{quoted(line.sheet)}!A1", made.styles["link"], line.sheet)
    counts = tally(made.filled.review, line.rules, line.target.id, made.filled.today)
    cells = zip(_formulas(made, line, row), _values(counts), HEADINGS, strict=True)
    for place, (formula, value, heading) in enumerate(cells, 2):
        style = "percent" if heading in _SHARES else "number"
        sheet.write_formula(row, place, formula, made.styles[style], value)


def _values(counts: Tally) -> list[float | str]:
    shares = ["" if each is None else each / 100 for each in (counts.percent, counts.percent_of_applicable)]
    beside = (counts.accepted, counts.incomplete, counts.overdue, counts.confirm)
    values = (counts.met, counts.partial, counts.not_met, counts.unanswered)
    return [*values, counts.applicable, counts.not_applicable, *shares, *beside]


def _formulas(made: WorkbookContext, line: SummaryLine, row: int) -> list[str]:
    """Return the formulas of a line, in the order of HEADINGS."""
    n = row + 1
    group = f"{_span(made, line, line.by)},$A{n}," if line.by else ""
    if line.by != "level":
        # Quoted as a criterion: any other word than that of the level.
        group += f'{_span(made, line, "level")},"<>{Level.MAY.value.capitalize()}",'
    state = _span(made, line, "state")

    def count(*criteria: str) -> str:
        return f"COUNTIFS({group}{','.join(criteria)})"

    def planned(plan: Plan, *criteria: str) -> str:
        open_ = (state, f'"<>{NOT_APPLICABLE}"', state, f'"<>{VALUES[Value.MET]}"')
        return count(_span(made, line, "plan"), f'"{PLANS[plan]}"', *open_, *criteria)

    answered = (state, f'"<>{VALUES[Value.UNANSWERED]}"')
    named = [each for key in ("owner", "approver") for each in (_span(made, line, key), _quote("?*"))]
    lasting = (_span(made, line, "until"), f'">="&{TODAY}')
    complete = planned(Plan.RISK_ACCEPTED, *answered, *named, *lasting)
    over = (_span(made, line, "until"), f'"<"&{TODAY}')
    return [
        *(f"={count(state, _quote(label))}" for label in COUNTED),
        f"=SUM(C{n}:F{n})",
        f"={count(state, _quote(NOT_APPLICABLE))}",
        f'=IF(SUM(C{n}:E{n})=0,"",INT(C{n}*100/SUM(C{n}:E{n}))/100)',
        f'=IF(G{n}=0,"",INT(C{n}*100/G{n})/100)',
        f"={complete}",
        f"={planned(Plan.RISK_ACCEPTED)}-{planned(Plan.RISK_ACCEPTED, *over)}-{complete}",
        f"={planned(Plan.PLANNED, *over)}+{planned(Plan.RISK_ACCEPTED, *over)}",
        f"={count(_span(made, line, 'confirm'), _quote('?*'))}",
    ]


def _quote(text: str) -> str:
    return f'"{text}"'


def _span(made: WorkbookContext, line: SummaryLine, key: str) -> str:
    return f"{quoted(line.sheet)}!{xl_range_abs(FIRST, PLACES[key], made.last, PLACES[key])}"
