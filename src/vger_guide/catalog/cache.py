"""Keeps what was made of a catalogue in the user's cache folder, and finds it there as long as it is true."""

import hashlib
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from vger_guide.catalog.paths import CHANGES, data_folder, guide_folder
from vger_guide.text.atomic_write import write_whole
from vger_guide.text.file_read import TooLargeError, read_regular

# The parts that are kept: what a run asks; what is said of each rule; and all records, or null where they cannot be.
RUN, EXPLANATIONS, CATALOG = range(3)

# What a catalogue is loaded from.
_DATA = {".yml", ".json"}


# Bytes of a file of data that are looked at, more than one may have; and of what was made of all of them.
SOURCE = 20_000_000
KEPT = 100_000_000


_PACKAGE = Path(__file__).resolve().parent.parent


# The code that it is made by, with all that lies below: what it makes of the same data may change with it.
CODE = ("catalog", "evidence", "matchers", "records", "repo", "text")


class Cache:
    """The place for what is made of the catalogue of a folder. Raises CatalogError where it is no folder of data."""

    def __init__(self, folder: Path) -> None:
        self._path = _cache_path(data_folder(folder))
        self._key = _source_digest(folder) if self._path else ""

    def read(self, part: int) -> bytes | None:
        """Return a part that was kept; None where none was, or of another state, or not as it was written."""
        if self._path is None:
            return None
        try:
            checksums, *lines = read_regular(self._path, KEPT).split(b"\n", part + 2)
        except OSError:
            return None
        fits = part < len(lines) and checksums.split(b" ")[part : part + 1] == [_checksum(self._key, lines[part])]
        return lines[part] if fits else None

    def write(self, lines: Sequence[bytes]) -> None:
        """Keep the parts, a line each, where there is a place for them."""
        if self._path is None or (self._path.exists() and not self._path.is_file()):
            return  # nowhere, or a pipe, which nobody may read from
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self._path, b"\n".join([b" ".join(_checksum(self._key, line) for line in lines), *lines]))
        except OSError:
            pass  # a folder that cannot be written to: the next call takes as long as this one


def _cache_path(folder: Path) -> Path | None:
    """Return where that of a folder is kept, or None where there is no place for it."""
    home = os.path.expanduser("~")  # noqa: PTH111 - Path.home() raises where there is none
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA", "")
    elif sys.platform == "darwin":
        base = f"{home}/Library/Caches"
    else:
        base = f"{home}/.cache"
    # A relative path there is to be ignored (https://specifications.freedesktop.org/basedir-spec/latest/).
    chosen = next((path for path in (os.environ.get("XDG_CACHE_HOME", ""), base) if os.path.isabs(path)), None)  # noqa: PTH117
    name = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:16]
    return Path(chosen) / "vger-guide" / f"catalog-{name}.json" if chosen else None


def _source_digest(folder: Path) -> str:
    """Return a digest of all that it is made from: what the data files hold, and which code reads them."""
    digest = hashlib.sha256()
    for root, path in _source_files(folder):
        digest.update(os.fsencode(path.relative_to(root)) + b"\0" + _state(path))
    for code, stat in sorted(_code_files()):
        digest.update(os.fsencode(code) + f"\0{stat.st_size}\0{stat.st_mtime_ns}\0".encode())
    return digest.hexdigest()


def _state(path: Path) -> bytes:
    """Return what a file of data holds; of one that no catalogue is loaded from, that it is there."""
    if path.suffix not in _DATA:
        return b"other\0"
    try:
        data = read_regular(path, SOURCE)
    except TooLargeError as large:
        return f"-{large.size}\0".encode()
    except OSError:
        return b"unread\0"
    return f"{len(data)}\0".encode() + data


def _source_files(folder: Path) -> Iterator[tuple[Path, Path]]:
    # What an organisation changes, it changes in the guide's own data.
    for root in [guide_folder(), folder] if (folder / CHANGES).exists() else [folder]:
        yield from ((root, path) for path in sorted(root.rglob("*")))


def _code_files() -> Iterator[tuple[str, os.stat_result]]:
    """Yield the files of the code with their sizes and times: reading a hundred of them would cost each run."""
    pending = [os.path.join(_PACKAGE, name) for name in CODE]  # noqa: PTH118 - Path takes three times as long
    while pending:
        with os.scandir(pending.pop()) as entries:
            for entry in entries:
                if entry.is_dir() and entry.name != "__pycache__":
                    pending.append(entry.path)
                elif entry.name.endswith((".py", ".json")):
                    yield entry.path, entry.stat()


def _checksum(key: str, line: bytes) -> bytes:
    """Return the checksum by which a line belongs to a key and is whole."""
    return hashlib.sha256(key.encode() + line).hexdigest().encode()
