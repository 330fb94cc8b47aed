"""The tracked files of a checkout: the names of the index, and what stands in the work tree under them."""

import hashlib
from functools import cached_property
from pathlib import Path

from vger_guide.repo.disk import open_disk
from vger_guide.repo.git import GitError
from vger_guide.repo.git_tree import TrackedTree
from vger_guide.repo.repository import GitRepository, kind
from vger_guide.repo.tree import TreeEntry

MAX_INDEX = 200_000_000


class WorkTree(TrackedTree):
    """The tracked files of a checkout, as they are on the disk. Sizes are not known before reading."""

    def __init__(self, repository: GitRepository, root: Path, base: str, target: str) -> None:
        """Take the folder that is checked out, and list the index. Raises GitError."""
        _expect_whole(repository.index)
        super().__init__(repository, _entries(repository), base, target)
        self._disk = open_disk(root)

    @cached_property
    def commit(self) -> str:
        """The full id of the commit that is checked out, or empty."""
        try:
            return self._repository.commit("HEAD")
        except GitError:
            return ""

    def size(self, entry: TreeEntry) -> int:
        """Return the size of a file in bytes. Raises UnreadableFileError."""
        return self._disk.size(self._base + entry.path)

    def _read(self, entry: TreeEntry) -> bytes:
        return self._disk.read(entry.path)


def _expect_whole(index: Path) -> None:
    """Compare the checksum of an index, where there is one. Raises GitError.

    Git itself does not, and lists of a truncated index what happens to be in memory. The last bytes are the checksum
    of those before, or zeros where `index.skipHash` is set.
    """
    if not index.exists():
        return
    if not index.is_file() or index.stat().st_size > MAX_INDEX:
        raise GitError(f"{index} is not a regular file, or too large")
    data = memoryview(index.read_bytes())
    for algorithm, size in (("sha1", 20), ("sha256", 32)):
        if data[-size:] in (bytes(size), hashlib.new(algorithm, data[:-size], usedforsecurity=False).digest()):
            return
    raise GitError(f"{index} is damaged")


def _entries(repository: GitRepository) -> list[TreeEntry]:
    """List the index: a record is `mode id stage`, a tab and the path; a path in conflict has up to three."""
    modes = {}
    for record in repository.records("ls-files", "--stage", "-z"):
        start, _, path = record.partition("\t")
        modes[path] = start[:3]
    plain = "100"
    return [
        TreeEntry(path) if modes[path] == plain else TreeEntry(path, kind=kind(modes[path])) for path in sorted(modes)
    ]
