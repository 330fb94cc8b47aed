"""Opening a workbook that anybody may have made: bounded in size, without entities, and nothing outside of it read."""

import io
import warnings
import zipfile
import zlib
from collections.abc import Callable
from typing import IO, TYPE_CHECKING, Any, TypeVar, cast
from xml.etree.ElementTree import ParseError
from xml.parsers import expat

from vger_guide.exports.forms import BadReturn

if TYPE_CHECKING:
    from openpyxl import Workbook

# Bytes of the file, and of what is packed in it; a review of 600 rows has 80,000 and 700,000. Cells are read one by
# one, but all else is held in memory, many times its size.
MAX_BYTES = 30_000_000
MAX_UNPACKED = 150_000_000
MAX_PART = 5_000_000
MAX_PARTS = 2_000
_LARGE = ("xl/worksheets/sheet", "xl/sharedStrings.xml")
_CHUNK = 65_536

# All that zipfile, expat and openpyxl are known to raise over damaged files.
_DAMAGE = (
    *(ArithmeticError, AssertionError, AttributeError, EOFError, ImportError, LookupError, OSError, RuntimeError),
    *(TypeError, ValueError, ParseError, zipfile.BadZipFile, zlib.error, expat.ExpatError),
)
_T = TypeVar("_T")


class _Begun(Exception):  # noqa: N818
    """The first element of a part was reached: no document type can follow."""


def opened(data: bytes, take: Callable[["Workbook"], _T]) -> _T:
    """Return what `take` makes of the workbook. Raises BadReturn where there is none to be read."""
    if len(data) > MAX_BYTES:
        raise BadReturn([f"The file has {len(data):,} bytes; a workbook may have {MAX_BYTES:,}"])
    try:
        _examine(data)
        with warnings.catch_warnings():
            # About what it leaves out, such as drop-downs of other programs.
            warnings.simplefilter("ignore")
            return take(_load(data))
    except _DAMAGE as error:
        reason = str(error)[:200] or type(error).__name__
        raise BadReturn([f"The file is no workbook (.xlsx) that can be read: {reason}"]) from None


def _load(data: bytes) -> "Workbook":
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        return cast("Workbook", load_workbook(io.BytesIO(data), read_only=True, keep_links=False))
    except InvalidFileException as error:
        raise ValueError(str(error)) from None


def _examine(data: bytes) -> None:
    """Refuse a bomb before anything of it is unpacked: nothing is read beyond the sizes that the directory gives."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = packed.infolist()
        if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
            raise ValueError(f"more than {MAX_PARTS:,} parts or {MAX_UNPACKED:,} bytes are packed in it")
        for part in parts:
            _examine_part(packed, part)


def _examine_part(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    if not part.filename.endswith((".xml", ".rels")):
        return
    if part.file_size > MAX_PART and not part.filename.startswith(_LARGE):
        raise ValueError(f"its part {part.filename[:60]!r} has {part.file_size:,} bytes")
    with packed.open(part) as file:
        _refuse_document_type(file)


def _refuse_document_type(file: IO[bytes]) -> None:
    """Refuse what declares entities: Office Open XML has no document types (ECMA-376 part 2, 8.1.4)."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = _begun
    try:
        while chunk := file.read(_CHUNK):
            parser.Parse(chunk)
    except _Begun:
        return


def _refuse(*_: Any) -> None:
    raise ValueError("it declares a document type, which no workbook has")


def _begun(*_: Any) -> None:
    raise _Begun
