"""Where the repository of a folder is."""

import os
from pathlib import Path
from typing import NamedTuple

from vger_guide.repo.disk import small
from vger_guide.repo.git import GitFailed
from vger_guide.repo.tree import Unreadable


class Place(NamedTuple):
    """Where a repository is: its git directory, and the folder that is checked out, or None for a bare one."""

    folder: Path
    root: Path | None


def find(folder: Path) -> Place | None:
    """Return the repository that a folder is or lies in. Raises GitFailed for a `.git` that is none.

    A `.git` that is a link or names another place is followed, as git does: worktrees and submodules have one. What it
    gives are names and objects; files are read below the folder that holds it, and nowhere else.
    """
    for root in (folder, *folder.parents):
        if os.path.lexists(root / ".git"):
            return Place(_git_folder(root / ".git"), root)
        if root == folder and all((folder / name).exists() for name in ("HEAD", "objects", "refs")):
            return Place(folder, None)
    return None


def _git_folder(path: Path) -> Path:
    if path.is_dir():
        return path
    said = line(path)
    if not said.startswith("gitdir: "):
        raise GitFailed(f"{path} does not say where the repository is")
    return path.parent / said.removeprefix("gitdir: ")


def line(path: Path) -> str:
    """Return what a file of one line says. Raises GitFailed."""
    try:
        return os.fsdecode(small(path).rstrip(b"\r\n"))
    except Unreadable as error:
        raise GitFailed(f"{path} {error}") from None
