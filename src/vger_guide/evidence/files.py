"""The files of evidence that a user names: found, opened and unpacked within bounds. No link is followed."""

from __future__ import annotations

import codecs
import gzip
import io
import os
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from vger_guide.errors import UserError
from vger_guide.evidence.stream import BrokenJsonError, Readable, refuse
from vger_guide.text.file_read import read_regular

# Bytes of a file, of what one is unpacked to, and of all of a run.
FILE_BYTES = 256 << 20
ALL_BYTES = 1 << 30
# Files of a run, and names in a folder that are looked at for them.
FILES = 200
NAMES = 20_000

SARIF = (".sarif", ".sarif.gz")
ENDINGS = (".sarif", ".json", ".jsonl", ".sarif.gz", ".json.gz", ".jsonl.gz")
_GZIP = b"\x1f\x8b"
_ZIP = b"PK\x03\x04"
# What `>` of PowerShell 5 begins a file with.
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True)
class EvidenceFile:
    """A file of evidence; `expected` tells that it has to be a report: the user named it, or it is called SARIF."""

    path: Path
    expected: bool = True


def find_files(paths: Iterable[str]) -> list[EvidenceFile]:
    """Return the files that some paths name: themselves, or those in a folder by their endings, each once.

    Raises UserError where there is none, or there are too many.
    """
    found: dict[str, EvidenceFile] = {}
    for path in paths:
        for each in _look(Path(path)):
            key = os.path.abspath(each.path)  # noqa: PTH100 - resolve() follows links
            if each.expected or key not in found:
                found[key] = each
    if len(found) > FILES:
        raise UserError(f"--evidence: these are {len(found):,} files, and {FILES} are read; name the ones that matter")
    return list(found.values())


def _look(path: Path) -> list[EvidenceFile]:
    if path.is_symlink() or not path.is_dir():
        return [EvidenceFile(path)]
    found = [EvidenceFile(each, each.name.lower().endswith(SARIF)) for each in sorted(_walk(path))]
    if not found:
        raise refuse(str(path), f"the folder has no file whose name ends in {', '.join(ENDINGS)}")
    return found


def _walk(folder: Path) -> Iterator[Path]:
    seen = 0
    for parent, folders, names in os.walk(folder):
        folders.sort()
        seen += len(names) + len(folders)
        if seen > NAMES:
            raise refuse(str(folder), f"the folder has more than {NAMES:,} files; name the ones that matter")
        paths = (Path(parent, name) for name in names if name.lower().endswith(ENDINGS))
        yield from (path for path in paths if not path.is_symlink())


class Reading:
    """Opens the files of a run one after the other, and keeps account of what was read of all of them."""

    def __init__(self) -> None:
        self._left = ALL_BYTES

    def open(self, file: EvidenceFile) -> Readable:
        """Return the bytes of a file as a stream, unpacked where it is packed. Raises UserError and BrokenJsonError."""
        name = str(file.path)
        try:
            data = read_regular(file.path, FILE_BYTES, follow=False)
        except OSError as error:
            why = "is a symbolic link, which is not followed" if file.path.is_symlink() else error.strerror
            raise refuse(name, why) from None
        if not data:
            raise BrokenJsonError("is empty")
        if data.startswith(_UTF16):
            raise BrokenJsonError("is UTF-16; write it as UTF-8")
        if data.startswith(_ZIP):
            raise refuse(name, "is a zip archive; unpack it, and name the files in it")
        packed = io.BytesIO(data)
        return _Counted(_Unpacked(packed) if data.startswith(_GZIP) else packed, self)

    def take(self, size: int) -> None:
        """Count bytes that were read. Raises TooMuchError where they are too many."""
        self._left -= size
        if self._left < 0:
            raise TooMuchError(f"is not read to its end: the files together have more than {ALL_BYTES:,} bytes")


class TooMuchError(Exception):
    """There is more to read than is read; the message says how much."""


class _Unpacked:
    """What a gzip file is unpacked to, a piece at a time."""

    def __init__(self, packed: IO[bytes]) -> None:
        self._file = gzip.GzipFile(fileobj=packed)
        self._size = 0

    def read(self, size: int = -1, /) -> bytes:
        try:
            piece = self._file.read(size)
        except (OSError, EOFError, zlib.error) as error:
            raise TooMuchError(f"cannot be unpacked: {error}") from None
        self._size += len(piece)
        if self._size > FILE_BYTES:
            raise TooMuchError(f"is unpacked to more than {FILE_BYTES:,} bytes, which are read")
        return piece


class _Counted:
    """Bytes that are counted as they are read, over all files of a run; a mark of UTF-8 before them is left out."""

    def __init__(self, stream: Readable, account: Reading) -> None:
        self._stream = stream
        self._account = account
        self._has_begun = False

    def read(self, size: int = -1, /) -> bytes:
        piece = self._stream.read(size)
        self._account.take(len(piece))
        if piece and not self._has_begun:
            self._has_begun = True
            return piece.removeprefix(codecs.BOM_UTF8)
        return piece
