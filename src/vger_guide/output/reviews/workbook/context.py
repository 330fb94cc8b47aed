"""What all sheets of a workbook are made with: the review, the styles, the places of rows, protection and print."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from vger_guide.output.reviews.workbook.columns import PLACES
from vger_guide.output.reviews.workbook.names import printed
from vger_guide.output.reviews.workbook.people import names
from vger_guide.output.reviews.workbook.styles import Styles
from vger_guide.reviews.context import ReviewContext

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

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
        return names(self.filled.review.people)

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
    from xlsxwriter.utility import xl_rowcol_to_cell

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
