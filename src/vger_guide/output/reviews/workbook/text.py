"""A text in a cell: what a workbook can hold, cut where it is too long, and told apart from what came back."""

import re
from collections.abc import Iterable
from math import ceil
from unicodedata import east_asian_width

from vger_guide.text.csv import fit_cell
from vger_guide.text.sanitize import escape_invisible

# Of one cell, in UTF-16 units (https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3).
LIMIT = 32_767
CUT = "\n[cut here: too long for a cell; the rest is in the review]"

# What XML 1.0 cannot hold, and control characters that it can.
_UNHOLDABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE_END = re.compile(r"\r\n?")


def to_cell(text: str) -> str:
    r"""Return a text as a cell shows it: lines end in \n, control characters are escapes, and it is not too long."""
    clean = _UNHOLDABLE.sub(lambda found: escape_invisible(found[0]), _LINE_END.sub("\n", text))
    return fit_cell(clean, LIMIT, CUT)


def is_same(written: str, returned: str) -> bool:
    """Return whether a cell still holds what was written into it; blanks at its ends do not count."""
    return _key(written) == _key(returned)


def _key(text: str) -> str:
    # openpyxl takes `x005F_`, the escape of an underscore, away wherever it stands.
    return _LINE_END.sub("\n", text).replace("x005F_", "").strip()


# Points: of a line of the cells' font, of the space around the lines, and of 20 lines: Excel scrolls by whole rows.
_LINE, _AROUND, _MOST = 13.2, 3.0, 267.0
# Of the characters of a width, how many a line holds where words are wrapped.
_FILL = 0.95
# What no row shows is not looked at.
_LOOKED_AT = 4_000


def row_height(cells: Iterable[tuple[str, float]]) -> float:
    """Return the height of a row in points, of its texts and the widths of their columns in characters."""
    lines = max((_lines(text, width * _FILL) for text, width in cells), default=1)
    return min(round(lines * _LINE + _AROUND, 1), _MOST)


def _lines(text: str, width: float) -> int:
    return sum(max(1, ceil(_wide(part) / width)) for part in text[:_LOOKED_AT].split("\n"))


def _wide(text: str) -> int:
    return len(text) if text.isascii() else sum(2 if east_asian_width(each) in "WF" else 1 for each in text)
