"""Writing a file so that a reader sees the old one or the new one, never a part."""

import errno
import os
import stat
import tempfile
from contextlib import suppress
from glob import escape
from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Write a new file beside the old one and rename it, keeping the old one's permissions and owner.

    The new file has a name that nobody can guess and is never opened through a link. Where the path is a device, a pipe
    or a socket, it is written to and stays what it is. Raises OSError, and leaves nothing then.
    """
    try:
        target = path.resolve()
        old = _status(target)
        if old is None or stat.S_ISREG(old.st_mode):
            _replace(target, data, old)
        elif stat.S_ISDIR(old.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        else:
            target.write_bytes(data)
    except OSError as error:
        # Nobody knows the file beside it.
        raise OSError(error.errno, error.strerror, str(path)) from None


def remove_left(path: Path) -> None:
    """Remove what killed processes have left beside a file that nobody else writes at the time."""
    for left in path.parent.glob(f".{escape(path.name[:80])}.*.new"):
        left.unlink(missing_ok=True)


def _status(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def _replace(target: Path, data: bytes, old: os.stat_result | None) -> None:
    number, name = tempfile.mkstemp(prefix=f".{target.name[:80]}.", suffix=".new", dir=target.parent)
    beside = Path(name)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _keep_rights(beside, old)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def _keep_rights(path: Path, old: os.stat_result | None) -> None:
    """Give a new file the rights of the old one, or those that a new one has by the umask."""
    if old is None:
        path.chmod(0o666 & ~_umask())
        return
    if hasattr(os, "chown") and (old.st_uid, old.st_gid) != (os.geteuid(), os.getegid()):
        # Only root may give files away; the mode is kept all the same.
        with suppress(PermissionError):
            os.chown(path, old.st_uid, old.st_gid)
    path.chmod(stat.S_IMODE(old.st_mode) & 0o777)


def _umask() -> int:
    """Return the mask of the process, which can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
