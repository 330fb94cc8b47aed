"""A workbook for Excel, LibreOffice and their like: Office Open XML, ECMA-376 part 1, SpreadsheetML.

It is written by XlsxWriter and read back by openpyxl; neither is imported where forms are only listed.
"""

from typing import Any

from vger_guide.output.reviews.import_result import Importer, Returned
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.models import Review

SUFFIX = ".xlsx"


def write(context: ReviewContext) -> bytes:
    """Return the workbook."""
    from vger_guide.output.reviews.workbook.write import write_workbook  # noqa: PLC0415 - it imports XlsxWriter

    return write_workbook(context)


def read(data: bytes, context: ReviewContext, importer: Importer) -> Returned:
    """Return what a workbook was exported with, what it says now, and remarks on what it lacks or what was left aside.

    Raises ImportRejectedError with every problem, by sheet and cell.
    """
    found: Returned = _reader().read_workbook(data, context, importer)
    return found


def extract(data: bytes) -> Review:
    """Return the review that a workbook was exported from. Raises ImportRejectedError where it carries none."""
    found: Review = _reader().extract_review(data)
    return found


def _reader() -> Any:
    from vger_guide.output.reviews.workbook import read as reader  # noqa: PLC0415 - it imports openpyxl

    return reader
