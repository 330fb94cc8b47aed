"""A workbook for Excel, LibreOffice and their like: Office Open XML, ECMA-376 part 1, SpreadsheetML.

It is written by XlsxWriter and read back by openpyxl; each is imported only where it is needed.
"""

from vger_guide.output.reviews.import_result import Imported
from vger_guide.reviews.context import ReviewContext

SUFFIX = ".xlsx"


def write(context: ReviewContext) -> bytes:
    """Return the workbook."""
    from vger_guide.output.reviews.workbook.write import write_workbook

    return write_workbook(context)


def read(data: bytes, context: ReviewContext) -> Imported:
    """Return the review with the answers of a workbook, and remarks on what it lacks or what was left aside.

    Raises ImportRejectedError with every problem, by sheet and cell.
    """
    from vger_guide.output.reviews.workbook.read import read_workbook

    return Imported(*read_workbook(data, context))
