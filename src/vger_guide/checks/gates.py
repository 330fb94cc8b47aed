"""Which gates a text opens: all patterns of all gates are looked for at once, and confirmed as far as it matters."""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from vger_guide.matchers.patterns import PatternSet
from vger_guide.matchers.probes import Gate

# Different selections of gates of which it is kept what opens them.
KEPT = 1024


class _Way(NamedTuple):
    """Patterns that all have to stand in a text, and the gates that they open."""

    patterns: frozenset[int]
    gates: list[int]


class GateSet:
    """Many gates at once."""

    def __init__(self, gates: Mapping[int, Gate]) -> None:
        self._gates = gates
        self._patterns = list(dict.fromkeys(pattern for gate in gates.values() for way in gate for pattern in way))
        self._numbers = {pattern: number for number, pattern in enumerate(self._patterns)}
        self._set = PatternSet(self._patterns)
        self._ways = lru_cache(maxsize=KEPT)(self._find_ways)

    def find_open(self, asked: tuple[int, ...], data: bytes) -> list[int]:
        """Return which of the gates that are asked for, by their numbers, a text opens."""
        candidates = self._set.candidates(data)
        ways, all_ = self._ways(asked), frozenset(candidates)
        known: dict[int, bool] = {}
        found: set[int] = set()
        for rare in candidates:
            for way in ways.get(rare, ()):
                if way.patterns <= all_ and not found.issuperset(way.gates) and self._stand(way.patterns, data, known):
                    found.update(way.gates)
        return sorted(found)

    def _stand(self, patterns: frozenset[int], data: bytes, known: dict[int, bool]) -> bool:
        """Return whether some patterns stand in a text; each is searched for once."""
        for pattern in patterns:
            if pattern not in known:
                known[pattern] = self._set.holds(pattern, data)
            if not known[pattern]:
                return False
        return True

    def _find_ways(self, asked: tuple[int, ...]) -> dict[int, list[_Way]]:
        """Return the ways to open some gates, by the pattern of each that is the rarest in a text."""
        ways: dict[frozenset[int], _Way] = {}
        for gate in asked:
            for way in self._gates[gate]:
                patterns = frozenset(self._numbers[pattern] for pattern in way)
                ways.setdefault(patterns, _Way(patterns, [])).gates.append(gate)
        by_rarest: dict[int, list[_Way]] = {}
        for each in ways.values():
            by_rarest.setdefault(max(each.patterns, key=self._rarity), []).append(each)
        return by_rarest

    def _rarity(self, pattern: int) -> int:
        """Return how much a pattern tells, roughly: the length of the shortest of the words that it may stand for."""
        return min(map(len, self._patterns[pattern].split("|")))
