"""Caches what was made of a catalogue in the user's cache folder, as long as it stays true.

With it `vger explain` takes a fifth of the time, most of which goes into importing Pydantic and building its models.
"""

import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from vger_guide.catalog.paths import CHANGES, data_folder, guide_folder
from vger_guide.text.atomic_write import write_whole
from vger_guide.text.file_read import TooLargeError, read_regular

T = TypeVar("T")


# What a catalogue is loaded from.
_DATA = {".yml", ".json"}


# Bytes of a file of data that are looked at, more than one may have; and of what was made of all of them.
SOURCE = 20_000_000
KEPT = 100_000_000


_PACKAGE = Path(__file__).resolve().parent.parent


# The code that it is made by, with all that lies below: what it makes of the same data may change with it.
CODE = ("catalog", "evidence", "matchers", "records", "checks", "output/catalog", "repo", "text")


def cached(kind: str, folder: Path, make: Callable[[], T]) -> T:
    """Return plain data of some kind that `make` makes of a catalogue, made only where it is not kept yet.

    Raises CatalogError, as `make` does, when the catalogue has problems.
    """
    path, key = _cache_path(kind, data_folder(folder)), _source_digest(folder)
    found: T | None = _read(path, key) if path else None
    if found is None:
        found = make()
        if path:
            _write(path, key, found)
    return found


def _cache_path(kind: str, folder: Path) -> Path | None:
    """Return where such data of a folder is kept, or None where there is no place for it."""
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
    return Path(chosen) / "vger-guide" / f"{kind}-{name}.json" if chosen else None


def _source_digest(folder: Path) -> str:
    """Return a digest of all that it is made from: what the data files hold, and which code reads them."""
    digest = hashlib.sha256()
    for root, path in _source_files(folder):
        digest.update(os.fsencode(path.relative_to(root)) + b"\0" + _state(path))
    for code, stat in sorted(_code_files()):
        digest.update(os.fsencode(code) + f"\0{stat.st_size}\0{stat.st_mtime_ns}\0".encode())
    return digest.hexdigest()


def _state(path: Path) -> bytes:
    """Return what a file holds, or of one that no catalogue is loaded from, how large it is."""
    try:
        data = read_regular(path, SOURCE)
    except TooLargeError as large:
        return f"-{large.size}\0".encode()
    return f"{len(data)}\0".encode() + data


def _source_files(folder: Path) -> Iterator[tuple[Path, Path]]:
    # What an organisation changes, it changes in the guide's own data.
    for root in [guide_folder(), folder] if (folder / CHANGES).exists() else [folder]:
        yield from ((root, path) for path in sorted(root.rglob("*")) if path.suffix in _DATA and path.is_file())


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


def _read(path: Path, key: str) -> Any:
    """Return the data kept under a key, or None when it is missing, of another state, or not as it was written."""
    try:
        seal, _, data = read_regular(path, KEPT).partition(b"\n")
    except OSError:
        return None
    return json.loads(data) if seal == _checksum(key, data) else None


def _write(path: Path, key: str, found: Any) -> None:
    data = json.dumps(found, ensure_ascii=False).encode()
    if path.exists() and not path.is_file():
        return  # a pipe, which nobody may read from
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, _checksum(key, data) + b"\n" + data)
    except OSError:
        pass  # a folder that cannot be written to: the next call takes as long as this one


def _checksum(key: str, data: bytes) -> bytes:
    """Return the checksum by which data belongs to a key and is whole."""
    return hashlib.sha256(key.encode() + data).hexdigest().encode()
