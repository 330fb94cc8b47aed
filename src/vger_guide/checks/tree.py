"""The files of a repository as checks see them: names, sizes and kinds, and the bytes of a file when it is read."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple, Protocol

# A longer file is not searched, and the run says so: what people write is shorter, and memory stays bounded.
MAX_BYTES = 8_000_000


class Kind(StrEnum):
    """What an entry is. A link is never followed; what is special is never opened."""

    FILE = "file"
    LINK = "link"
    SUBMODULE = "submodule"
    SPECIAL = "special"


class Entry(NamedTuple):
    """A name in a tree: `path` with slashes, relative to the root, and surrogate escapes for what is no UTF-8.

    `size` is in bytes; -1 where it is not known before reading.
    """

    path: str
    size: int = -1
    kind: Kind = Kind.FILE
    key: str = ""


class Unreadable(Exception):  # noqa: N818 - it is no error of the program
    """A file cannot be read, or must not be; the message says why."""


class Unavailable(Exception):  # noqa: N818 - it is no error of the program
    """Something that a check needs is not there, such as the tags in a shallow clone; the message says why."""


def no_settings() -> Unavailable:
    """Return why nothing can be said of the hosting service."""
    return Unavailable("the settings of the hosting service were not given; see --forge")


class Commit(NamedTuple):
    """A commit of the history: its full id and the first line of its message."""

    id: str
    subject: str
    parents: int


class Tree(Protocol):
    """A repository, or a folder, to be looked at. Nothing in it is run, and nothing is written.

    `target` is what is looked at, as a report names it.
    """

    target: str

    @property
    def commit(self) -> str:
        """The full id of the commit that is looked at, or empty."""

    def entries(self) -> Sequence[Entry]:
        """Return all entries in the order of their paths. Raises Unavailable where the tree cannot be read at all."""

    def read(self, entry: Entry) -> bytes:
        """Return the bytes of a file. Raises Unreadable: too long, a link, gone, or no permission."""

    def size(self, entry: Entry) -> int:
        """Return the size of a file in bytes, without reading it. Raises Unreadable as `read` does, but for length."""

    def ignored(self, paths: Iterable[str]) -> set[str]:
        """Return which of some paths, there or not, git would ignore. Raises Unavailable where there is no git."""

    def tags(self) -> Sequence[str]:
        """Return the names of all tags, sorted. Raises Unavailable where the history is not there."""

    def commits(self, limit: int) -> Sequence[Commit]:
        """Return the newest commits, at most `limit`, newest first. Raises Unavailable as `tags` does."""

    def forge(self, part: str) -> Any:
        """Return a part of the settings of the hosting service, as plain data (see vger_guide.checks.forge).

        Raises Unavailable where it was not given, or is not shown.
        """


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

    def entries(self) -> list[Entry]:
        """Return all files."""
        return [Entry(path, len(data)) for path, data in sorted(self._files.items())]

    def read(self, entry: Entry) -> bytes:
        """Return the bytes of a file."""
        return self._files[entry.path]

    def size(self, entry: Entry) -> int:
        """Return the size of a file."""
        return entry.size

    def ignored(self, paths: Iterable[str]) -> set[str]:
        """Return which paths git would ignore with the ignore files of this tree."""
        from vger_guide.checks.ignores import ignored

        return ignored(self._ignore_files(), paths)

    def _ignore_files(self) -> dict[str, bytes]:
        return {path: data for path, data in self._files.items() if path.rpartition("/")[2] == ".gitignore"}

    def tags(self) -> Sequence[str]:
        """Return the names of the tags."""
        if self._tags is None:
            raise Unavailable("it has no history")
        return sorted(self._tags)

    def commits(self, limit: int) -> list[Commit]:
        """Return the commits, newest first."""
        if self._subjects is None:
            raise Unavailable("it has no history")
        return [Commit(f"{i:040x}", subject, 1) for i, subject in enumerate(self._subjects)][:limit]

    def forge(self, part: str) -> Any:
        """Return a part of the settings of the hosting service."""
        if part not in self._settings:
            raise no_settings()
        return self._settings[part]
