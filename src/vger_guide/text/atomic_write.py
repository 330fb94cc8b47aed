"""Writing a file so that a reader sees the old one or the new one, never a part."""

import os
from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Write beside the file and rename, keeping the old one's permissions. Raises OSError, and leaves nothing then."""
    target = path.resolve()
    beside = target.with_name(f".{target.name[:80]}.{os.getpid()}.new")
    try:
        _write_through(beside, data)
        if target.exists():
            beside.chmod(target.stat().st_mode & 0o777)
        beside.replace(target)
    except OSError as error:
        # Nobody knows the file beside it.
        raise OSError(error.errno, error.strerror, str(path)) from None
    finally:
        beside.unlink(missing_ok=True)


def _write_through(path: Path, data: bytes) -> None:
    """Write a file, and wait until it is on the disk."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
