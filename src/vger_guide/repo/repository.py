"""A git repository, and git run on it through a shadow, a git directory of our own.

The shadow has the HEAD and the references of the repository, uses its objects and its index, and has none of its
configuration, hooks and attributes: so nothing that a repository names is run, whoever owns it. Objects that
`objects/info/alternates` names elsewhere are read: clones made with --reference need them, and no object is a command.
"""

import os
import shutil
import weakref
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from string import hexdigits
from typing import NamedTuple

from vger_guide.repo import git
from vger_guide.repo.disk import read_small
from vger_guide.repo.git import GitError
from vger_guide.repo.tree import Commit, FileKind, UnreadableFileError
from vger_guide.text.temporary_folder import make_folder, remove_folder


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


# More are neither listed nor kept in memory.
MAX_ENTRIES = 500_000
SUBJECT_LENGTH = 500
BODY_LENGTH = 10_000

_KINDS = {"100": FileKind.FILE, "120": FileKind.LINK, "160": FileKind.SUBMODULE}


def kind(mode: str) -> FileKind:
    """Return the kind of an entry of an index or of a tree object by its mode in octal digits."""
    return _KINDS.get(mode[:3], FileKind.SPECIAL)


class GitRepository:
    """A git repository that is only read. Its git directory may be a worktree's. Raises GitError where it is none."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._common = folder / read_first_line(folder / "commondir") if (folder / "commondir").exists() else folder
        if not (self._common / "objects").is_dir() or not (self._common / "refs").is_dir():
            raise GitError(f"{folder} is not a git directory, or a damaged one")
        self.index = folder / "index"
        head = self._head()
        self._shadow = make_folder()
        weakref.finalize(self, remove_folder, self._shadow)
        git.make_repository(self._shadow, head, bare=True, extensions=self._extensions())
        for name in ("refs", "packed-refs", "reftable"):
            if (self._common / name).is_dir() or (self._common / name).is_file():
                _put(self._common / name, self._shadow / name)

    @cached_property
    def settings(self) -> dict[str, str]:
        """The environment that git runs in."""
        own = {"GIT_OBJECT_DIRECTORY": self._common / "objects", "GIT_INDEX_FILE": self.index}
        return git.environment(self._shadow) | {name: str(path) for name, path in own.items()}

    @property
    def shallow(self) -> bool:
        """Whether its history was cut when it was cloned."""
        return (self._common / "shallow").exists()

    def records(self, *arguments: str) -> list[str]:
        """Return the records that git lists, with NUL behind each. Raises GitError, also where there are too many."""
        output = git.run_git(arguments, self.settings)
        if output.count(b"\0") > MAX_ENTRIES:
            raise GitError(f"it has more than {MAX_ENTRIES:,} entries")
        return output.decode("utf-8", "surrogateescape").split("\0")[:-1]

    def commit(self, ref: str) -> str:
        """Return the full id of the commit that a name stands for, or nothing where there is none. Raises GitError."""
        if ref.startswith("-") or "\0" in ref:
            return ""
        arguments = ("rev-parse", "--verify", "--quiet", ref + "^{commit}")
        return git.run_git(arguments, self.settings, fine=(0, 1)).decode("ascii").strip()

    def tags(self) -> list[str]:
        """Return the names of all tags, newest last. Raises GitError."""
        order = ("--sort=version:refname", "--sort=creatordate")
        output = git.run_git(("for-each-ref", *order, "--format=%(refname:strip=2)", "refs/tags"), self.settings)
        return output.decode("utf-8", "surrogateescape").split("\n")[:-1]

    def references(self) -> list[str]:
        """Return a line for each reference: its name and the id of its object. Raises GitError."""
        output = git.run_git(("for-each-ref", "--format=%(refname) %(objectname)"), self.settings)
        return output.decode("utf-8", "surrogateescape").splitlines()

    def commits(self, commit: str, limit: int) -> list[Commit]:
        """Return a commit and those before it, newest first, at most `limit`. Raises GitError."""
        arguments = (
            "log",
            "-z",
            "--no-mailmap",
            "--no-show-signature",
            "--no-notes",
            "--format=%H %P%n%an <%ae>%n%s%n%b",
        )
        output = git.run_git((*arguments, f"--max-count={limit}", commit, "--"), self.settings)
        return [_commit(record) for record in output.decode("utf-8", "replace").split("\0") if record]

    def committed(self, paths: Iterable[str]) -> set[str]:
        """Return which of some paths are in a commit that a reference leads to. Raises GitError."""
        history = ("--literal-pathspecs", "log", "-z", "--all", "--no-renames", "--format=", "--name-only")
        return {name.lstrip("\n") for name in self.records(*history, "--", *paths)}

    def _head(self) -> str:
        path = self._folder / "HEAD"
        head = f"ref: {path.readlink()}" if path.is_symlink() else read_first_line(path)
        if not head.startswith("ref: refs/") and not (len(head) in (40, 64) and set(head) <= set(hexdigits)):
            raise GitError(f"{path} is damaged")
        return head

    def _extensions(self) -> dict[str, str]:
        """Return the settings of the configuration for the format of the objects and references."""
        try:
            config = read_small(self._common / "config")
        except UnreadableFileError:
            return {}
        if b"extensions" not in config.lower():
            return {}
        found = _extensions(config, git.environment(self._shadow))
        if found.get("refstorage") == "reftable" and self._common != self._folder:
            raise GitError("it is a worktree with reftable references, which are not read yet; give the main checkout")
        return found


def _extensions(config: bytes, settings: dict[str, str]) -> dict[str, str]:
    arguments = ("config", "--file", "-", "--no-includes", "-z", "--get-regexp", r"^extensions\.")
    output = git.run_git(arguments, settings, given=config, fine=(0, 1)).decode(errors="replace")
    pairs = [record.partition("\n") for record in output.split("\0")]
    known = {"extensions.objectformat": ("sha256",), "extensions.refstorage": ("reftable",)}
    return {key.partition(".")[2]: value for key, _, value in pairs if value in known.get(key, ())}


def _commit(record: str) -> Commit:
    ids, author, subject, body, *_ = [*record.split("\n", 3), "", "", ""]
    id_, *parents = ids.split()
    return Commit(
        id_, subject[:SUBJECT_LENGTH], len(parents), tuple(parents), body[:BODY_LENGTH], author[:SUBJECT_LENGTH]
    )


def _put(path: Path, into: Path) -> None:
    """Link a file or folder, or copy it where links are a privilege, as they are on Windows."""
    try:
        into.symlink_to(path.absolute())
    except OSError:
        shutil.copytree(path, into, symlinks=True) if path.is_dir() else shutil.copyfile(path, into)
