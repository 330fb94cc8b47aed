"""Patterns over bytes: RE2, which is linear in whatever it searches, or `re` where there is no RE2 (in a browser).

Patterns are ASCII and every byte is a character to them, so that text in a wrong encoding hides nothing.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, Protocol

try:
    import re2
except ImportError:  # in a browser
    re2 = None

# What the states of a search may take. RE2 forgets states beyond it, and goes on more slowly.
MEMORY = 48 << 20


class Match(Protocol):
    """Where a pattern stands."""

    def span(self, group: int = 0) -> tuple[int, int]:
        """Return the first byte of a group and the one behind its last, or (-1, -1) where it took no part."""


class Expression(Protocol):
    """One pattern."""

    def search(self, data: bytes, start: int = 0) -> Match | None:
        """Return the first place that begins at `start` or behind it, or None."""

    def finditer(self, data: bytes) -> Iterator[Match]:
        """Yield every place in order."""


def _make_options(*, groups: bool = True) -> Any:
    options = re2.Options()
    options.never_capture = not groups
    options.encoding = re2.Options.Encoding.LATIN1
    options.max_mem = MEMORY
    options.log_errors = False
    return options


@lru_cache(maxsize=512)
def compile_pattern(pattern: str, *, groups: bool = True) -> Expression:
    """Return a pattern ready to search. The catalogue has proven that it is one, for both engines.

    Without `groups` only the whole match is told, which RE2 finds much faster: hundreds of groups cost nothing.
    """
    if re2:
        expression: Expression = re2.compile(pattern.encode(), _make_options(groups=groups))
        return expression
    return re.compile(pattern.encode())


class PatternSet:
    """Many patterns at once: which of them stand anywhere in some bytes, or are the `whole` of them."""

    def __init__(self, patterns: Sequence[str], *, whole: bool = False) -> None:
        self._patterns = [pattern.encode() for pattern in patterns]
        self._whole = whole
        self._set = self._compile() if re2 and patterns else None

    def _compile(self) -> Any:
        found = re2.Set.FullMatchSet(_make_options()) if self._whole else re2.Set.SearchSet(_make_options())
        for pattern in self._patterns:
            found.Add(pattern)
        found.Compile()
        return found

    def within(self, data: bytes) -> list[int]:
        """Return the indexes of the patterns that hold for some bytes, in no order."""
        if self._set is not None:
            return self._set.Match(data) or []
        look = re.fullmatch if self._whole else re.search
        return [i for i, pattern in enumerate(self._patterns) if look(pattern, data)]
