"""A workbook for Excel, LibreOffice and their like: Office Open XML, ECMA-376 part 1, SpreadsheetML.

It is written by XlsxWriter and read back by openpyxl; each is imported only where it is needed.
"""

from vger_guide.output.reviews.import_result import Importer, Returned
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.models import Review

SUFFIX = ".xlsx"


def write(context: ReviewContext) -> bytes:
    """Return the workbook."""
    from vger_guide.output.reviews.workbook.write import write_workbook

    return write_workbook(context)


def read(data: bytes, context: ReviewContext, importer: Importer) -> Returned:
    """Return what a workbook was exported with, what it says now, and remarks on what it lacks or what was left aside.

    Raises ImportRejectedError with every problem, by sheet and cell.
    """
    from vger_guide.output.reviews.workbook.read import read_workbook

    return read_workbook(data, context, importer)


def extract(data: bytes) -> Review:
    """Return the review that a workbook was exported from. Raises ImportRejectedError where it carries none."""
    from vger_guide.output.reviews.workbook.read import extract_review

    return extract_review(data)
