"""Cells and rows of CSV: the form of RFC 4180, and texts that no spreadsheet takes for a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

# What begins a formula. The last four are the wide forms of the first four, which a spreadsheet set to Japanese takes
# for the same.
SIGNS = r"[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]"
_FORMULA = re.compile(f"'*{SIGNS}")


def write_rows(columns: Sequence[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a header and rows: commas, quotes where they are needed, lines that end in CRLF."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()


def guard_formula(text: str) -> str:
    """Return a text with an apostrophe before it where a spreadsheet would take it for a formula.

    One that would then look like such a text, because it begins with apostrophes and a formula's first sign, gets one
    too: so a program can take one away (https://owasp.org/www-community/attacks/CSV_Injection).
    """
    return f"'{text}" if _FORMULA.match(text) else text


def utf16_length(text: str) -> int:
    """Return the length that a spreadsheet counts, in units of UTF-16: characters beyond U+FFFF are two."""
    return len(text) + sum(character > "\uffff" for character in text)


def fit_cell(text: str, limit: int, end: str) -> str:
    """Return a text of at most so many units; one that is cut has this end. It can be written as UTF-16."""
    if utf16_length(text) <= limit:
        return text
    room = limit - utf16_length(end)
    return text.encode("utf-16-le")[: 2 * room].decode("utf-16-le", "ignore") + end
