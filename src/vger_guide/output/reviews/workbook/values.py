"""What a cell means: texts, dates, and words of a list, each refused in words where it is none."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

from vger_guide.output.reviews.workbook.dates import YEARS, parsed
from vger_guide.output.reviews.workbook.tables import Got
from vger_guide.output.reviews.workbook.text import CUT
from vger_guide.text.sanitize import cut, shown

_T = TypeVar("_T")
# Day 0 of a spreadsheet's dates, and the days of the years 2000 to 2199, which a cell without a date's form may hold.
_EPOCH = date(1899, 12, 30)
_SERIALS = range(36_526, 109_575)


class BadCell(Exception):  # noqa: N818
    """A cell cannot be taken; the text says why and how to mend it."""


def text(got: Got) -> str:
    """Return the text of a cell, "" for an empty one. Raises BadCell."""
    if got.formula:
        raise BadCell("holds a formula; put its value there as text")
    value = got.value
    if isinstance(value, datetime) and value.time() == datetime.min.time():
        value = value.date()
    if isinstance(value, bool):
        value = str(value).upper()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).replace("\r\n", "\n").replace("\r", "\n")


def free(got: Got) -> str:
    """Return what people wrote into a cell, without blanks at its ends. Raises BadCell."""
    written = text(got).strip()
    if CUT.strip() in written:
        raise BadCell("was too long for a cell and has been changed here; change it in the review itself")
    return written


def word(got: Got, words: Mapping[_T, str], what: str) -> _T | None:
    """Return the code of a word, whatever its case and blanks; None for an empty cell. Raises BadCell."""
    said = _key(text(got))
    codes = {**{_key(str(code)): code for code in words}, **{_key(label): code for code, label in words.items()}}
    if said and said not in codes:
        *most, last = words.values()
        choices = f"{', '.join(most)} or {last}" if most else f"{last}, or leave it empty"
        raise BadCell(f"'{cut(shown(text(got).strip()), 40)}' is no {what}; choose {choices}")
    return codes.get(said)


def _key(said: str) -> str:
    return " ".join(said.replace("-", " ").split()).casefold()


def likely_day(got: Got) -> date | None:
    """Return the day in a cell, of the years that a review may be of. Raises BadCell."""
    found = day(got)
    if found and found.year not in YEARS:
        raise BadCell(f"{found.isoformat()} is not between {YEARS.start} and {YEARS.stop - 1}; write 2027-03-31")
    return found


def day(got: Got) -> date | None:
    """Return the day in a cell: a date, the number of one, or a text of one. Raises BadCell."""
    value: Any = got.value
    if not got.formula and isinstance(value, datetime):
        return value.date()
    if not got.formula and isinstance(value, int | float) and _SERIALS.start <= value < _SERIALS.stop:
        return _EPOCH + timedelta(days=int(value))
    written = text(got).strip()
    return _parsed(written) if written else None


def _parsed(written: str) -> date:
    try:
        return parsed(" ".join(written.split()))
    except ValueError as error:
        told = cut(shown(written), 40)
        raise BadCell(f"'{told}' cannot be read as a date: {error}; write it as 2027-03-31") from None


def moment(got: Got) -> datetime | None:
    """Return the beginning of the day in a cell. Raises BadCell."""
    found = likely_day(got)
    return datetime(found.year, found.month, found.day, tzinfo=UTC) if found else None
