"""When each page last changed, from one pass over git's log (a plugin that asks git a page takes seconds)."""

import subprocess
from datetime import datetime
from pathlib import Path

TIMEOUT = 10  # seconds


def last_changes(root: Path, folder: str) -> dict[str, str]:
    """Return the date (YYYY-MM-DD) of the last commit that touched each file, by its path below `folder`.

    Empty outside a git repository: a date is then unknown, and the page shows none.
    """
    command = [
        "git",
        "-C",
        str(root),
        "log",
        "--format=%x00%cI",
        "--name-only",
        "-z",
        "--no-renames",
        "--relative",
        "--",
        folder,
    ]
    try:
        log = subprocess.run(command, capture_output=True, timeout=TIMEOUT, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return {}
    return _dates(log.decode("utf-8", "replace"), folder + "/")


def _dates(log: str, prefix: str) -> dict[str, str]:
    dates: dict[str, str] = {}
    date = ""
    for field in log.replace("\n", "\0").split("\0"):
        if field.startswith(prefix):
            dates.setdefault(field.removeprefix(prefix), date)
        elif field:
            date = datetime.fromisoformat(field).date().isoformat()
    return dates
