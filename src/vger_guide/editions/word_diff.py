"""Two texts compared word by word: what stayed, what went and what came."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# A code span is one word, so that no mark begins or ends within it.
_WORD = re.compile(r"`[^`]*`|\s+|\w[\w'\u2019-]*|.")

# The share of words, signs and spaces that two versions of one text have in common at least.
_ALIKE = 0.5


class DiffMark(StrEnum):
    """What became of a part of a text."""

    EQUAL = "kept"
    DELETED = "gone"
    INSERTED = "came"


@dataclass(frozen=True)
class DiffPart:
    """Some words in a row that share a mark."""

    mark: DiffMark
    text: str


def word_diff(old: str, new: str) -> list[DiffPart]:
    """Return the parts of two texts in reading order: without what came they are the old one, and the other way round.

    Texts that share little are two texts, whole: crumbs of one among the other say nothing. They are of one line, and
    no longer than those of the catalogue: time goes with the square of the words.
    """
    before, after = _WORD.findall(old), _WORD.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    opcodes = matcher.get_opcodes() if matcher.ratio() >= _ALIKE else [("replace", 0, len(before), 0, len(after))]
    return [part for part in _parts(before, after, opcodes) if part.text]


def _parts(old: list[str], new: list[str], opcodes: Iterable[tuple[str, int, int, int, int]]) -> Iterator[DiffPart]:
    """Yield the parts; a space between two changes belongs to both, so that words in a row are marked as one."""
    gone = came = ""
    for kind, a, b, c, d in opcodes:
        kept = "".join(old[a:b])
        if kind == "equal" and (kept.strip() or not (gone or came)):
            yield DiffPart(DiffMark.DELETED, gone)
            yield DiffPart(DiffMark.INSERTED, came)
            yield DiffPart(DiffMark.EQUAL, kept)
            gone = came = ""
        else:
            gone, came = gone + kept, came + "".join(new[c:d])
    yield DiffPart(DiffMark.DELETED, gone)
    yield DiffPart(DiffMark.INSERTED, came)
