"""The tables in the sheets of a workbook: which target one is of, its headings and its rows, wherever they stand."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from vger_guide.output.reviews.workbook.columns import COLUMNS
from vger_guide.output.reviews.workbook.names import LEGEND, LISTS, SUMMARY
from vger_guide.output.reviews.workbook.safe_open import MAX_ROWS
from vger_guide.output.reviews.workbook.target_sheet import MARK
from vger_guide.text.sanitize import escape_invisible, truncate

# A sheet has 26 columns; people may add to them.
MAX_COLUMNS = 300
MAX_SHEETS = 300
# The headings stand among the first rows.
_TOP = 30
_KEYS = {column.heading.casefold(): column.key for column in COLUMNS}


@dataclass(frozen=True)
class CellInput:
    """A cell as it came back: where it stands, such as `Shop!H12`, its value, and whether it holds a formula."""

    place: str
    value: Any = None
    formula: bool = False


@dataclass(frozen=True)
class Sheet:
    """A sheet of answers: the ids of its review and target and its edition ("" where they are gone), its rows.

    A row has its cells by the keys of their columns; there are no columns where the headings are gone. `doubled` are
    those that stand there twice.
    """

    name: str
    review: str
    target: str
    edition: str
    columns: Mapping[str, int]
    rows: Sequence[Mapping[str, CellInput]]
    doubled: Sequence[str]


def quote_name(name: str) -> str:
    """Return the name of a sheet for a message."""
    return truncate(escape_invisible(name), 60)


def find_sheets(book: Any) -> tuple[list[Sheet], list[str]]:
    """Return the sheets of a workbook that have a table of answers, and the names of the others."""
    read = [(sheet.title, _sheet(sheet)) for sheet in islice(book.worksheets, MAX_SHEETS)]
    others = [name for name, sheet in read if sheet is None and name not in (SUMMARY, LEGEND, LISTS)]
    return [sheet for _, sheet in read if sheet], others


def _sheet(sheet: Any) -> Sheet | None:
    rows = _rows(sheet)
    marks = ["", "", ""]
    for _, cells in islice(rows, _TOP):
        texts = [cell.value if isinstance(cell.value, str) else "" for cell in cells]
        marks = _marks(texts) or marks
        headings = [_KEYS.get(" ".join(text.split()).casefold(), "") for text in texts]
        if {"value", "rule"} <= set(headings):
            return _table(sheet.title, marks, headings, rows)
    return _table(sheet.title, marks, [], rows) if any(marks) else None


def _rows(sheet: Any) -> Iterator[tuple[int, Sequence[Any]]]:
    # What the sheet says of its own size may be wrong.
    sheet.reset_dimensions()
    return enumerate(sheet.iter_rows(max_col=MAX_COLUMNS, max_row=MAX_ROWS), 1)


def _marks(texts: list[str]) -> list[str]:
    if MARK not in texts:
        return []
    place = texts.index(MARK) + 1
    return [*texts[place : place + 3], "", "", ""][:3]


def _table(name: str, marks: Sequence[str], headings: list[str], rows: Iterator[tuple[int, Sequence[Any]]]) -> Sheet:
    columns = {key: headings.index(key) for key in headings if key}
    read = {number: _row(name, number, cells, columns) for number, cells in rows if _filled(cells, columns)}
    doubled = [key for key in columns if headings.count(key) > 1]
    review, target, edition = marks
    return Sheet(name, review, target, edition, columns, list(read.values()), doubled)


def _filled(cells: Sequence[Any], columns: Mapping[str, int]) -> bool:
    return any(cells[place].value is not None for place in columns.values())


def _row(name: str, number: int, cells: Sequence[Any], columns: Mapping[str, int]) -> Mapping[str, CellInput]:
    from openpyxl.utils.cell import get_column_letter

    def got(place: int) -> CellInput:
        cell = cells[place]
        return CellInput(
            f"{quote_name(name)}!{get_column_letter(place + 1)}{number}", cell.value, cell.data_type == "f"
        )

    return {key: got(place) for key, place in columns.items()}
