"""Temporary folders of a run: they go with it, and what a killed one has left goes with the next.

Each is held by an advisory lock as long as its process lives, so that nobody takes one away that is in use. Those that
were made in a process are known, so that it can remove them when a signal ends it.
"""

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # on Windows, and in a browser
    fcntl = None  # type: ignore[assignment]

PREFIX = "vger-run-"

_FOLDER = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_CLOEXEC", "O_NOFOLLOW", "O_DIRECTORY"))

# The folders of this process, and the descriptors that hold their locks; a copy of the process owns none of them.
_OWN: dict[Path, int] = {}
_owner = os.getpid()


def make_folder() -> Path:
    """Return a new empty folder, which `remove_folder` takes away."""
    global _owner
    if os.getpid() != _owner:
        _OWN.clear()
        _owner = os.getpid()
    _remove_left()
    while True:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        if (lock := _hold(folder)) is not None:
            _OWN[folder] = lock
            return folder


def remove_folder(folder: Path) -> None:
    """Remove a folder of this process, if it is one."""
    if os.getpid() == _owner and (lock := _OWN.pop(folder, None)) is not None:
        shutil.rmtree(folder, ignore_errors=True)
        _close(lock)


def remove_all() -> None:
    """Remove what this process has not removed yet."""
    for folder in list(_OWN):
        remove_folder(folder)


def measure_all() -> int:
    """Return the bytes of all files in the folders of this process."""
    return sum(_measure(folder) for folder in list(_OWN))


def _measure(folder: Path) -> int:
    size = 0
    for place, _, names in os.walk(folder):
        for name in names:
            with suppress(OSError):  # git moves its files
                size += os.lstat(os.path.join(place, name)).st_size  # noqa: PTH118 - measured several times a second
    return size


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """Give a new folder, and remove it at the end."""
    folder = make_folder()
    try:
        yield folder
    finally:
        remove_folder(folder)


def _hold(folder: Path) -> int | None:
    """Return the descriptor that locks a folder, -1 where there are no locks, or None where another has taken it."""
    if fcntl is None:
        return -1
    try:
        lock = os.open(folder, _FOLDER)
    except FileNotFoundError:
        return None
    with suppress(OSError):
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    if folder.exists():
        return lock
    os.close(lock)
    return None


def _close(lock: int) -> None:
    if lock >= 0:
        os.close(lock)


def _remove_left() -> None:
    """Remove the folders of the same user that nobody holds any more."""
    if fcntl is None:
        return
    with suppress(OSError), os.scandir(tempfile.gettempdir()) as found:
        for entry in found:
            if entry.name.startswith(PREFIX) and Path(entry.path) not in _OWN:
                with suppress(OSError):
                    _remove_unheld(Path(entry.path))


def _remove_unheld(folder: Path) -> None:
    """Remove a folder if it is ours. Raises OSError where it is held, or no folder."""
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.geteuid():
        return
    lock = os.open(folder, _FOLDER)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(lock)
