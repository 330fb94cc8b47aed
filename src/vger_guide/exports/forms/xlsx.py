"""A workbook for Excel, LibreOffice and their like: Office Open XML, ECMA-376 part 1, SpreadsheetML.

It is written by XlsxWriter and read back by openpyxl; each is imported only where it is needed.
"""

from vger_guide.exports.forms import Filled
from vger_guide.reviews.document import Review

SUFFIX = ".xlsx"


def write(filled: Filled) -> bytes:
    """Return the workbook."""
    from vger_guide.exports.workbook.writing import workbook

    return workbook(filled)


def read(data: bytes, filled: Filled) -> Review:
    """Return the review with the answers of a workbook. Raises BadReturn with every problem, by sheet and cell."""
    review, _ = read_remarking(data, filled)
    return review


def read_remarking(data: bytes, filled: Filled) -> tuple[Review, list[str]]:
    """Return the same, with remarks on what the workbook lacks or what was left aside. Raises BadReturn."""
    from vger_guide.exports.workbook.returning import returned

    return returned(data, filled)
