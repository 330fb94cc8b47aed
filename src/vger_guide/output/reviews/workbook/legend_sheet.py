"""The legend sheet: what the columns mean, and how the workbook is filled in and brought back."""

from xlsxwriter.worksheet import Worksheet

from vger_guide.output.reviews.workbook.columns import COLUMNS, ColumnKind
from vger_guide.output.reviews.workbook.context import WorkbookContext, protect, set_up
from vger_guide.output.reviews.workbook.names import LEGEND
from vger_guide.output.reviews.workbook.text import row_height
from vger_guide.reviews.labels import NOT_APPLICABLE, VALUES

_HOW = """\
Fill in the columns with a blue heading; those with a grey heading come from the guide and are locked.
A word is chosen from the list of its cell; the lists go on below the last rule.
The sheets are protected without a password. Filters work as they are. To sort, take the protection off (Review > \
Unprotect Sheet), since locked cells are not sorted, and sort whole rows.
Rows may be sorted, filtered, added and left out, sheets renamed, and columns of your own added: the workbook comes \
back all the same. A row or a sheet that is missing leaves its answers as they were; to take an answer back, choose \
Unanswered and empty the cells beside it: who imports is asked whether it is meant. Do not merge cells.
To answer a rule that is not listed, write its id into the first empty row.
Bring the workbook back in the browser: open the review and press Import; or by the command: \
vger review import review.json workbook.xlsx. Rows that you leave alone change nothing there, whatever was answered \
meanwhile, because a hidden sheet keeps what the workbook was exported with.
"""
_WIDTH = 110
_MEANINGS = {
    "met": "The rule is met.",
    "partial": "Some of it is met. It does not count as met.",
    "not-met": "The rule is not met: say what is planned, or who accepts the risk until when.",
    "unanswered": "Nobody has answered yet. It is open: neither met nor failed.",
    "not-applicable": "The rule does not apply to this target; the reason must be given. It is left out of the score.",
}


def add_legend(made: WorkbookContext) -> None:
    """Add the sheet."""
    sheet = made.book.add_worksheet(LEGEND)
    sheet.set_column(0, 0, 20, made.styles["plain"])
    sheet.set_column(1, 1, _WIDTH, made.styles["plain"])
    sheet.write_string(0, 0, "Legend", made.styles["title"])
    sheet.write_string(1, 0, made.edition, made.styles["small"])
    labels = {**{str(value): label for value, label in VALUES.items()}, "not-applicable": NOT_APPLICABLE}
    answers = [(labels[code], meaning, f"word-{code}") for code, meaning in _MEANINGS.items()]
    row = _table(sheet, made, 3, "Answers", answers)
    columns = [(column.heading, column.meaning, "cell") for column in COLUMNS if column.kind is not ColumnKind.HIDDEN]
    row = _table(sheet, made, row + 1, "Columns", columns)
    _table(sheet, made, row + 1, "How", [(str(n), text, "cell") for n, text in enumerate(_HOW.splitlines(), 1)])
    set_up(sheet, made, pages=1)
    protect(sheet)


def _table(sheet: "Worksheet", made: WorkbookContext, row: int, title: str, lines: list[tuple[str, str, str]]) -> int:
    sheet.write_string(row, 0, title, made.styles["heading"])
    for at, (word, meaning, style) in enumerate(lines, row + 1):
        sheet.set_row(at, row_height([(meaning, _WIDTH)]))
        sheet.write_string(at, 0, word, made.styles[style])
        sheet.write_string(at, 1, meaning, made.styles["cell"])
    return row + 1 + len(lines)
