"""The tables in the sheets of a workbook: which target one is of, its headings and its rows, wherever they stand."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from openpyxl.utils.cell import get_column_letter, range_boundaries

from vger_guide.output.reviews.workbook.columns import ANSWERED, COLUMNS
from vger_guide.output.reviews.workbook.names import WITHOUT_ANSWERS
from vger_guide.output.reviews.workbook.safe_open import MAX_ROWS, MergedRanges
from vger_guide.output.reviews.workbook.target_sheet import MARK
from vger_guide.text.sanitize import escape_invisible, truncate

# A sheet has 26 columns; people may add to them.
MAX_COLUMNS = 300
MAX_SHEETS = 300
# The headings stand among the first rows.
_TOP = 30
# Known headings that make a row one of headings, though some of them were changed.
_ENOUGH = 4
NEEDED = ("rule", "value")
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
    those that stand there twice, `renamed` is what stands in place of headings, and `merged` which answers are merged.
    """

    name: str
    review: str
    target: str
    edition: str
    columns: Mapping[str, int]
    rows: Sequence[Mapping[str, CellInput]]
    doubled: Sequence[str] = ()
    renamed: Mapping[str, CellInput] = field(default_factory=dict)
    merged: Sequence[str] = ()


def quote_name(name: str) -> str:
    """Return the name of a sheet for a message."""
    return truncate(escape_invisible(name), 60)


def find_sheets(book: Any, merged: MergedRanges) -> tuple[list[Sheet], list[str]]:
    """Return the sheets of a workbook that have a table of answers, and the names of the others."""
    with_answers = [sheet for sheet in book.worksheets if sheet.title not in WITHOUT_ANSWERS]
    read = [(sheet.title, _sheet(sheet, merged)) for sheet in islice(with_answers, MAX_SHEETS)]
    others = [name for name, sheet in read if sheet is None]
    return [sheet for _, sheet in read if sheet], others


def _sheet(sheet: Any, merged: MergedRanges) -> Sheet | None:
    rows = _rows(sheet)
    # openpyxl has no other name for the part that a sheet is in.
    ranges = merged.get(sheet._worksheet_path, ())  # noqa: SLF001
    marks = ["", "", ""]
    for number, cells in islice(rows, _TOP):
        texts = [cell.value if isinstance(cell.value, str) else "" for cell in cells]
        marks = _marks(texts) or marks
        headings = [_KEYS.get(" ".join(text.split()).casefold(), "") for text in texts]
        if set(NEEDED) <= set(headings) or len({*headings} - {""}) >= _ENOUGH:
            renamed = _renamed(sheet.title, number, texts, headings)
            return _table(sheet.title, marks, headings, rows, renamed, ranges)
    review, target, edition = marks
    return Sheet(sheet.title, review, target, edition, columns={}, rows=()) if any(marks) else None


def _rows(sheet: Any) -> Iterator[tuple[int, Sequence[Any]]]:
    # What the sheet says of its own size may be wrong.
    sheet.reset_dimensions()
    return enumerate(sheet.iter_rows(max_col=MAX_COLUMNS, max_row=MAX_ROWS), 1)


def _marks(texts: list[str]) -> list[str]:
    if MARK not in texts:
        return []
    place = texts.index(MARK) + 1
    return [*texts[place : place + 3], "", "", ""][:3]


def _renamed(name: str, row: int, texts: list[str], headings: list[str]) -> dict[str, CellInput]:
    """Return what stands in the place of a heading that is gone, by the key of its column."""
    found = {}
    last, away = -1, 0
    for column in COLUMNS:
        if column.key in headings:
            last, away = headings.index(column.key), 0
            continue
        away += 1
        place = last + away
        text = texts[place].strip() if place < len(texts) else ""
        if text and not headings[place] and (column in ANSWERED or column.key in NEEDED):
            found[column.key] = CellInput(_place(name, row, place), text)
    return found


def _table(
    name: str,
    marks: Sequence[str],
    headings: list[str],
    rows: Iterator[tuple[int, Sequence[Any]]],
    renamed: Mapping[str, CellInput],
    ranges: Sequence[str],
) -> Sheet:
    columns = {key: headings.index(key) for key in headings if key}
    read = {number: _row(name, number, cells, columns) for number, cells in rows if _is_filled(cells, columns)}
    doubled = [key for key in columns if headings.count(key) > 1]
    numbers = list(read)
    merged = [f"{quote_name(name)}!{each}" for each in ranges if _covers(each, columns, numbers)]
    review, target, edition = marks
    return Sheet(name, review, target, edition, columns, list(read.values()), doubled, renamed, merged)


def _covers(cells: str, columns: Mapping[str, int], rows: Sequence[int]) -> bool:
    """Return whether a range of cells has answers in it."""
    left, top, right, bottom = (edge or 0 for edge in range_boundaries(cells))
    answers = (columns[column.key] for column in ANSWERED if column.key in columns)
    first = bisect_left(rows, top)
    return any(left <= place + 1 <= right for place in answers) and first < len(rows) and rows[first] <= bottom


def _is_filled(cells: Sequence[Any], columns: Mapping[str, int]) -> bool:
    return any(cells[place].value is not None for place in columns.values())


def _row(name: str, number: int, cells: Sequence[Any], columns: Mapping[str, int]) -> Mapping[str, CellInput]:
    def got(place: int) -> CellInput:
        return CellInput(_place(name, number, place), cells[place].value, cells[place].data_type == "f")

    return {key: got(place) for key, place in columns.items()}


def _place(name: str, row: int, column: int) -> str:
    return f"{quote_name(name)}!{get_column_letter(column + 1)}{row}"
