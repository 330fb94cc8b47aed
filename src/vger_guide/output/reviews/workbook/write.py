"""The whole workbook of a review."""

import io
import re
import zipfile

from xlsxwriter import Workbook

from vger_guide.output.reviews.workbook.context import WorkbookContext
from vger_guide.output.reviews.workbook.legend_sheet import add_legend
from vger_guide.output.reviews.workbook.lists_sheet import add_lists, ranges, words
from vger_guide.output.reviews.workbook.names import SUMMARY, sheet_names
from vger_guide.output.reviews.workbook.styles import Styles
from vger_guide.output.reviews.workbook.summary_sheet import add_summary
from vger_guide.output.reviews.workbook.target_sheet import add_target
from vger_guide.output.reviews.workbook.text import to_cell
from vger_guide.reviews.context import ReviewContext

# Text is written as text everywhere; these say so once more.
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_SHEETS = "xl/worksheets/sheet"
_FIXED = re.compile(rb'(<row [^>]*) customHeight="1"')


def write_workbook(context: ReviewContext) -> bytes:
    """Return the workbook of a review: the summary, a sheet a target, the legend, and the words of the drop-downs."""
    file = io.BytesIO()
    with Workbook(file, _OPTIONS) as book:
        book.set_properties(_properties(context))
        summary = book.add_worksheet(SUMMARY)
        targets = context.review.targets
        sheets = list(zip(targets, sheet_names(target.name for target in targets), strict=True))
        lists = words(context.review)
        made = WorkbookContext(context, book, Styles(book), ranges(lists))
        for target, name in sheets:
            add_target(made, target, name)
        add_summary(summary, made, sheets)
        add_legend(made)
        add_lists(book, lists)
    return _growing(file.getvalue())


def _properties(context: ReviewContext) -> dict[str, object]:
    review = context.review
    return {
        "title": to_cell(review.title),
        "subject": f"{context.catalog.guide.title}, edition {review.edition}",
        "author": review.generator.name,
        "created": review.updated.replace(tzinfo=None),
    }


def _growing(data: bytes) -> bytes:
    """Return the workbook with rows that grow when somebody writes into them: XlsxWriter fixes those with a height."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for part in old.infolist():
            content = old.read(part)
            new.writestr(part, _FIXED.sub(rb"\1", content) if part.filename.startswith(_SHEETS) else content)
    return file.getvalue()
