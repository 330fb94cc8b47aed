"""What the trees of a git repository share: a folder of it as the root, what it ignores, its tags and its commits."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from typing import Any

from vger_guide.repo.git import GitError
from vger_guide.repo.gitignore import find_ignore_files, match_ignored
from vger_guide.repo.repository import GitRepository
from vger_guide.repo.tree import (
    Commit,
    FileKind,
    RequirementMissingError,
    TreeEntry,
    UnreadableFileError,
    settings_missing,
)

_REASONS = {
    FileKind.LINK: "is a symbolic link",
    FileKind.SUBMODULE: "is a submodule, another repository",
    FileKind.SPECIAL: "is not a regular file",
}


class TrackedTree(ABC):
    """The files that git knows, at or below a folder of a repository. Tags and commits are those of the repository."""

    def __init__(self, repository: GitRepository, entries: list[TreeEntry], base: str, target: str) -> None:
        """Take all entries of the repository, and the folder as a path with a slash at its end, or empty."""
        self.target = target
        self._repository = repository
        self._all = entries
        self._base = base
        self._below = _below(entries, base) if base else entries

    @property
    @abstractmethod
    def commit(self) -> str:
        """The full id of the commit, or empty."""

    def entries(self) -> list[TreeEntry]:
        """Return all entries in the order of their paths."""
        return self._below

    def read(self, entry: TreeEntry) -> bytes:
        """Return the bytes of a file. Raises UnreadableFileError."""
        if entry.kind is not FileKind.FILE:
            raise UnreadableFileError(_REASONS[entry.kind])
        return self._read(entry._replace(path=self._base + entry.path) if self._base else entry)

    @abstractmethod
    def size(self, entry: TreeEntry) -> int:
        """Return the size of a file in bytes. Raises UnreadableFileError."""

    @abstractmethod
    def _read(self, entry: TreeEntry) -> bytes:
        """Return the bytes of a file that has its path in the repository."""

    def ignored(self, paths: Iterable[str]) -> set[str]:
        """Return which paths git would ignore. Ignore files above the root count as well.

        Raises RequirementMissingError.
        """
        tried = {self._base + path: path for path in paths}
        found = match_ignored(self._ignore_files(tried), tried)
        return {tried[path] for path in found}

    def _ignore_files(self, paths: Iterable[str]) -> dict[str, bytes]:
        wanted = find_ignore_files(paths)
        found = [entry for entry in self._all if entry.path in wanted and entry.kind is FileKind.FILE]
        try:
            return {entry.path: self._read(entry) for entry in found}
        except UnreadableFileError as error:
            raise RequirementMissingError(f"an ignore file {error}") from None

    def tags(self) -> Sequence[str]:
        """Return the names of all tags, newest last. Raises RequirementMissingError."""
        self._expect_history()
        try:
            return self._tags
        except GitError as error:
            raise RequirementMissingError(str(error)) from None

    @cached_property
    def _tags(self) -> Sequence[str]:
        return self._repository.tags()

    def commits(self, limit: int) -> Sequence[Commit]:
        """Return the newest commits, newest first. Raises RequirementMissingError."""
        self._expect_history()
        try:
            return self._repository.commits(self.commit, limit)
        except GitError as error:
            raise RequirementMissingError(str(error)) from None

    def references(self) -> Sequence[str]:
        """Return all references with what they stand for, and whether the history is cut: what a look depends on.

        Raises RequirementMissingError.
        """
        try:
            return [*self._repository.references(), f"shallow {self._repository.shallow}"]
        except GitError as error:
            raise RequirementMissingError(str(error)) from None

    def committed(self, paths: Collection[str]) -> set[str]:
        """Return which of some paths a commit had, of this branch or of another one; as far as git can say."""
        named = {self._base + path: path for path in paths}
        try:
            return {named[each] for each in self._repository.committed(named) if each in named}
        except GitError:
            return set()

    def forge(self, part: str) -> Any:  # noqa: ARG002 - there are none
        """Say that there are no settings: no file of git's has them. Raises RequirementMissingError."""
        raise settings_missing()

    def _expect_history(self) -> None:
        if self._repository.shallow:
            raise RequirementMissingError("it is a shallow clone, which does not have all tags and commits")
        if not self.commit:
            raise RequirementMissingError("it has no commits")


def _below(entries: list[TreeEntry], base: str) -> list[TreeEntry]:
    return [entry._replace(path=entry.path[len(base) :]) for entry in entries if entry.path.startswith(base)]
