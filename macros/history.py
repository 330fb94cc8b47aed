"""When each page last changed, from one pass over git's log (a plugin that asks git a page takes seconds)."""

import os
import subprocess
from pathlib import Path

TIMEOUT = 60  # seconds


class UnreadableHistoryError(Exception):
    """There is a repository, and its log cannot be read."""


def last_changes(root: Path, folder: str) -> dict[str, str]:
    """Return the date (YYYY-MM-DD) of the last commit that touched each file, by its path below `folder`.

    Empty outside a git repository: a date is then unknown, and the page shows none. Raises UnreadableHistoryError.
    """
    if not any((each / ".git").exists() for each in (root, *root.parents)):
        return {}
    options = ["--format=%x00%cs", "--name-only", "-z", "--no-renames", "--relative"]
    command = ["git", "-C", str(root), "log", *options, "--", folder]
    try:
        # What git says of a fault stands in a message of ours, which is English.
        done = subprocess.run(command, env=os.environ | {"LC_ALL": "C"}, capture_output=True, timeout=TIMEOUT)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UnreadableHistoryError(f"cannot read git's log, which has the dates of the pages: {error}") from None
    if done.returncode:
        why = done.stderr.decode("utf-8", "replace").strip()
        raise UnreadableHistoryError(f"cannot read git's log, which has the dates of the pages: {why}")
    return _dates(done.stdout.decode("utf-8", "replace"), folder + "/")


def _dates(log: str, prefix: str) -> dict[str, str]:
    """Return the dates by names: a commit's date stands behind an empty field, the first of its names in a new line."""
    dates: dict[str, str] = {}
    date = ""
    fields = iter(log.split("\0"))
    for field in fields:
        if field:
            dates.setdefault(field.removeprefix("\n").removeprefix(prefix), date)
        else:
            date = next(fields, "")
    return dates
