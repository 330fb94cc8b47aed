"""A look at some files only, such as those of a commit: what can be judged by them, and by nothing else."""

import os
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any

from vger_guide.errors import UserError
from vger_guide.matchers import load_matcher
from vger_guide.matchers.findings import Need
from vger_guide.repo.git_tree import TrackedTree
from vger_guide.repo.tree import FileKind, Tree, TreeEntry, WrappedTree


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


def find_root(paths: Sequence[str]) -> Path:
    """Return the folder that a user's paths are files of: the checkout of the first, or the folder at hand."""
    start = _absolute(paths[0]).parent if paths else Path.cwd()
    return next((each for each in (start, *start.parents) if os.path.lexists(each / ".git")), Path.cwd().resolve())


def to_relative(paths: Iterable[str], root: Path) -> frozenset[str]:
    """Return paths as a user gives them, absolute or from the folder at hand, as a tree at `root` has them.

    Raises UserError for one that is elsewhere.
    """
    found = set()
    for path in paths:
        place = _absolute(path)
        if not place.is_relative_to(root):
            raise UserError(f"--changed: '{path}' is not in {root}; name files of one repository")
        found.add(place.relative_to(root).as_posix())
    return frozenset(found)


def _absolute(path: str) -> Path:
    """Return the place of a path; links are followed but for its last part, which may be one that is tracked."""
    try:
        place = Path(path)
        return place.resolve() if place.name in ("", "..") else place.parent.resolve() / place.name
    except (OSError, RuntimeError, ValueError) as error:
        raise UserError(f"--changed: '{path}' cannot be looked at: {error}") from None


class ChangedTree(WrappedTree):
    """Some files of a tree; the history is that of the whole."""

    def __init__(self, whole: Tree, paths: Collection[str], root: Path | None) -> None:
        """Take paths of files or folders below the root of the tree, which stands at `root` of the disk, if it does.

        A file counts too that is not tracked yet, and one that a commit had. Raises UserError for any other.
        """
        super().__init__(whole)
        chosen, gone = _choose(whole.entries(), paths, root)
        had = whole.committed(gone) if gone and isinstance(whole, TrackedTree) else set()
        if strange := sorted(gone - had):
            more = f", nor {len(strange) - 1} more" if len(strange) > 1 else ""
            raise UserError(f"--changed: there is no file '{strange[0]}' in {whole.target}{more}, and no commit had it")
        self._entries = sorted(chosen)

    def entries(self) -> list[TreeEntry]:
        """Return the entries of those files."""
        return self._entries


def _choose(entries: Sequence[TreeEntry], paths: Collection[str], root: Path | None) -> tuple[set[TreeEntry], set[str]]:
    """Return the entries that are at some paths or below them, and the paths that nothing is at."""
    tracked = {entry.path: entry for entry in entries}
    chosen: set[TreeEntry] = set()
    gone = set()
    for path in paths:
        on_disk = root is not None and os.path.lexists(root / path)
        if path in tracked:
            chosen |= {tracked[path]} if on_disk or root is None else set()
        elif below := {each for each in entries if path == "." or each.path.startswith(path + "/")}:
            chosen |= below
        elif on_disk and root is not None and not (root / path).is_dir():
            chosen.add(TreeEntry(path, kind=FileKind.LINK if (root / path).is_symlink() else FileKind.FILE))
        else:
            gone.add(path)
    return chosen, gone
