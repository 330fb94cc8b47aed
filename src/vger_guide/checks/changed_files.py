"""A look at some files only, such as those of a commit: what can be judged by them, and by nothing else."""

from collections.abc import Collection
from typing import Any

from vger_guide.matchers import load_matcher
from vger_guide.matchers.findings import Need
from vger_guide.repo.tree import Entry, Tree, WrappedTree


def local_condition(condition: dict[str, Any]) -> dict[str, Any] | None:
    """Return the part of a condition that some files can break by themselves: what must be absent, and no more.

    None where there is no such part. What must be present may be in the other files.
    """
    [(name, wanted)] = condition.items()
    if name == "all":
        parts = [part for each in wanted if (part := local_condition(each))]
        return {"all": parts} if parts else None
    if name == "not":
        return condition if _expects(wanted, "present") else None
    return condition if _expects({name: wanted}, "absent") else None


def _expects(condition: dict[str, Any], what: str) -> bool:
    [(name, wanted)] = condition.items()
    if not isinstance(wanted, dict) or wanted.get("expect") != what:
        return False
    return load_matcher(name).REQUIRES is Need.TREE  # a file does not break what is set elsewhere


def local_check(check: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return the record of a check for some files only, or None where there is nothing to look at.

    It has no `when`: what breaks the rule is there, so that the rule applies.
    """
    part = local_condition(check["expect"]) if check else None
    return {**check, "when": None, "expect": part, "partial": True} if check and part else None


class ChangedTree(WrappedTree):
    """Some files of a tree; the history is that of the whole."""

    def __init__(self, whole: Tree, paths: Collection[str]) -> None:
        super().__init__(whole)
        self._paths = frozenset(paths)

    def entries(self) -> list[Entry]:
        """Return the entries of those files that the tree has."""
        return [entry for entry in self._whole.entries() if entry.path in self._paths]
