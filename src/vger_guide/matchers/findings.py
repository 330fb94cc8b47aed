"""What matchers find, and what they need to look."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum

# Hexadecimal digits that are kept of what a finding is: 20 bits.
IDENTITY = 5

# What is said of a file that is found by its name.
THERE = "is in the repository"


def identify(*parts: str | bytes) -> str:
    """Return what tells a thing that was found from others, such as one secret from another, and gives nothing away.

    Fingerprints stand in files that are committed and in reports, and no key can be kept from those who read the
    project too. A slow hash would cost a run with thousands of findings more than it costs somebody who tries a list
    of passwords. So all that is kept is 20 bits: whatever the effort, of a million guesses one agrees by chance, and of
    the 2^80 keys of a kind 2^60. That a new secret is taken for the one before it happens once in a million. The bits
    are the same in every file and for every rule, so that several fingerprints of a secret tell no more than one.
    """
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogateescape") if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()[:IDENTITY]


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
    secrets masked. `fingerprint` stays the same while lines move; a matcher gives the identity of the hit for it, where
    it has one, and evaluation makes it whole. `reason` is that of a waiver.
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
