"""Opening a workbook that anybody may have made: bounded in size, without entities, and nothing outside of it read."""

import io
import warnings
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from typing import IO, Any, TypeVar
from xml.parsers import expat

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from vger_guide.output.reviews.import_result import ImportRejectedError
from vger_guide.output.reviews.workbook.text import LIMIT

# Bytes of the file, and of what is packed in it; a review of 600 rows has 120,000 and 800,000. Cells are read one by
# one, but all else is held in memory, many times its size.
MAX_BYTES = 30_000_000
MAX_UNPACKED = 100_000_000
MAX_PARTS = 2_000
# What a program of the Office kind may bring along that is no table: how its name begins or ends, and what it is.
_MORE = {
    "vbaProject.bin": "macros; save it as a workbook without them (.xlsx)",
    "xl/macrosheets/": "macros; save it as a workbook without them (.xlsx)",
    "xl/externalLinks/": "links to other files; break them (Data > Edit Links)",
    "xl/connections.xml": "connections to other data; take them out (Data > Queries & Connections)",
    "xl/embeddings/": "embedded files; take them out",
}
# Old workbooks begin with it, and those that a password keeps shut (MS-CFB 2.2).
_COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")

# All that zipfile, expat and openpyxl are known to raise over damaged files. What both readers of XML that openpyxl may
# find installed, ElementTree and lxml, raise over broken XML is a SyntaxError.
_DAMAGE = (
    *(ArithmeticError, AssertionError, AttributeError, EOFError, ImportError, LookupError, OSError, RuntimeError),
    *(TypeError, ValueError, SyntaxError, zipfile.BadZipFile, zlib.error, expat.ExpatError),
)
_T = TypeVar("_T")


# The ranges of cells that are merged, such as `E14:E16`, by the part of the file that a sheet is in.
MergedRanges = Mapping[str, Sequence[str]]


DAMAGED = (
    "The file is no workbook (.xlsx) that can be read: it is damaged or of another kind; open it in a spreadsheet "
    "program and save it as .xlsx"
)


def open_workbook(data: bytes, take: Callable[["Workbook", MergedRanges], _T]) -> _T:
    """Return the result of `take` on the workbook and its merged cells.

    Raises ImportRejectedError where there is none to be read.
    """
    if len(data) > MAX_BYTES:
        raise ImportRejectedError([f"The file has {len(data):,} bytes; a workbook may have {MAX_BYTES:,}"])
    if data.startswith(_COMPOUND):
        raise ImportRejectedError(
            ["The file is an old workbook, or one with a password; save it as .xlsx without a password"]
        )
    try:
        merged = _examine(data)
        with warnings.catch_warnings():
            # About what it leaves out, such as drop-downs of other programs.
            warnings.simplefilter("ignore")
            return take(_load(data), merged)
    except UnsafeWorkbookError as error:
        raise ImportRejectedError([f"The workbook has {error}"]) from None
    except _DAMAGE as error:  # what parsers say is not for reviewers, and differs between the command and the browser
        raise ImportRejectedError([DAMAGED]) from error


def _load(data: bytes) -> "Workbook":
    try:
        return load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
    except InvalidFileException as error:
        raise ValueError(str(error)) from None


def _examine(data: bytes) -> MergedRanges:
    """Return what openpyxl does not tell of a workbook that it reads row by row: which cells are merged.

    Refuse a bomb before openpyxl unpacks it: nothing is read beyond the sizes that the directory gives.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = packed.infolist()
        if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
            raise UnsafeWorkbookError(
                f"more than {MAX_PARTS:,} parts or {MAX_UNPACKED:,} bytes packed in it; no review has"
            )
        for part in parts:
            _refuse_more(part.filename)
        scan = Scan()
        for part in parts:
            with packed.open(part) as file:
                scan.read(file, part.filename)
        return scan.merged


def _refuse_more(name: str) -> None:
    for mark, what in _MORE.items():
        if name.lower().startswith(mark.lower()) or name.lower().endswith(mark.lower()):
            raise UnsafeWorkbookError(what)


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
        self._part = ""
        self.merged: dict[str, list[str]] = {}

    def read(self, file: IO[bytes], part: str) -> None:
        """Look at a part. Raises UnsafeWorkbookError."""
        self._part = part
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
        if kind == "mergeCell":
            self.merged.setdefault(self._part, []).append(attributes.get("ref", ""))
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
