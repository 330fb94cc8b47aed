"""Opening a workbook that anybody may have made: bounded in size, without entities, and nothing outside of it read."""

import io
import warnings
import zipfile
import zlib
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar
from xml.etree.ElementTree import ParseError
from xml.parsers import expat

from vger_guide.output.reviews.import_result import ImportRejectedError
from vger_guide.output.reviews.workbook.xml_scan import Scan, UnsafeWorkbookError
from vger_guide.text.sanitize import escape_invisible, truncate

if TYPE_CHECKING:
    from openpyxl import Workbook

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

# All that zipfile, expat and openpyxl are known to raise over damaged files.
_DAMAGE = (
    *(ArithmeticError, AssertionError, AttributeError, EOFError, ImportError, LookupError, OSError, RuntimeError),
    *(TypeError, ValueError, ParseError, zipfile.BadZipFile, zlib.error, expat.ExpatError),
)
_T = TypeVar("_T")


def open_workbook(data: bytes, take: Callable[["Workbook"], _T]) -> _T:
    """Return the result of `take` on the workbook. Raises ImportRejectedError where there is none to be read."""
    if len(data) > MAX_BYTES:
        raise ImportRejectedError([f"The file has {len(data):,} bytes; a workbook may have {MAX_BYTES:,}"])
    if data.startswith(_COMPOUND):
        raise ImportRejectedError(
            ["The file is an old workbook, or one with a password; save it as .xlsx without a password"]
        )
    try:
        _examine(data)
        with warnings.catch_warnings():
            # About what it leaves out, such as drop-downs of other programs.
            warnings.simplefilter("ignore")
            return take(_load(data))
    except UnsafeWorkbookError as error:
        raise ImportRejectedError([f"The workbook has {error}"]) from None
    except _DAMAGE as error:
        raise ImportRejectedError([f"The file is no workbook (.xlsx) that can be read: {_reason(error)}"]) from None


def _reason(error: Exception) -> str:
    # The cause says more where openpyxl gives advice.
    first = str(error.__cause__ or error).partition("\n")[0]
    return truncate(escape_invisible(first), 200) or type(error).__name__


def _load(data: bytes) -> "Workbook":
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        return load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
    except InvalidFileException as error:
        raise ValueError(str(error)) from None


def _examine(data: bytes) -> None:
    """Refuse a bomb before openpyxl unpacks it: nothing is read beyond the sizes that the directory gives."""
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
                scan.read(file)


def _refuse_more(name: str) -> None:
    for mark, what in _MORE.items():
        if name.lower().startswith(mark.lower()) or name.lower().endswith(mark.lower()):
            raise UnsafeWorkbookError(what)
