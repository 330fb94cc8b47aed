"""Whether a clone of the guide is fit to be released: all of it committed, and all of its tests passing."""

import subprocess
import sys
from pathlib import Path

from vger_guide.cli import console
from vger_guide.errors import UserError

SHOWN = 5


def require_clean_worktree(root: Path) -> None:
    """Raise UserError where a clone has changes that are not committed; a folder that is no clone has none."""
    if not (root / ".git").exists():
        return
    command = ["git", "status", "--porcelain", "--no-renames"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, errors="replace")
    if done.returncode:
        raise UserError(f"git cannot list the changes: {done.stderr.strip()}")
    if changed := [line[3:] for line in done.stdout.splitlines()]:
        more = f", and {len(changed) - SHOWN} more" if len(changed) > SHOWN else ""
        raise UserError(f"not committed: {', '.join(changed[:SHOWN])}{more}; commit it first")


def require_passing_tests(root: Path) -> None:
    """Run the tests of a clone, and raise UserError where one fails; a folder without a Makefile has none."""
    if not (root / "Makefile").exists():
        return
    console.complain("Running 'make test', which takes minutes; --untested skips it")
    if code := subprocess.run(["make", "test"], cwd=root, stdout=sys.stderr).returncode:
        raise UserError(f"'make test' ended with {code}; fix what it reports")
