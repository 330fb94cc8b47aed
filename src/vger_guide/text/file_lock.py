"""One writer of a file at a time: who reads a file to write it anew holds its folder meanwhile."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # on Windows, where a folder cannot be locked, and in a browser, where nobody else writes
    fcntl = None  # type: ignore[assignment]


# What this process holds already: it does not wait for itself.
_HELD: set[Path] = set()


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Wait until nobody else holds the folder of a file, and hold it.

    It is an advisory lock on the folder itself: no file is left behind, and the end of a process releases it, however
    it comes. Where the system or the disk has no such lock, nothing is held. Raises OSError where there is no such
    folder.
    """
    folder = path.resolve().parent
    if fcntl is None or folder in _HELD:
        yield
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # a disk of another machine may know no locks
            fcntl.flock(number, fcntl.LOCK_EX)
        _HELD.add(folder)
        yield
    finally:
        _HELD.discard(folder)
        os.close(number)
