"""Where the repository of a folder is."""

import os
from pathlib import Path
from typing import NamedTuple

from vger_guide.repo.disk import read_small
from vger_guide.repo.git import GitError
from vger_guide.repo.tree import UnreadableFileError


class GitDir(NamedTuple):
    """Where a repository is: its git directory, and the folder that is checked out, or None for a bare one."""

    folder: Path
    root: Path | None


def find_git_dir(folder: Path) -> GitDir | None:
    """Return the repository that a folder is or lies in. Raises GitError for a `.git` that is none.

    A `.git` that is a link or names another place is followed, as git does: worktrees and submodules have one. What it
    gives are names and objects; files are read below the folder that holds it, and nowhere else.
    """
    for root in (folder, *folder.parents):
        if os.path.lexists(root / ".git"):
            return GitDir(_git_folder(root / ".git"), root)
        if root == folder and all((folder / name).exists() for name in ("HEAD", "objects", "refs")):
            return GitDir(folder, None)
    return None


def _git_folder(path: Path) -> Path:
    if path.is_dir():
        return path
    said = read_first_line(path)
    if not said.startswith("gitdir: "):
        raise GitError(f"{path} does not say where the repository is")
    return path.parent / said.removeprefix("gitdir: ")


def read_first_line(path: Path) -> str:
    """Return the line of a file of one line. Raises GitError."""
    try:
        return os.fsdecode(read_small(path).rstrip(b"\r\n"))
    except UnreadableFileError as error:
        raise GitError(f"{path} {error}") from None
