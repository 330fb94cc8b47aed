"""What checks want to know of files, and what they are told: probes go to the scan, hits come back.

A probe looks at one file at a time, so that the scan may read files in any order and on every core. All it may keep are
hits, which are small. A matcher judges by the hits of its probes.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from vger_guide.matchers.findings import UnreadableFile, identify
from vger_guide.repo.tree import TreeEntry

# What a hit may show of a line.
SHOWN = 160
# Hits of one probe in one file that are told one by one: those beyond are one, which changes with each of them.
HITS_PER_FILE = 50
# Hits of one probe in all files that are compared. No waiver for some paths and no baseline is for what is beyond.
HITS = 100_000

# Encodings by their marks, the longer ones first, and by which of four bytes is zero in plain text.
_MARKS = {
    b"\xff\xfe\0\0": "utf-32-le",
    b"\0\0\xfe\xff": "utf-32-be",
    b"\xff\xfe": "utf-16-le",
    b"\xfe\xff": "utf-16-be",
}
_BY_ZEROS: dict[tuple[bool, ...], str] = {
    (False, True, False, True): "utf-16-le",
    (True, False, True, False): "utf-16-be",
    (False, True, True, True): "utf-32-le",
    (True, True, True, False): "utf-32-be",
}
_MOST = 0.8
# The share of other signs that a text may have: one zero byte makes no program of it.
_STRAY = 0.05
_OF_TEXT = bytes({*range(32, 256), *b"\t\n\f\r\x1b\b"} - {127})


class Hit(NamedTuple):
    """What a probe found in a file: where, what stands there, and what else the probe has to tell (plain data).

    `identity` (see `findings.identify`) tells it from others where its text does not, such as that of a masked secret.
    """

    path: str
    line: int = 0
    column: int = 0
    text: str = ""
    value: Any = None
    identity: str = ""


def limit_hits(hits: Sequence["Hit"]) -> list["Hit"]:
    """Return the hits in a file, those beyond HITS_PER_FILE as one, which changes when one of them does."""
    if len(hits) <= HITS_PER_FILE + 1:
        return list(hits)
    more = hits[HITS_PER_FILE:]
    return [*hits[:HITS_PER_FILE], join_hits(more[0], len(more), [each.identity or each.text for each in more])]


def join_hits(first: "Hit", count: int, identities: Iterable[str | bytes]) -> "Hit":
    """Return the hit that stands for some that are not told one by one, at the place of the first."""
    return first._replace(text=f"{first.text}, and {count - 1} more in this file", identity=identify(*identities))


class FileSelection(NamedTuple):
    """Which files: globs with `*`, `?`, `**`, `[a-z]` and `{a,b}` over the whole path, less those of `besides`.

    Less those too whose path is of one of the kinds in `without`; of these is counted how many were left out.
    """

    globs: tuple[str, ...]
    besides: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


class File:
    """A file whose bytes were read, and what has been made of them: probes share it."""

    def __init__(self, entry: TreeEntry, data: bytes, beside: "Beside | None" = None) -> None:
        self.entry = entry
        self.path = entry.path
        self.data = data
        self.kept: dict[str, Any] = {}
        self._beside = beside

    def once(self, name: str, make: Callable[["File"], Any]) -> Any:
        """Return the result of `make` on the file, made once for all probes that ask under this name."""
        if name not in self.kept:
            self.kept[name] = make(self)
        return self.kept[name]

    def beside(self, endings: tuple[str, ...]) -> list["File"]:
        """Return the other files of its folder whose names end so, as far as they can be read."""
        others = self._beside(self.path, endings) if self._beside else ()
        return [each for each in others if each.path != self.path]

    def at(self, path: str) -> "File | None":
        """Return another file of the tree, or None where it is not there or cannot be read."""
        found = self._beside(path, (path.rpartition("/")[2],)) if self._beside else ()
        return next((each for each in found if each.path == path), None)

    @property
    def binary(self) -> bool:
        """Whether it is no text: it has signs that text does not have, and is in no encoding of Unicode."""
        return not self._encoding and len(self._head.translate(None, _OF_TEXT)) > _STRAY * len(self._head)

    @cached_property
    def searched(self) -> bytes:
        """What patterns are searched in: the bytes as they are, and UTF-16 and UTF-32 as UTF-8."""
        return self.text.encode() if self._encoding else self.data

    @cached_property
    def text(self) -> str:
        """The text: UTF-16, UTF-32 or else UTF-8; bytes that are none of it become replacement characters."""
        if self._encoding:
            return self.data.decode(self._encoding, "replace").removeprefix("\ufeff")
        return self.data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")

    @property
    def _head(self) -> bytes:
        return self.data[:8000]

    @cached_property
    def _encoding(self) -> str:
        """UTF-16 or UTF-32 by its mark, or by where the zero bytes of plain text are; else nothing."""
        for mark, encoding in _MARKS.items():
            if self.data.startswith(mark):
                return encoding
        if b"\0" not in self._head:
            return ""
        zeros = [self._head[place::4].count(0) / (len(self._head) / 4) > _MOST for place in range(4)]
        return _BY_ZEROS.get(tuple(zeros), "")


# Ways in which a file can be one to look into: for one of them, each of its patterns has to stand there.
Gate = tuple[tuple[str, ...], ...]

# Returns the files in the folder of a path whose names have one of some endings.
Beside = Callable[[str, tuple[str, ...]], Sequence[File]]


class PathProbe(NamedTuple):
    """Asks which entries there are: all, or those of a kind, or those that are larger than some bytes.

    A hit has the entry's size as its value where that was asked.
    """

    selection: FileSelection
    kind: str = ""
    larger_than: int = -1


class TextProbe(NamedTuple):
    """Asks where a pattern stands in text files. `secret` hits are masked."""

    selection: FileSelection
    pattern: str
    secret: bool = False


class FileProbe(NamedTuple):
    """Asks a function of each file that has been read, or of each text in which what its gate asks for stands.

    `gate` makes the gate of `params`. The function returns hits, and what it could not see where it looked. It raises
    UnreadableFileError for a broken file, and RequirementMissingError where what it needs is not installed.
    """

    selection: FileSelection
    look: Callable[[File, Any], Sequence[Hit | UnreadableFile]]
    params: Any = None
    gate: Callable[[Any], Gate] | None = None


Probe = PathProbe | TextProbe | FileProbe
