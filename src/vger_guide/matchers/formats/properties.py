r"""Java properties: `key=value`, `key: value` or `key value`, long values over lines that end in `\`.

As `java.util.Properties` reads them
(https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/util/Properties.html#load(java.io.Reader)). Keys are
taken whole, dots and all: in a path of keys such a key stands in quotes.
"""

import re
from collections.abc import Iterator

from vger_guide.matchers.formats import Document, Table, require_length

_PAIR = re.compile(r"((?:[^\\=: \t\f]|\\.)*+)[ \t\f]*+[=:]?[ \t\f]*+(.*+)", re.DOTALL)
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|.)", re.DOTALL)
_MEANING = {"t": "\t", "n": "\n", "r": "\r", "f": "\f"}
_BLANK = " \t\f"


def parse(text: str) -> Document:
    """Return the document of a text of Java properties.

    Raises UnreadableFileError where it is too long: all else is read somehow.
    """
    root = Table()
    for number, line in _logical(require_length(text)):
        match = _PAIR.match(line)
        if match:
            root.put(_plain(match[1]), _plain(match[2]), number)
    return Document([root])


def _logical(text: str) -> Iterator[tuple[int, str]]:
    """Yield lines with those that they go on in, and the number of the first; comments and empty lines are left out."""
    pieces: list[str] = []
    first = 0
    for number, natural in enumerate(text.split("\n"), 1):
        line = natural.removesuffix("\r").lstrip(_BLANK)
        if not pieces and (not line or line[0] in "#!"):
            continue
        first = first if pieces else number
        goes_on = (len(line) - len(line.rstrip("\\"))) % 2
        pieces.append(line[:-1] if goes_on else line)
        if not goes_on:
            yield first, "".join(pieces)
            pieces = []
    if pieces:
        yield first, "".join(pieces)


def _plain(text: str) -> str:
    return _ESCAPE.sub(lambda match: _character(match[1]), text) if "\\" in text else text


def _character(escape: str) -> str:
    return chr(int(escape[1:], 16)) if len(escape) > 1 else _MEANING.get(escape, escape)
