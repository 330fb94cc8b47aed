"""A look at the XML of a workbook before it is read: what it holds of each kind, so that reading takes bounded time.

What is no XML, whatever its name is, is passed over: nobody could read it as such later on.
"""

from collections.abc import Mapping
from typing import IO, Any
from xml.parsers import expat

from vger_guide.output.reviews.workbook.text import LIMIT

# A row of a sheet that people filled in has about 60 elements. Of the others, such as styles, each costs much more.
MAX_ELEMENTS = 1_000_000
MAX_OTHERS = 150_000
# Rows are asked for one by one up to here, those that are not there as well.
MAX_ROWS = 20_000
# Characters of a formula (https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3), and of all that
# are made of one which many cells share.
MAX_FORMULA = 8_192
MAX_SHARED = 2_000_000
# Characters of one text, and bytes of one tag or comment; far beyond a cell, for what other programs add.
MAX_TEXT = 1_000_000
MAX_ATTRIBUTES = 200
_CHUNK = 65_536
_CHEAP = frozenset(("row", "c", "v", "f", "is", "t", "si", "r"))


class UnsafeWorkbookError(Exception):
    """A workbook holds what no review has; the text says what."""


class Scan:
    """What was seen of a workbook so far."""

    def __init__(self) -> None:
        self._elements = self._others = self._shared = self._longest = self._text = self._pending = 0

    def read(self, file: IO[bytes]) -> None:
        """Look at a part. Raises UnsafeWorkbookError."""
        self._longest = self._text = self._pending = 0
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_document_type
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._read_text
        try:
            while chunk := file.read(_CHUNK):
                self._pending += len(chunk)
                parser.Parse(chunk)
                if self._pending > MAX_TEXT:
                    raise UnsafeWorkbookError(f"{MAX_TEXT:,} bytes in one piece that is no text")
        except expat.ExpatError:
            return

    def _begin(self, name: str, attributes: Mapping[str, str]) -> None:
        self._text = self._pending = 0
        self._elements += 1
        kind = _kind(name)
        if kind not in _CHEAP:
            self._others += 1
        if self._elements > MAX_ELEMENTS or self._others > MAX_OTHERS:
            raise UnsafeWorkbookError(
                "too many cells or other parts; take out sheets and columns that are not of the review"
            )
        if len(attributes) > MAX_ATTRIBUTES:
            raise UnsafeWorkbookError(f"a tag with {len(attributes):,} attributes")
        if kind == "c":
            _refuse_far(attributes.get("r", ""))
        if kind == "f" and attributes.get("t") == "shared":
            self._shared += self._longest
        if self._shared > MAX_SHARED:
            raise UnsafeWorkbookError("too many formulas; take out columns that are not of the review")

    def _read_text(self, text: str) -> None:
        self._pending = 0
        self._text += len(text)
        if self._text > MAX_TEXT:
            raise UnsafeWorkbookError(f"a text of more than {MAX_TEXT:,} characters; a cell may have {LIMIT:,}")

    def _end(self, name: str) -> None:
        if _kind(name) == "f":
            self._longest = max(self._longest, self._text)
        if self._longest > MAX_FORMULA:
            raise UnsafeWorkbookError(f"a formula of more than {MAX_FORMULA:,} characters")
        self._text = self._pending = 0


def _kind(name: str) -> str:
    return name.rpartition(":")[2]


def _refuse_document_type(*_: Any) -> None:
    """Refuse what declares entities: Office Open XML has no document types (ECMA-376 part 2, 8.1.4)."""
    raise UnsafeWorkbookError("a document type in its XML, which no spreadsheet program writes")


def _refuse_far(cell: str) -> None:
    digits = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    if len(digits) > len(str(MAX_ROWS)) or (digits.isdecimal() and int(digits) > MAX_ROWS):
        raise UnsafeWorkbookError(f"the cell {cell[:20]}, beyond row {MAX_ROWS:,}; delete the rows there")
