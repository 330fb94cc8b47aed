"""A plain folder that is no repository: all files in it."""

from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from vger_guide.repo.disk import open_disk
from vger_guide.repo.gitignore import find_ignore_files, match_ignored
from vger_guide.repo.repository import MAX_ENTRIES
from vger_guide.repo.tree import (
    Commit,
    FileKind,
    RequirementMissingError,
    TreeEntry,
    UnreadableFileError,
    settings_missing,
)


class FolderTree:
    """All files of a folder but those of git; links are listed, and not followed.

    A folder that cannot be listed, or lies too deep, is an entry of its own that cannot be read.
    """

    commit = ""

    def __init__(self, root: Path, target: str) -> None:
        """List the folder. Raises RequirementMissingError where there are too many files."""
        self.target = target
        self._disk = open_disk(root)
        self._closed: dict[str, str] = {}
        self._entries = self._walk()

    def entries(self) -> list[TreeEntry]:
        """Return all entries in the order of their paths."""
        return self._entries

    def read(self, entry: TreeEntry) -> bytes:
        """Return the bytes of a file. Raises UnreadableFileError."""
        if entry.path in self._closed:
            raise UnreadableFileError(self._closed[entry.path])
        return self._disk.read(entry.path)

    def size(self, entry: TreeEntry) -> int:
        """Return the size of a file in bytes. Raises UnreadableFileError."""
        return self._disk.size(entry.path)

    def ignored(self, paths: Iterable[str]) -> set[str]:
        """Return which paths git would ignore with the ignore files of the folder. Raises RequirementMissingError."""
        tried = list(paths)
        wanted = find_ignore_files(tried)
        found = [entry for entry in self._entries if entry.path in wanted and entry.kind is FileKind.FILE]
        try:
            return match_ignored({entry.path: self.read(entry) for entry in found}, tried)
        except UnreadableFileError as error:
            raise RequirementMissingError(f"an ignore file {error}") from None

    def tags(self) -> Sequence[str]:
        """Say that there is no history. Raises RequirementMissingError."""
        raise RequirementMissingError("it is not a git repository")

    def commits(self, limit: int) -> Sequence[Commit]:  # noqa: ARG002 - there are none
        """Say that there is no history. Raises RequirementMissingError."""
        raise RequirementMissingError("it is not a git repository")

    def forge(self, part: str) -> Any:  # noqa: ARG002 - there are none
        """Say that there are no settings. Raises RequirementMissingError."""
        raise settings_missing()

    def _walk(self) -> list[TreeEntry]:
        entries: list[TreeEntry] = []
        folders = [""]
        while folders:
            folder = folders.pop()
            try:
                names = self._names(folder)
            except UnreadableFileError as reason:
                self._closed[folder.removesuffix("/")] = str(reason)
                continue
            folders += [f"{folder}{name}/" for name, kind in names if kind is None]
            entries += [TreeEntry(folder + name, kind=kind) for name, kind in names if kind is not None]
            if len(entries) + len(folders) > MAX_ENTRIES:
                raise RequirementMissingError(f"it has more than {MAX_ENTRIES:,} files")
        return sorted(entries + [TreeEntry(path, kind=FileKind.SPECIAL) for path in self._closed])

    def _names(self, folder: str) -> list[tuple[str, FileKind | None]]:
        found = self._disk.names(folder.removesuffix("/"))
        return [(name, kind) for name, kind in islice(found, MAX_ENTRIES + 1) if name.lower() != ".git"]
