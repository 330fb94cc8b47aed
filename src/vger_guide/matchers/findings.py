"""What matchers find, and what they need to look."""

from dataclasses import dataclass
from enum import StrEnum


class Need(StrEnum):
    """What a check has to be given: the files, what git would ignore, tags and commits, or the host's settings."""

    TREE = "tree"
    IGNORES = "ignores"
    HISTORY = "history"
    FORGE = "forge"


class FindingStatus(StrEnum):
    """Whether a finding counts: it is new, it was there when the tool was adopted, or somebody accepted it."""

    OPEN = "open"
    BASELINE = "baseline"
    WAIVED = "waived"


@dataclass(frozen=True)
class Finding:
    """One located piece of evidence.

    `path` is relative to the root, with slashes and surrogate escapes for bytes that are no UTF-8, or empty for the
    repository as a whole. `line` and `column` count from 1; 0 stands for none. `text` is what stands there, cut, with
    secrets masked. `fingerprint` stays the same while lines move; `reason` is that of a waiver.
    """

    path: str
    message: str
    line: int = 0
    column: int = 0
    text: str = ""
    fingerprint: str = ""
    standing: FindingStatus = FindingStatus.OPEN
    reason: str = ""


@dataclass(frozen=True)
class UnreadableFile:
    """A file that a check wanted to look into and could not.

    `is_doubt` tells that it was read, and holds something that the check cannot decide by.
    """

    path: str
    reason: str
    is_doubt: bool = False
