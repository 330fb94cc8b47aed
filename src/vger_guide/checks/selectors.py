"""Which probes select an entry: every path is asked of all globs at once, and what follows is kept for its like."""

from collections.abc import Sequence
from itertools import chain

from vger_guide.matchers.globs import GlobSet
from vger_guide.matchers.probes import FileProbe, PathProbe, Probe, TextProbe
from vger_guide.repo.tree import Entry


def gate_pattern(probe: Probe) -> str:
    """Return the pattern that has to stand in a file for a probe to look into it; empty where there is none."""
    if isinstance(probe, TextProbe):
        return probe.pattern
    return probe.gate if isinstance(probe, FileProbe) else ""


class SelectedProbes:
    """The indexes of the probes that select an entry, by what they need: its name, a pattern in it, or its bytes."""

    def __init__(self, indexes: Sequence[int], probes: Sequence[Probe]) -> None:
        self.all = indexes
        self.path_probes = [i for i in indexes if isinstance(probes[i], PathProbe)]
        self.file_probes: list[int] = []
        self.patterns: dict[str, list[int]] = {}
        for i in indexes:
            probe = probes[i]
            if pattern := gate_pattern(probe):
                self.patterns.setdefault(pattern, []).append(i)
            elif isinstance(probe, FileProbe):
                self.file_probes.append(i)
        self.content_probes = [i for i in indexes if i not in self.path_probes]


class ProbeSelector:
    """Finds the probes that select an entry."""

    def __init__(self, probes: Sequence[Probe]) -> None:
        self._probes = probes
        globs = chain.from_iterable((*each.selection.globs, *each.selection.besides) for each in probes)
        self._globs = list(dict.fromkeys(globs))
        self._set = GlobSet(self._globs)
        self._known: dict[frozenset[int], SelectedProbes] = {}

    def select(self, entry: Entry) -> SelectedProbes:
        """Return the probes whose selection an entry is in."""
        selecting = self._set.selecting(entry.path)
        if selecting not in self._known:
            self._known[selecting] = self._by_globs({self._globs[i] for i in selecting})
        return self._known[selecting]

    def _by_globs(self, globs: set[str]) -> SelectedProbes:
        indexes = [
            index
            for index, probe in enumerate(self._probes)
            if not globs.isdisjoint(probe.selection.globs) and globs.isdisjoint(probe.selection.besides)
        ]
        return SelectedProbes(indexes, self._probes)
