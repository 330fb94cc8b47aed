"""Files that list repositories: a path or address a line, or CSV (RFC 4180) with a head."""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from vger_guide.records.problems import CatalogError, Problem, named, shown
from vger_guide.text.file_read import read_regular

MAX_BYTES = 10_000_000
COLUMNS = ("repository", "name", "unit", "owner", "profile")


class Listed(NamedTuple):
    """A line of a list: the keys of COLUMNS that say something, and where it stands."""

    line: int
    fields: dict[str, str]


def read_list(path: Path) -> list[Listed]:
    """Return the repositories that a file lists. Raises CatalogError with all that is wrong in it, and OSError."""
    try:
        text = read_regular(path, MAX_BYTES).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _make_error(path, f"is not UTF-8 at byte {error.start}; save it as UTF-8") from None
    found = _read_csv(path, text) if path.suffix.lower() == ".csv" else list(_read_lines(text))
    if not found:
        raise _make_error(path, "lists no repository; write a path or an address a line")
    return found


def _read_lines(text: str) -> Iterator[Listed]:
    for number, line in enumerate(text.splitlines(), 1):
        if (place := line.strip()) and not place.startswith("#"):
            yield Listed(number, {"repository": place})


def _read_csv(path: Path, text: str) -> list[Listed]:
    try:
        return list(_rows(path, text))
    except csv.Error as error:
        raise _make_error(path, f"is not CSV: {error}") from None


def _rows(path: Path, text: str) -> Iterator[Listed]:
    """Yield the rows. Raises CatalogError, and csv.Error."""
    reader = csv.DictReader(io.StringIO(text, newline=""), restkey="", restval="")
    reader.fieldnames = [head.strip().lower() for head in reader.fieldnames or []]
    if problems := _check_heads(path, reader.fieldnames):
        raise CatalogError(problems)
    for row in reader:
        if "" in row:
            raise CatalogError([Problem(named(path), reader.line_num, "", "has more cells than the head")])
        fields = {key: cell.strip() for key, cell in row.items() if cell and cell.strip()}
        if fields:
            yield Listed(reader.line_num, fields)


def _check_heads(path: Path, heads: Sequence[str]) -> list[Problem]:
    problems = [
        Problem(named(path), 1, "", f"has the column {shown(head)}; allowed: {', '.join(COLUMNS)}")
        for head in heads
        if head not in COLUMNS
    ]
    if "repository" not in heads:
        problems.append(Problem(named(path), 1, "", "has no column 'repository'; write its head in the first line"))
    return problems


def _make_error(path: Path, message: str) -> CatalogError:
    return CatalogError([Problem(named(path), 0, "", message)])
