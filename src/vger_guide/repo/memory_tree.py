"""A tree of texts in memory."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from vger_guide.repo.gitignore import match_ignored
from vger_guide.repo.tree import Commit, RequirementMissingError, TreeEntry, settings_missing


def _natural(name: str) -> list[tuple[int, str]]:
    """Return a key by which numbers in names are ordered as numbers."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"([0-9]+)", name)]


class MemoryTree:
    """A tree of texts: the examples of the rules are tried on it."""

    commit = ""

    def __init__(
        self,
        files: dict[str, bytes],
        tags: Sequence[str] | None = None,
        subjects: Sequence[str] | None = None,
        target: str = "an example",
        settings: Mapping[str, Any] | None = None,
    ) -> None:
        self.target = target
        self._files = files
        self._tags = tags
        self._subjects = subjects
        self._settings = settings or {}

    def entries(self) -> list[TreeEntry]:
        """Return all files."""
        return [TreeEntry(path, len(data)) for path, data in sorted(self._files.items())]

    def read(self, entry: TreeEntry) -> bytes:
        """Return the bytes of a file."""
        return self._files[entry.path]

    def size(self, entry: TreeEntry) -> int:
        """Return the size of a file."""
        return entry.size

    def ignored(self, paths: Iterable[str]) -> set[str]:
        """Return which paths git would ignore with the ignore files of this tree."""
        return match_ignored(self._ignore_files(), paths)

    def _ignore_files(self) -> dict[str, bytes]:
        return {path: data for path, data in self._files.items() if path.rpartition("/")[2] == ".gitignore"}

    def tags(self) -> Sequence[str]:
        """Return the names of the tags, the highest version last."""
        if self._tags is None:
            raise RequirementMissingError("it has no history")
        return sorted(self._tags, key=_natural)

    def commits(self, limit: int) -> list[Commit]:
        """Return the commits, newest first."""
        if self._subjects is None:
            raise RequirementMissingError("it has no history")
        split = [subject.partition("\n") for subject in self._subjects]
        return [Commit(f"{i:040x}", first, 1, body=body) for i, (first, _, body) in enumerate(split)][:limit]

    def forge(self, part: str) -> Any:
        """Return a part of the settings of the hosting service."""
        if part not in self._settings:
            raise settings_missing()
        return self._settings[part]
