"""Reading a file that may be anything: its kind and its size are looked at before a byte of it is read."""

import errno
import os
import stat
from pathlib import Path

# Without O_NONBLOCK opening a named pipe waits for ever. Windows knows none of these but O_BINARY and O_NOINHERIT.
FOLLOWING = os.O_RDONLY | sum(
    getattr(os, name, 0) for name in ("O_CLOEXEC", "O_NONBLOCK", "O_NOCTTY", "O_BINARY", "O_NOINHERIT")
)
FLAGS = FOLLOWING | getattr(os, "O_NOFOLLOW", 0)


class NotRegularError(OSError):
    """A path is a folder, a pipe, a device or a socket."""


class TooLargeError(OSError):
    """A file has more bytes than are read; `size` is how many."""

    def __init__(self, size: int, limit: int, path: Path) -> None:
        super().__init__(errno.EFBIG, f"has {size:,} bytes; {limit:,} are read", str(path))
        self.size = size


def read_regular(path: Path, limit: int, *, follow: bool = True) -> bytes:
    """Return the bytes of a regular file, at most `limit`.

    Without `follow` a path that is a link is refused. Raises OSError, whose `strerror` says why in words:
    NotRegularError and TooLargeError among others.
    """
    descriptor = os.open(path, FOLLOWING if follow else FLAGS)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise NotRegularError(errno.EINVAL, "is not a regular file", str(path))
        if status.st_size > limit:
            raise TooLargeError(status.st_size, limit, path)
        data = _read(descriptor, limit + 1)
    finally:
        os.close(descriptor)
    # It may have grown since, and what the system makes up as it is read has no size.
    if len(data) > limit:
        raise TooLargeError(len(data), limit, path)
    return data


def _read(descriptor: int, most: int) -> bytes:
    pieces = []
    while most > 0 and (piece := os.read(descriptor, min(most, 1 << 20))):
        pieces.append(piece)
        most -= len(piece)
    return b"".join(pieces)
