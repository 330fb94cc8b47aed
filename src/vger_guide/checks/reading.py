"""Reads a file of the disk that may be anything: only where it is regular, and not too long."""

import errno
import os
import stat
from pathlib import Path

from vger_guide.checks.tree import MAX_BYTES, Unreadable

# Folders within one another; as many descriptors are held open.
MAX_DEPTH = 100

# Without O_NONBLOCK opening a named pipe waits for ever. Windows knows none of these but O_BINARY and O_NOINHERIT.
FILE = os.O_RDONLY | sum(
    getattr(os, name, 0) for name in ("O_CLOEXEC", "O_NOFOLLOW", "O_NONBLOCK", "O_NOCTTY", "O_BINARY", "O_NOINHERIT")
)

_REASONS = {
    errno.ENOENT: "is not on the disk",
    errno.ENOTDIR: "is not on the disk, or lies behind a symbolic link",
    errno.ELOOP: "is a symbolic link",
    errno.EACCES: "cannot be read: permission denied",
    errno.ENXIO: "is not a regular file",
}


def small(path: Path) -> bytes:
    """Return the bytes of a regular file; links are followed. Raises Unreadable."""
    try:
        return content(os.open(path, FILE & ~getattr(os, "O_NOFOLLOW", 0)))
    except OSError as error:
        raise Unreadable(reason(error)) from None


def content(descriptor: int) -> bytes:
    """Return the bytes of an open file, and close it. Raises Unreadable and OSError."""
    try:
        size = regular(os.fstat(descriptor)).st_size
        if size > MAX_BYTES:
            raise Unreadable(f"is too large to be searched: {size:,} bytes")
        data = os.read(descriptor, size + 1)
        # A file that is being written may be longer, or shorter, than it was a moment ago.
        return data if len(data) == size else data + os.read(descriptor, max(0, MAX_BYTES - len(data)))
    finally:
        os.close(descriptor)


def regular(status: os.stat_result) -> os.stat_result:
    """Return what is known of a file, if it is a regular one. Raises Unreadable."""
    if not stat.S_ISREG(status.st_mode):
        raise Unreadable("is a symbolic link" if stat.S_ISLNK(status.st_mode) else "is not a regular file")
    return status


def names_of(folder: str) -> list[str]:
    """Return the names that lead to a folder. Raises Unreadable where they lead elsewhere, or too deep.

    An index, unlike a folder, may hold any names; those of the repository itself hold secrets, such as a token.
    """
    parts = folder.split("/") if folder else []
    if len(parts) > MAX_DEPTH:
        raise Unreadable(f"lies more than {MAX_DEPTH} folders deep")
    if any(part in ("", ".", "..") or part.lower() == ".git" for part in parts):
        raise Unreadable("has a name that leads out of the tree")
    return parts


def encoded(name: str) -> bytes:
    """Return a path as the disk has it, whatever the encoding of the user's locale is."""
    return name.encode("utf-8", "surrogateescape")


def decoded(name: str) -> str:
    """Return a path that Python has decoded as an entry has it."""
    return os.fsencode(name).decode("utf-8", "surrogateescape")


def reason(error: OSError) -> str:
    """Return why a file cannot be read."""
    return _REASONS.get(error.errno or 0, f"cannot be read: {error.strerror}")
