"""The sheets of results: what a review came to on the day of the export, and its actions, which can be filtered."""

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from vger_guide.catalog.urls import page_url
from vger_guide.output.reviews.results import (
    Cell,
    ResultTable,
    RuleName,
    actions_table,
    format_cell,
    headline,
    list_tables,
    rate_cell,
)
from vger_guide.output.reviews.summary import describe_review
from vger_guide.output.reviews.workbook.context import WorkbookContext, protect, set_up
from vger_guide.output.reviews.workbook.names import ACTIONS, RESULTS
from vger_guide.output.reviews.workbook.text import row_height, to_cell

_WIDTHS = (60, 22, 22, 22, 22)
_OTHERS = 16
_ACTION_WIDTHS = (60, 8, 10, 18, 14, 26, 16, 12, 16, 16)
_RATES = {"failed": "word-not-met", "waiting": "word-unanswered", "clear": "word-met"}
_NOTE = "As of the day of the export. The sheet Summary follows what is changed in this workbook; this sheet does not."


def add_results(made: WorkbookContext) -> None:
    """Add both sheets."""
    _add_results(made)
    _add_actions(made)


def _add_results(made: WorkbookContext) -> None:
    sheet = made.book.add_worksheet(RESULTS)
    tables = [table for table in list_tables(made.filled) if table.key != "actions"]
    columns = max(len(table.headings) for table in tables)
    for place in range(columns):
        sheet.set_column(place, place, _width(place), made.styles["plain"])
    row = _head(sheet, made)
    for table in tables:
        row = _table(sheet, made, row + 1, table)
    set_up(sheet, made)
    protect(sheet)


def _width(place: int) -> float:
    return _WIDTHS[place] if place < len(_WIDTHS) else _OTHERS


def _head(sheet: "Worksheet", made: WorkbookContext) -> int:
    sheet.set_row(0, 26)
    sheet.write_string(0, 0, "Results", made.styles["title"])
    sheet.write_string(1, 0, made.edition, made.styles["small"])
    sheet.write_string(2, 0, to_cell(headline(made.filled)), made.styles["heading"])
    sheet.write_string(3, 0, _NOTE, made.styles["small"])
    facts = describe_review(made.filled)
    for row, (name, text) in enumerate(facts.items(), 4):
        sheet.set_row(row, row_height([(text, sum(_WIDTHS[1:]))]))
        sheet.write_string(row, 0, name, made.styles["cell"])
        sheet.merge_range(row, 1, row, len(_WIDTHS) - 1, "", made.styles["cell"])
        sheet.write_string(row, 1, to_cell(text), made.styles["cell"])
    return 4 + len(facts)


def _table(sheet: "Worksheet", made: WorkbookContext, row: int, table: ResultTable) -> int:
    """Write a table, and return the row behind it."""
    sheet.write_string(row, 0, to_cell(table.title), made.styles["heading"])
    if not table.rows:
        sheet.write_string(row + 1, 0, table.empty, made.styles["plain"])
        return row + 2
    _headings(sheet, made, row + 1, table.headings)
    for at, cells in enumerate(table.rows, row + 2):
        _row(sheet, made, at, cells, [_width(place) for place in range(len(cells))])
    return row + 2 + len(table.rows)


def _headings(sheet: "Worksheet", made: WorkbookContext, row: int, headings: Sequence[str]) -> None:
    sheet.set_row(row, row_height([(head, _width(place)) for place, head in enumerate(headings)]) + 4)
    for place, heading in enumerate(headings):
        sheet.write_string(row, place, to_cell(heading), made.styles["head-guide"])


def _row(sheet: "Worksheet", made: WorkbookContext, row: int, cells: Sequence[Cell], widths: Sequence[float]) -> None:
    texts = [to_cell(format_cell(cell)) for cell in cells]
    sheet.set_row(row, row_height(zip(texts, widths, strict=True)))
    for place, (cell, text) in enumerate(zip(cells, texts, strict=True)):
        style = made.styles[_RATES.get(rate_cell(cell), "cell")]
        if isinstance(cell, RuleName):
            sheet.write_url(row, place, page_url(made.filled.site, cell.page), made.styles["link"], text)
        elif isinstance(cell, int):
            sheet.write_number(row, place, cell, style)
        else:
            sheet.write_string(row, place, text, style)


def _add_actions(made: WorkbookContext) -> None:
    table = actions_table(made.filled)
    sheet = made.book.add_worksheet(ACTIONS)
    for place, width in enumerate(_ACTION_WIDTHS):
        sheet.set_column(place, place, width, made.styles["plain"])
    sheet.set_row(0, 26)
    sheet.write_string(0, 0, ACTIONS, made.styles["title"])
    sheet.write_string(1, 0, made.edition, made.styles["small"])
    _headings(sheet, made, 2, table.headings)
    for row, cells in enumerate(table.rows, 3):
        _row(sheet, made, row, cells, _ACTION_WIDTHS)
    if not table.rows:
        sheet.write_string(3, 0, table.empty, made.styles["plain"])
    sheet.autofilter(2, 0, 2 + max(1, len(table.rows)), len(table.headings) - 1)
    sheet.freeze_panes(3, 1)
    set_up(sheet, made)
    sheet.repeat_rows(2)
    protect(sheet)
