"""Installs a program that the tests need, by commands that are told before they are run."""

import os
import subprocess
import sys
from collections.abc import Sequence

SECONDS = 900


def apt(*words: str) -> list[list[str]]:
    """Return the commands that install a package of the system, where it has apt and asks for no password."""
    as_root = [] if os.geteuid() == 0 else ["sudo", "--non-interactive"]
    return [[*as_root, "apt-get", "update", "-qq"], [*as_root, "apt-get", "install", "-qq", "--yes", *words]]


def installed(what: str, commands: Sequence[Sequence[str]]) -> bool:
    """Run commands up to the first that fails, and return whether all went well."""
    print(f"No {what} found; trying: " + " && ".join(map(" ".join, commands)), file=sys.stderr)
    return all(map(_runs, commands))


def _runs(command: Sequence[str]) -> bool:
    try:
        return subprocess.run(command, stdout=sys.stderr, timeout=SECONDS).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False
