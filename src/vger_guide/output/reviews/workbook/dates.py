"""Days as people write them: what may be read in one way only is taken."""

import re
from datetime import date

# What a cell for a date takes.
YEARS = range(2000, 2200)
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
