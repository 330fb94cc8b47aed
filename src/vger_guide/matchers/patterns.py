"""Patterns over bytes: RE2, which is linear in whatever it searches, or `re` where there is no RE2 (in a browser).

Patterns are ASCII and every byte is a character to them, so that text in a wrong encoding hides nothing.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, cached_property, lru_cache
from typing import Any, Protocol

try:
    import re2
except ImportError:  # in a browser
    re2 = None

# What the states of a search may take. RE2 forgets states beyond it, and goes on more slowly. Of many patterns that are
# kept ready together, each has a share.
MEMORY = 48 << 20
SHARE = 8 << 20


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


def _make_options(*, groups: bool = True, memory: int = MEMORY) -> Any:
    options = re2.Options()
    options.never_capture = not groups
    options.encoding = re2.Options.Encoding.LATIN1
    options.max_mem = memory
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
    """Many patterns at once: which of them may stand in some bytes, and which do.

    RE2 looks in one go for strings that have to stand where a pattern does, small and capital letters alike. Only what
    is left is searched for one by one: an automaton for all patterns together would grow with their product.
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        self._patterns = patterns
        self._filter = self._compile() if re2 and patterns else None
        self._single = cache(self._get)

    def _get(self, index: int) -> Any:
        return re.compile(self._patterns[index].encode()) if self._filter is None else self._filter.re(index)

    def _compile(self) -> Any:
        found, options = re2.Filter(), _make_options(groups=False, memory=SHARE)
        for pattern in self._patterns:
            found.Add(pattern.encode(), options)
        found.Compile()
        return found

    def candidates(self, data: bytes) -> list[int]:
        """Return the indexes of the patterns that may stand in some bytes: no other does."""
        if self._filter is not None:
            return self._filter.Match(data, potential=True) or []
        return list(range(len(self._patterns)))

    def holds(self, index: int, data: bytes) -> bool:
        """Return whether a pattern stands in some bytes."""
        return self._single(index).search(data) is not None

    def within(self, data: bytes) -> list[int]:
        """Return the indexes of the patterns that stand in some bytes, in no order."""
        if self._filter is not None:
            return self._filter.Match(data) or []
        return [index for index in self.candidates(data) if self.holds(index, data)]


class GatedPatterns:
    """Patterns that are searched for one by one, each only where its gate stands: a wider one, quick to find."""

    def __init__(self, patterns: Sequence[str], gates: Sequence[str]) -> None:
        self._patterns, self._texts = patterns, gates

    @cached_property
    def _gates(self) -> PatternSet:
        return PatternSet(self._texts)

    def find(self, data: bytes) -> Iterator[tuple[int, Any]]:
        """Yield the matches in some bytes, each with the index of its pattern."""
        for index in sorted(self._gates.within(data)):
            for match in compile_pattern(self._patterns[index]).finditer(data):
                yield index, match


class WholePatternSet:
    """Many patterns at once, for short texts such as paths: which of them a whole text is."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self._patterns = [pattern.encode() for pattern in patterns]
        self._set = self._compile() if re2 and patterns else None

    def _compile(self) -> Any:
        found = re2.Set.FullMatchSet(_make_options())
        for pattern in self._patterns:
            found.Add(pattern)
        found.Compile()
        return found

    def within(self, data: bytes) -> list[int]:
        """Return the indexes of the patterns that some bytes are, in no order."""
        if self._set is not None:
            return self._set.Match(data) or []
        return [i for i, pattern in enumerate(self._patterns) if re.fullmatch(pattern, data)]
