"""How high a row has to be for its texts: LibreOffice shows what the file says, and only Excel fits rows by itself."""

from collections.abc import Iterable
from math import ceil
from unicodedata import east_asian_width

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
