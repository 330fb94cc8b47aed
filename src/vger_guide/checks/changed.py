"""A look at some files only, such as those of a commit: what can be judged by them, and by nothing else."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from vger_guide.checks.tree import Commit, Entry, Tree


def local(condition: dict[str, Any]) -> dict[str, Any] | None:
    """Return the part of a condition that some files can break by themselves: what must be absent, and no more.

    None where there is no such part. What must be present may be in the other files.
    """
    [(name, wanted)] = condition.items()
    if name == "all":
        parts = [part for each in wanted if (part := local(each))]
        return {"all": parts} if parts else None
    if name == "not":
        return condition if _expects(wanted, "present") else None
    return condition if _expects({name: wanted}, "absent") else None


def _expects(condition: dict[str, Any], what: str) -> bool:
    [wanted] = condition.values()
    return isinstance(wanted, dict) and wanted.get("expect") == what


def local_check(check: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return the record of a check for some files only, or None where there is nothing to look at.

    It has no `when`: what breaks the rule is there, so that the rule applies.
    """
    part = local(check["expect"]) if check else None
    return {**check, "when": None, "expect": part} if check and part else None


class ChangedTree:
    """Some files of a tree; the history is that of the whole."""

    def __init__(self, whole: Tree, paths: Collection[str]) -> None:
        self.target = whole.target
        self._whole = whole
        self._paths = frozenset(paths)

    @property
    def commit(self) -> str:
        """The full id of the commit that is looked at, or empty."""
        return self._whole.commit

    def entries(self) -> list[Entry]:
        """Return the entries of those files that the tree has."""
        return [entry for entry in self._whole.entries() if entry.path in self._paths]

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
