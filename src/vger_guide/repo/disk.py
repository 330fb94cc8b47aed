"""The files below a folder on the disk: regular ones that are not too long, read through no link."""

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from vger_guide.repo.tree import MAX_BYTES, FileKind, UnreadableFileError
from vger_guide.text.file_read import FLAGS, NotRegularError, TooLargeError, read_regular

# Folders within one another; as many descriptors are held open.
MAX_DEPTH = 100


_REASONS = {
    errno.ENOENT: "is not on the disk",
    errno.ENOTDIR: "is not on the disk, or lies behind a symbolic link",
    errno.ELOOP: "is a symbolic link",
    errno.EACCES: "cannot be read: permission denied",
    errno.ENXIO: "is not a regular file",
}


def read_small(path: Path) -> bytes:
    """Return the bytes of a regular file; links are followed. Raises UnreadableFileError."""
    try:
        return read_regular(path, MAX_BYTES)
    except TooLargeError as large:
        raise too_large(large.size) from None
    except NotRegularError as error:
        raise UnreadableFileError(error.strerror) from None
    except OSError as error:
        raise UnreadableFileError(describe_error(error)) from None


def read_content(descriptor: int) -> bytes:
    """Return the bytes of an open file, and close it. Raises UnreadableFileError and OSError."""
    try:
        size = is_regular(os.fstat(descriptor)).st_size
        if size > MAX_BYTES:
            raise too_large(size)
        data = os.read(descriptor, size + 1)
        # A file that is being written may be longer, or shorter, than it was a moment ago.
        return data if len(data) == size else data + os.read(descriptor, max(0, MAX_BYTES - len(data)))
    finally:
        os.close(descriptor)


def too_large(size: int) -> UnreadableFileError:
    """Return the error for a file of so many bytes."""
    return UnreadableFileError(f"is too large to search: {size:,} bytes")


def is_regular(status: os.stat_result) -> os.stat_result:
    """Return the status of a file, if it is a regular one. Raises UnreadableFileError."""
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableFileError("is a symbolic link" if stat.S_ISLNK(status.st_mode) else "is not a regular file")
    return status


def list_names(folder: str) -> list[str]:
    """Return the names that lead to a folder. Raises UnreadableFileError where they lead elsewhere, or too deep.

    An index, unlike a folder, may hold any names; those of the repository itself hold secrets, such as a token.
    """
    parts = folder.split("/") if folder else []
    if len(parts) > MAX_DEPTH:
        raise UnreadableFileError(f"is more than {MAX_DEPTH} folders deep")
    if any(part in ("", ".", "..") or part.lower() == ".git" for part in parts):
        raise UnreadableFileError("has a name that leads out of the tree")
    return parts


def encode_name(name: str) -> bytes:
    """Return a path as the disk has it, whatever the encoding of the user's locale is."""
    return name.encode("utf-8", "surrogateescape")


def decode_name(name: str) -> str:
    """Return a path that Python has decoded as an entry has it."""
    return os.fsencode(name).decode("utf-8", "surrogateescape")


def describe_error(error: OSError) -> str:
    """Return why a file cannot be read."""
    return _REASONS.get(error.errno or 0, f"cannot be read: {error.strerror}")


_FOLDER = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_CLOEXEC", "O_NOFOLLOW", "O_DIRECTORY"))


def open_disk(root: Path) -> "Disk":
    """Return the files below a folder."""
    return Disk(root) if os.open in os.supports_dir_fd and os.scandir in os.supports_fd else PlainDisk(root)


class Disk:
    """The files below a folder, by paths with slashes.

    The folders down to the last file are kept open, so that paths in their order are read with one look-up each, and
    so that a folder that becomes a link is not followed.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._folder: str | None = None
        self._names: list[str] = []
        self._held: list[int] = []

    def __del__(self) -> None:
        for descriptor in self._held:
            os.close(descriptor)

    def read(self, path: str) -> bytes:
        """Return the bytes of a file. Raises UnreadableFileError."""
        folder, _, name = path.rpartition("/")
        try:
            if folder != self._folder:
                self._enter(folder)
            return read_content(os.open(encode_name(name), FLAGS, dir_fd=self._held[-1]))
        except OSError as error:
            raise UnreadableFileError(describe_error(error)) from None

    def size(self, path: str) -> int:
        """Return the size of a file in bytes. Raises UnreadableFileError."""
        folder, _, name = path.rpartition("/")
        try:
            if folder != self._folder:
                self._enter(folder)
            return is_regular(os.stat(encode_name(name), dir_fd=self._held[-1], follow_symlinks=False)).st_size
        except OSError as error:
            raise UnreadableFileError(describe_error(error)) from None

    def names(self, folder: str) -> Iterator[tuple[str, FileKind | None]]:
        """Give the names in a folder, each with its kind, or None for a folder. Raises UnreadableFileError."""
        try:
            if folder != self._folder:
                self._enter(folder)
            with os.scandir(self._held[-1]) as found:
                yield from ((decode_name(entry.name), _kind(entry)) for entry in found)
        except OSError as error:
            raise UnreadableFileError(describe_error(error)) from None

    def _enter(self, folder: str) -> None:
        """Hold a folder and those above it open."""
        self._folder = None
        if not self._held:
            self._held.append(os.open(self._root, _FOLDER))
        parts = list_names(folder)
        same = _same(parts, self._names)
        while len(self._names) > same:
            self._names.pop()
            os.close(self._held.pop())
        for name in parts[same:]:
            self._held.append(os.open(encode_name(name), _FOLDER, dir_fd=self._held[-1]))
            self._names.append(name)
        self._folder = folder


class PlainDisk(Disk):
    """The same where no descriptor of a folder can be had, as on Windows. It looks at every path as a whole."""

    def read(self, path: str) -> bytes:
        """Return the bytes of a file. Raises UnreadableFileError."""
        try:
            return read_content(os.open(self._straight(path), FLAGS))
        except OSError as error:
            raise UnreadableFileError(describe_error(error)) from None

    def size(self, path: str) -> int:
        """Return the size of a file in bytes. Raises UnreadableFileError."""
        try:
            return is_regular(self._straight(path).lstat()).st_size
        except OSError as error:
            raise UnreadableFileError(describe_error(error)) from None

    def names(self, folder: str) -> Iterator[tuple[str, FileKind | None]]:
        """Give the names in a folder, each with its kind, or None for a folder. Raises UnreadableFileError."""
        try:
            with os.scandir(self._straight(folder)) as found:
                yield from ((decode_name(entry.name), _kind(entry)) for entry in found)
        except OSError as error:
            raise UnreadableFileError(describe_error(error)) from None

    def _straight(self, path: str) -> Path:
        list_names(path)
        straight = Path(os.path.realpath(self._root), os.fsdecode(encode_name(path)))
        if os.path.realpath(straight) != str(straight):
            raise UnreadableFileError("is a symbolic link, or is reached through one")
        return straight


def _same(parts: list[str], names: list[str]) -> int:
    """Return how many names two paths share from the start."""
    for count, (part, name) in enumerate(zip(parts, names, strict=False)):
        if part != name:
            return count
    return min(len(parts), len(names))


def _kind(entry: "os.DirEntry[str]") -> FileKind | None:
    if entry.is_symlink():
        return FileKind.LINK
    if entry.is_dir(follow_symlinks=False):
        return None
    return FileKind.FILE if entry.is_file(follow_symlinks=False) else FileKind.SPECIAL
