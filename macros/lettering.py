"""How wide a text is, and where it breaks into lines: SVG does not wrap, and the reader's font is not known here.

Widths are estimates on the safe side, from Helvetica and Arial, with some room for wider fonts.
"""

import unicodedata
from collections.abc import Iterator

# Widths of letters in parts of the size of type; what is in none of them is as wide as a capital.
_WIDTHS = [(0.32, " .,:;'|!/[]iljItf"), (0.42, '()-r`"'), (0.56, "ckszvxyJ"), (0.62, "abdeghnopqu0123456789_#$?")]
_WIDTH = {letter: width for width, letters in _WIDTHS for letter in letters}
_CAPITAL = 0.76
_FULL = 1.0


def measure(text: str, size: float) -> float:
    """Return the width that a text needs, in the unit of the size of type."""
    return size * sum(map(_width, text))


def _width(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0
    full = letter in "mwMW@%" or unicodedata.east_asian_width(letter) in "WF"
    return _FULL if full else _WIDTH.get(letter, _CAPITAL)


def wrap(text: str, width: float, size: float) -> list[str]:
    """Return a text in lines no wider than `width`: broken between words, and within a word that fits on no line."""
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and measure(joined, size) <= width:
            lines[-1] = joined
        else:
            lines += _pieces(word, width, size)
    return lines


def _pieces(word: str, width: float, size: float) -> Iterator[str]:
    piece = ""
    for letter in word:
        if piece and measure(piece + letter, size) > width:
            yield piece
            piece = ""
        piece += letter
    yield piece
