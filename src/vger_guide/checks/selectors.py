"""Which probes select an entry: every path is asked of all globs at once, and what follows is kept for its like."""

from collections.abc import Mapping, Sequence
from itertools import chain

from vger_guide.matchers.glob_set import GlobSet
from vger_guide.matchers.probes import FileProbe, Gate, PathProbe, Probe, TextProbe
from vger_guide.repo.path_kinds import PathKind, path_kinds
from vger_guide.repo.tree import Entry


def find_gate(probe: Probe) -> Gate:
    """Return what has to stand in a file for a probe to look into it; empty where nothing has to."""
    if isinstance(probe, TextProbe):
        return ((probe.pattern,),)
    return probe.gate(probe.params) if isinstance(probe, FileProbe) and probe.gate else ()


class SelectedProbes:
    """The indexes of the probes that select an entry, by what they need: its name, patterns in it, or its bytes.

    `left_out` has those that would select it, were its path not of a kind that they leave out, with that kind.
    """

    def __init__(
        self,
        indexes: Sequence[int],
        probes: Sequence[Probe],
        gates: Mapping[int, Gate],
        left_out: Mapping[int, PathKind],
    ) -> None:
        self.all = indexes
        self.left_out = left_out
        self.path_probes = [i for i in indexes if isinstance(probes[i], PathProbe)]
        self.content_probes = [i for i in indexes if not isinstance(probes[i], PathProbe)]
        self.gated = tuple(i for i in self.content_probes if gates.get(i))
        self.file_probes = [i for i in self.content_probes if not gates.get(i)]


class ProbeSelector:
    """Finds the probes that select an entry; `gates` has those of the probes that selected one so far."""

    def __init__(self, probes: Sequence[Probe]) -> None:
        self._probes = probes
        globs = chain.from_iterable((*each.selection.globs, *each.selection.besides) for each in probes)
        self._globs = list(dict.fromkeys(globs))
        self._set = GlobSet(self._globs)
        self._kinds = any(probe.selection.without for probe in probes)
        self.gates: dict[int, Gate] = {}
        self._known: dict[tuple[frozenset[int], frozenset[PathKind]], SelectedProbes] = {}

    def select(self, entry: Entry) -> SelectedProbes:
        """Return the probes whose selection an entry is in: the same object for entries that the same probes select."""
        like = self._set.selecting(entry.path), path_kinds(entry.path) if self._kinds else frozenset()
        if like not in self._known:
            self._known[like] = self._select({self._globs[i] for i in like[0]}, like[1])
        return self._known[like]

    def _select(self, globs: set[str], kinds: frozenset[PathKind]) -> SelectedProbes:
        named = [
            index
            for index, probe in enumerate(self._probes)
            if not globs.isdisjoint(probe.selection.globs) and globs.isdisjoint(probe.selection.besides)
        ]
        left_out = {index: kind for index in named if (kind := _find_excluding_kind(self._probes[index], kinds))}
        indexes = [index for index in named if index not in left_out]
        for index in indexes:
            if index not in self.gates and (gate := find_gate(self._probes[index])):
                self.gates[index] = gate
        return SelectedProbes(indexes, self._probes, self.gates, left_out)


def _find_excluding_kind(probe: Probe, kinds: frozenset[PathKind]) -> PathKind | None:
    """Return for which kind of path a probe leaves it out, the first in their order, or None where it does not."""
    return next((kind for kind in PathKind if kind in kinds and kind in probe.selection.without), None)
