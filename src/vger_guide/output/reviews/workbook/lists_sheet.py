"""The hidden sheet that the drop-downs take their words from."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from vger_guide.output.reviews.workbook.columns import COLUMNS
from vger_guide.output.reviews.workbook.names import LISTS
from vger_guide.output.reviews.workbook.people import names
from vger_guide.reviews.models import Review

if TYPE_CHECKING:
    from xlsxwriter import Workbook


def words(review: Review) -> dict[str, Sequence[str]]:
    """Return the words of each column that has some, by the column's key."""
    choices: dict[str, Sequence[str]] = {column.key: column.choices for column in COLUMNS if column.choices}
    people = list(names(review.people).values())
    return {**choices, **({"by": people} if people else {})}


def ranges(lists: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return where the words of each column stand."""
    from xlsxwriter.utility import xl_range_abs

    return {
        key: f"={LISTS}!{xl_range_abs(1, place, len(choices), place)}"
        for place, (key, choices) in enumerate(lists.items())
    }


def add_lists(book: "Workbook", lists: Mapping[str, Sequence[str]]) -> None:
    """Add the sheet, with a column for each list."""
    sheet = book.add_worksheet(LISTS)
    sheet.hide()
    for place, (key, choices) in enumerate(lists.items()):
        for row, text in enumerate((key, *choices)):
            sheet.write_string(row, place, text)
