"""Workbooks as people have them open: read, changed and saved by openpyxl, which had no part in writing them."""

import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from openpyxl import load_workbook

from vger_guide.output.reviews.formats import read_format, xlsx
from vger_guide.output.reviews.import_result import Imported, ImportRejectedError
from vger_guide.output.reviews.workbook.columns import COLUMNS
from vger_guide.output.reviews.workbook.names import sheet_names
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.models import Answer, Review

# What openpyxl says of its types is that nearly everything may be missing.
Workbook = Any
Worksheet = Any

HEAD_ROW = 3
FIRST_ROW = 4
# Columns by their headings, from 1.
PLACES = {column.heading: place for place, column in enumerate(COLUMNS, 1)}


def open_book(data: bytes) -> Workbook:
    """Return the workbook of some bytes, formulas as formulas."""
    return load_workbook(io.BytesIO(data))


def write_and_open(context: ReviewContext) -> Workbook:
    """Return the workbook of a review."""
    return open_book(xlsx.write(context))


def read(data: bytes, context: ReviewContext) -> Imported:
    """Return what comes of a workbook that came back; what would be lost is held back."""
    return read_format("xlsx", data, context)


def saved(book: Workbook) -> bytes:
    """Return the bytes of a workbook as somebody saved it."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def targets(book: Workbook, context: ReviewContext) -> list[Worksheet]:
    """Return the sheets of the targets in their order."""
    return [book[name] for name in sheet_names(target.name for target in context.review.targets)]


def rows(sheet: Worksheet) -> Iterator[int]:
    """Yield the numbers of the rows that have a rule."""
    return (row for row in range(FIRST_ROW, sheet.max_row + 1) if sheet.cell(row, PLACES["Rule"]).value)


def row_of(sheet: Worksheet, rule: str) -> int:
    """Return the number of a rule's row."""
    return next(row for row in rows(sheet) if sheet.cell(row, PLACES["Rule"]).value == rule)


def set_cells(sheet: Worksheet, rule: str, **cells: Any) -> None:
    """Write into cells of a rule's row, by the headings of the columns; a text is no formula."""
    for heading, value in cells.items():
        cell = sheet.cell(row_of(sheet, rule), PLACES[heading.replace("_", " ")])
        cell.value = value
        cell.data_type = "s" if isinstance(value, str) else cell.data_type


def calculate(sheet: Worksheet, rule: str, heading: str, formula: str) -> None:
    """Write a formula into a cell of a rule's row."""
    sheet.cell(row_of(sheet, rule), PLACES[heading]).value = formula


def read_review(book: Workbook, context: ReviewContext) -> Review:
    """Return the review that comes of a workbook as somebody saved it."""
    return read(saved(book), context).review


def returned_answer(context: ReviewContext, rule: str, **cells: Any) -> Answer:
    """Return the answer to a rule after its cells were written into, for the first target."""
    book = write_and_open(context)
    set_cells(targets(book, context)[0], rule, **cells)
    return read_review(book, context).answers[rule][context.review.targets[0].id]


def find_problems(context: ReviewContext, change: Callable[[Worksheet], None]) -> list[str]:
    """Return what is said of a workbook whose first sheet of a target was changed."""
    book = write_and_open(context)
    change(targets(book, context)[0])
    with pytest.raises(ImportRejectedError) as refused:
        read_review(book, context)
    return refused.value.problems


def find_problems_of(context: ReviewContext, rule: str, **cells: Any) -> list[str]:
    """Return what is said of a workbook in which cells of a rule's row were written into."""
    return find_problems(context, lambda sheet: set_cells(sheet, rule, **cells))
