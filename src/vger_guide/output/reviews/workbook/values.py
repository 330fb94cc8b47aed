"""What a cell means: texts, dates, and words of a list, each refused in words where it is none."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

from vger_guide.output.reviews.workbook.columns import YEARS
from vger_guide.output.reviews.workbook.tables import CellInput
from vger_guide.output.reviews.workbook.text import CUT
from vger_guide.text.sanitize import escape_invisible, truncate

_T = TypeVar("_T")
# Day 0 of a spreadsheet's dates, and the days of the years 2000 to 2199, which a cell without a date's form may hold.
_EPOCH = date(1899, 12, 30)
_SERIALS = range(36_526, 109_575)


class CellError(Exception):
    """A cell cannot be taken; the text says why and how to mend it."""


def text(got: CellInput) -> str:
    """Return the text of a cell, "" for an empty one. Raises CellError."""
    if got.formula:
        raise CellError("contains a formula; replace it with its value as text")
    value = got.value
    if isinstance(value, datetime) and value.time() == datetime.min.time():
        value = value.date()
    if isinstance(value, bool):
        value = str(value).upper()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).replace("\r\n", "\n").replace("\r", "\n")


def free(got: CellInput) -> str:
    """Return the text of a cell as people wrote it, without blanks at its ends. Raises CellError."""
    written = text(got).strip()
    if CUT.strip() in written:
        raise CellError("was too long for a cell and has been changed here; change it in the review itself")
    return written


def word(got: CellInput, words: Mapping[_T, str], what: str, synonyms: Mapping[str, _T] | None = None) -> _T | None:
    """Return the code of a word, whatever its case and blanks; None for an empty cell. Raises CellError."""
    said = _key(text(got))
    labels = {**{_key(str(code)): code for code in words}, **{_key(label): code for code, label in words.items()}}
    codes = {**(synonyms or {}), **labels}
    if said and said not in codes:
        *most, last = words.values()
        choices = f"{', '.join(most)} or {last}" if most else f"{last}, or leave it empty"
        raise CellError(f"'{truncate(escape_invisible(text(got).strip()), 40)}' is no {what}; choose {choices}")
    return codes.get(said)


def _key(said: str) -> str:
    return " ".join(said.replace("-", " ").split()).casefold()


def likely_day(got: CellInput) -> date | None:
    """Return the day in a cell, of the years that a review may be of. Raises CellError."""
    found = day(got)
    if found and found.year not in YEARS:
        raise CellError(f"{found.isoformat()} is not between {YEARS.start} and {YEARS.stop - 1}; write 2027-03-31")
    return found


def day(got: CellInput) -> date | None:
    """Return the day in a cell: a date, the number of one, or a text of one. Raises CellError."""
    value: Any = got.value
    if not got.formula and isinstance(value, datetime):
        return value.date()
    if not got.formula and isinstance(value, int | float) and _SERIALS.start <= value < _SERIALS.stop:
        return _EPOCH + timedelta(days=int(value))
    written = text(got).strip()
    return _parse_day(written) if written else None


def _parse_day(written: str) -> date:
    try:
        return parse_date(" ".join(written.split()))
    except ValueError as error:
        told = truncate(escape_invisible(written), 40)
        raise CellError(f"'{told}' cannot be read as a date: {error}; write it as 2027-03-31") from None


def moment(got: CellInput) -> datetime | None:
    """Return the beginning of the day in a cell. Raises CellError."""
    found = likely_day(got)
    return datetime(found.year, found.month, found.day, tzinfo=UTC) if found else None


_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)

_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ][\d:.]*Z?)?", re.ASCII)
_DOTS = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})", re.ASCII)
_DAY_NAMED = re.compile(r"(\d{1,2})\.?[- ]([A-Za-z]+)\.?,?[- ](\d{4})", re.ASCII)
_NAMED_DAY = re.compile(r"([A-Za-z]+)\.? (\d{1,2}),? (\d{4})", re.ASCII)


def parse_date(written: str) -> date:
    """Return the day of a text such as 2027-03-31, 31.3.2027, 31/3/2027 or 31 March 2027.

    Raises ValueError, also where it may be read in two ways, such as 1/2/2027.
    """
    if found := _YEAR_FIRST.fullmatch(written):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := _DOTS.fullmatch(written):
        return date(int(found[3]), int(found[2]), int(found[1]))
    if found := _YEAR_LAST.fullmatch(written):
        return _either(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY_NAMED.fullmatch(written):
        return date(int(found[3]), _month(found[2]), int(found[1]))
    if found := _NAMED_DAY.fullmatch(written):
        return date(int(found[3]), _month(found[1]), int(found[2]))
    raise ValueError("its form is not known")


def _either(first: int, second: int, year: int) -> date:
    """Return the day of two numbers that stand day first in most countries, and month first in some."""
    if first != second and max(first, second) <= 12:
        raise ValueError("it may be one of two")
    day, month = (first, second) if second <= 12 else (second, first)
    return date(year, month, day)


def _month(name: str) -> int:
    found = [n for n, month in enumerate(_MONTHS, 1) if month.startswith(name.lower())]
    if len(found) != 1:
        raise ValueError("no month has this name")
    return found[0]
