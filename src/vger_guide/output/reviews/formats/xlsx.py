"""A workbook for Excel, LibreOffice and their like: Office Open XML, ECMA-376 part 1, SpreadsheetML.

It is written by XlsxWriter and read back by openpyxl; each is imported only where it is needed.
"""

from vger_guide.output.reviews.import_result import Returned
from vger_guide.reviews.context import Filled

SUFFIX = ".xlsx"


def write(filled: Filled) -> bytes:
    """Return the workbook."""
    from vger_guide.output.reviews.workbook.write import workbook

    return workbook(filled)


def read(data: bytes, filled: Filled) -> Returned:
    """Return the review with the answers of a workbook, and remarks on what it lacks or what was left aside.

    Raises BadReturn with every problem, by sheet and cell.
    """
    from vger_guide.output.reviews.workbook.read import returned

    return Returned(*returned(data, filled))
