"""The whole workbook of a review."""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range_abs

from vger_guide.output.reviews.workbook.base import add_base
from vger_guide.output.reviews.workbook.columns import COLUMNS
from vger_guide.output.reviews.workbook.context import Styles, WorkbookContext
from vger_guide.output.reviews.workbook.legend_sheet import add_legend
from vger_guide.output.reviews.workbook.names import LISTS, SUMMARY, people_names, sheet_names
from vger_guide.output.reviews.workbook.results_sheet import add_results
from vger_guide.output.reviews.workbook.summary_sheet import add_summary
from vger_guide.output.reviews.workbook.target_sheet import add_target
from vger_guide.output.reviews.workbook.text import to_cell
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.models import Review

# Text is written as text everywhere; these say so once more.
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_SHEETS = "xl/worksheets/sheet"
_FIXED = re.compile(rb'(<row [^>]*) customHeight="1"')


def write_workbook(context: ReviewContext) -> bytes:
    """Return the workbook of a review: summary, results, a sheet a target, the legend, and what nobody sees."""
    file = io.BytesIO()
    with Workbook(file, _OPTIONS) as book:
        book.set_properties(_properties(context))
        summary = book.add_worksheet(SUMMARY)
        targets = context.review.targets
        sheets = list(zip(targets, sheet_names(target.name for target in targets), strict=True))
        lists = words(context.review)
        made = WorkbookContext(context, book, Styles(book), ranges(lists))
        if context.is_answered:
            add_results(made)
        for target, name in sheets:
            add_target(made, target, name)
        add_summary(summary, made, sheets)
        add_legend(made)
        add_lists(book, lists)
        add_base(book, context.review)
    return _let_rows_grow(file.getvalue())


def _properties(context: ReviewContext) -> dict[str, object]:
    review = context.review
    return {
        "title": to_cell(review.title),
        "subject": f"{context.catalog.guide.title}, edition {review.edition}",
        "author": review.generator.name,
        "created": review.updated.replace(tzinfo=None),
    }


def _let_rows_grow(data: bytes) -> bytes:
    """Return the workbook with rows that grow when somebody writes into them: XlsxWriter fixes those with a height."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for part in old.infolist():
            content = old.read(part)
            new.writestr(part, _FIXED.sub(rb"\1", content) if part.filename.startswith(_SHEETS) else content)
    return file.getvalue()


def words(review: Review) -> dict[str, Sequence[str]]:
    """Return the words of each column that has some, by the column's key."""
    choices: dict[str, Sequence[str]] = {column.key: column.choices for column in COLUMNS if column.choices}
    people = list(people_names(review.people).values())
    return {**choices, **({"by": people} if people else {})}


def ranges(lists: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return where the words of each column stand."""
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
