"""What all sheets of a workbook are made with: the review, the styles, the places of rows, protection and print."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from vger_guide.output.reviews.workbook.columns import PLACES
from vger_guide.output.reviews.workbook.names import people_names, printed
from vger_guide.reviews.context import ReviewContext

FONT = {"font_name": "Calibri", "font_size": 10}
INK, PAPER, RULE = "#1F2937", "#F3F4F6", "#9CA3AF"
# A text cell stays a text when somebody changes it: what is typed there is never a formula, a date or a number.
TEXT = "@"
DATE = "yyyy-mm-dd"

_TOP: dict[str, Any] = {**FONT, "valign": "top", "text_wrap": True, "border": 1, "border_color": "#D1D5DB"}
_GUIDE = {**_TOP, "bg_color": PAPER, "font_color": INK}
_HEAD = {**FONT, "bold": True, "text_wrap": True, "valign": "vcenter", "border": 1, "border_color": RULE}
_NUMBER = {**FONT, "num_format": "0", "border": 1, "border_color": "#D1D5DB", "valign": "top"}

STYLES: dict[str, dict[str, Any]] = {
    "title": {**FONT, "font_size": 16, "bold": True, "font_color": INK},
    "heading": {**FONT, "font_size": 12, "bold": True, "font_color": INK},
    "plain": {**FONT, "font_color": INK},
    "small": {**FONT, "font_size": 9, "font_color": "#4B5563"},
    "wrapped": {**FONT, "font_color": INK, "text_wrap": True, "valign": "top"},
    "guide": _GUIDE,
    "link": {**_GUIDE, "font_color": "#1D4ED8", "underline": 1},
    "answer": {**_TOP, "locked": False},
    "text": {**_TOP, "locked": False, "num_format": TEXT},
    "date": {**_TOP, "locked": False, "num_format": DATE, "align": "left"},
    "head-guide": {**_HEAD, "bg_color": "#374151", "font_color": "#FFFFFF"},
    "head-number": {**_HEAD, "bg_color": "#374151", "font_color": "#FFFFFF", "align": "right"},
    "head-answer": {**_HEAD, "bg_color": "#1E40AF", "font_color": "#FFFFFF"},
    "cell": {**FONT, "border": 1, "border_color": "#D1D5DB", "font_color": INK, "text_wrap": True, "valign": "top"},
    "number": _NUMBER,
    "percent": {**_NUMBER, "num_format": "0%", "bold": True, "align": "right"},
    "day": {**FONT, "num_format": DATE, "align": "left", "locked": False, "border": 1, "border_color": RULE},
}
# Dark on light, with a contrast of 7 to 1 or more.
COLOURS: dict[str, dict[str, Any]] = {
    "met": {"bg_color": "#D1FADF", "font_color": "#054F31"},
    "partial": {"bg_color": "#FEF0C7", "font_color": "#6B3A00"},
    "not-met": {"bg_color": "#FEE4E2", "font_color": "#7A0C05", "bold": True},
    "unanswered": {"font_color": "#4B5563", "italic": True},
    "not-applicable": {"bg_color": "#E5E7EB", "font_color": "#374151", "italic": True},
    "over": {"bg_color": "#FEE4E2", "font_color": "#7A0C05", "bold": True},
    "confirm": {"bg_color": "#E0EAFF", "font_color": "#1E3A8A", "bold": True},
}
# The bars of the chart and the numbers on them, in their order.
BARS = {
    "met": ("#12805C", "#FFFFFF"),
    "partial": ("#E9A23B", "#000000"),
    "not-met": ("#B42318", "#FFFFFF"),
    "unanswered": ("#98A2B3", "#000000"),
    "not-applicable": ("#E4E7EC", "#000000"),
}
# The targets of a chart of scores: as many as can be told apart.
SERIES = ("#1E40AF", "#E9A23B", "#12805C", "#B42318", "#6941C6", "#0E7490", "#98A2B3", "#9D174D")
_LOOKS = {**STYLES, **COLOURS, **{f"word-{name}": {**STYLES["cell"], **look} for name, look in COLOURS.items()}}


class Styles:
    """The formats of a workbook, by name."""

    def __init__(self, book: "Workbook") -> None:
        self._formats = {name: book.add_format(look) for name, look in _LOOKS.items()}

    def __getitem__(self, name: str) -> "Format":
        return self._formats[name]


# Rows of a target's sheet, from 0.
HEAD = 2
FIRST = HEAD + 1
# Rows with drop-downs below the rules, for answers to rules that the review does not ask.
SPARE = 300
A4 = 9


@dataclass(frozen=True)
class WorkbookContext:
    """What all sheets of a workbook are made with; `lists` has the ranges of the drop-downs."""

    filled: ReviewContext
    book: "Workbook"
    styles: Styles
    lists: Mapping[str, str]

    @cached_property
    def names(self) -> dict[str, str]:
        """The people by their ids."""
        return people_names(self.filled.review.people)

    @property
    def edition(self) -> str:
        """What every sheet says of the guide."""
        review, guide = self.filled.review, self.filled.catalog.guide
        return f"{guide.title}, edition {review.edition}. State of {review.updated.date().isoformat()}."

    @property
    def last(self) -> int:
        """The last row that is made ready, from 0."""
        return FIRST + len(self.filled.rules) + SPARE - 1


def protect(sheet: "Worksheet") -> None:
    """Lock what the guide says, without a password, and leave to people what does not change it."""
    free = ("autofilter", "sort", "format_columns", "format_rows", "insert_rows")
    sheet.protect(options={**dict.fromkeys(free, True), "objects": True})


def cell_ref(row: int, key: str) -> str:
    """Return a cell of a column, which stands still, such as `$E4`."""
    return str(xl_rowcol_to_cell(row, PLACES[key], col_abs=True))


def set_up(sheet: "Worksheet", made: WorkbookContext, pages: int = 0) -> None:
    """Print a sheet one page wide and so many high (0: any), with the edition and the number of the page on each."""
    # A blank stands behind the size of the font, or a title that begins with digits would be part of it.
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    sheet.fit_to_pages(1, pages)
    sheet.set_header(f"&L&9 {printed(made.filled.review.title)}&R&9&A")
    guide = printed(made.filled.catalog.guide.title)
    sheet.set_footer(f"&L&9 {guide}, edition {made.filled.review.edition}&R&9&P / &N")
