"""The files of a repository as checks see them: names, sizes and kinds, and the bytes of a file when it is read."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any, NamedTuple, Protocol

# A longer file is not searched, and the run says so: what people write is shorter, and memory stays bounded.
MAX_BYTES = 8_000_000


class FileKind(StrEnum):
    """What an entry is. A link is never followed; what is special is never opened."""

    FILE = "file"
    LINK = "link"
    SUBMODULE = "submodule"
    SPECIAL = "special"


class TreeEntry(NamedTuple):
    """A name in a tree: `path` with slashes, relative to the root, and surrogate escapes for what is no UTF-8.

    `size` is in bytes; -1 where it is not known before reading.
    """

    path: str
    size: int = -1
    kind: FileKind = FileKind.FILE
    key: str = ""


class UnreadableFileError(Exception):
    """A file cannot be read, or must not be; the message says why."""


class RequirementMissingError(Exception):
    """Something that a check needs is not there, such as the tags in a shallow clone; the message says why."""


def settings_missing() -> RequirementMissingError:
    """Return why nothing can be said of the hosting service."""
    return RequirementMissingError("the settings of the hosting service were not given; see --forge")


class Commit(NamedTuple):
    """A commit: its full id, the first line of its message, how many parents and which, the rest of it, its author."""

    id: str
    subject: str
    parents: int
    parent_ids: tuple[str, ...] = ()
    body: str = ""
    author: str = ""


class Tree(Protocol):
    """A repository, or a folder, to be looked at. Nothing in it is run, and nothing is written.

    `target` is what is looked at, as a report names it.
    """

    target: str

    @property
    def commit(self) -> str:
        """The full id of the commit that is looked at, or empty."""

    def entries(self) -> Sequence[TreeEntry]:
        """Return all entries in the order of their paths.

        Raises RequirementMissingError where the tree cannot be read at all.
        """

    def read(self, entry: TreeEntry) -> bytes:
        """Return the bytes of a file. Raises UnreadableFileError: too long, a link, gone, or no permission."""

    def size(self, entry: TreeEntry) -> int:
        """Return the size of a file in bytes, without reading it.

        Raises UnreadableFileError as `read` does, but for length.
        """

    def ignored(self, paths: Iterable[str]) -> set[str]:
        """Return which of some paths, there or not, git would ignore.

        Raises RequirementMissingError where there is no git.
        """

    def tags(self) -> Sequence[str]:
        """Return the names of all tags, newest last, and of those of a day the highest version last.

        Raises RequirementMissingError where the history is not there.
        """

    def commits(self, limit: int) -> Sequence[Commit]:
        """Return the newest commits, at most `limit`, newest first. Raises RequirementMissingError as `tags` does."""

    def forge(self, part: str) -> Any:
        """Return a part of the settings of the hosting service, as plain data (see vger_guide.forge.settings).

        Raises RequirementMissingError where it was not given, or is not shown.
        """


class WrappedTree:
    """The whole of a tree, in all but what a subclass says."""

    def __init__(self, whole: Tree) -> None:
        self.target = whole.target
        self._whole = whole

    @property
    def commit(self) -> str:
        """The full id of the commit that is looked at, or empty."""
        return self._whole.commit

    def entries(self) -> Sequence[TreeEntry]:
        """Return all entries in the order of their paths. Raises RequirementMissingError."""
        return self._whole.entries()

    def read(self, entry: TreeEntry) -> bytes:
        """Return the bytes of a file. Raises UnreadableFileError."""
        return self._whole.read(entry)

    def size(self, entry: TreeEntry) -> int:
        """Return the length of a file. Raises UnreadableFileError."""
        return self._whole.size(entry)

    def ignored(self, paths: Iterable[str]) -> set[str]:
        """Return which paths git would ignore. Raises RequirementMissingError."""
        return self._whole.ignored(paths)

    def tags(self) -> Sequence[str]:
        """Return the names of all tags. Raises RequirementMissingError."""
        return self._whole.tags()

    def commits(self, limit: int) -> Sequence[Commit]:
        """Return the newest commits. Raises RequirementMissingError."""
        return self._whole.commits(limit)

    def forge(self, part: str) -> Any:
        """Return a part of the settings of the hosting service. Raises RequirementMissingError."""
        return self._whole.forge(part)
