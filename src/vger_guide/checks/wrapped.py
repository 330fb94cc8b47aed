"""A tree that stands for another: what a subclass does not say, the whole tree does."""

from collections.abc import Iterable, Sequence
from typing import Any

from vger_guide.checks.tree import Commit, Entry, Tree


class WrappedTree:
    """The whole of a tree, in all but what a subclass says."""

    def __init__(self, whole: Tree) -> None:
        self.target = whole.target
        self._whole = whole

    @property
    def commit(self) -> str:
        """The full id of the commit that is looked at, or empty."""
        return self._whole.commit

    def entries(self) -> Sequence[Entry]:
        """Return all entries in the order of their paths. Raises Unavailable."""
        return self._whole.entries()

    def read(self, entry: Entry) -> bytes:
        """Return the bytes of a file. Raises Unreadable."""
        return self._whole.read(entry)

    def size(self, entry: Entry) -> int:
        """Return the length of a file. Raises Unreadable."""
        return self._whole.size(entry)

    def ignored(self, paths: Iterable[str]) -> set[str]:
        """Return which paths git would ignore. Raises Unavailable."""
        return self._whole.ignored(paths)

    def tags(self) -> Sequence[str]:
        """Return the names of all tags. Raises Unavailable."""
        return self._whole.tags()

    def commits(self, limit: int) -> Sequence[Commit]:
        """Return the newest commits. Raises Unavailable."""
        return self._whole.commits(limit)

    def forge(self, part: str) -> Any:
        """Return a part of the settings of the hosting service. Raises Unavailable."""
        return self._whole.forge(part)
