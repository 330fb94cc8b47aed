"""Which probes select an entry: every path is asked of all globs at once, and what follows is kept for its like."""

from collections.abc import Mapping, Sequence

from vger_guide.matchers.glob_set import GlobSet
from vger_guide.matchers.probes import FileProbe, Gate, PathProbe, Probe, TextProbe
from vger_guide.repo.path_kinds import PathKind, path_kinds
from vger_guide.repo.tree import TreeEntry


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
    """Finds the probes that select an entry; `gates` has those, also the empty ones, of the probes that did so far."""

    def __init__(self, probes: Sequence[Probe]) -> None:
        self._probes = probes
        self._named: dict[str, list[int]] = {}
        self._besides: dict[str, list[int]] = {}
        for index, probe in enumerate(probes):
            for glob in probe.selection.globs:
                self._named.setdefault(glob, []).append(index)
            for glob in probe.selection.besides:
                self._besides.setdefault(glob, []).append(index)
        self._globs = list(dict.fromkeys((*self._named, *self._besides)))
        self._set = GlobSet(self._globs)
        self._kinds = any(probe.selection.without for probe in probes)
        self.gates: dict[int, Gate] = {}
        self._known: dict[tuple[frozenset[int], frozenset[PathKind]], SelectedProbes] = {}

    def select(self, entry: TreeEntry) -> SelectedProbes:
        """Return the probes whose selection an entry is in: the same object for entries that the same probes select."""
        like = self._set.selecting(entry.path), path_kinds(entry.path) if self._kinds else frozenset()
        if like not in self._known:
            self._known[like] = self._select([self._globs[i] for i in like[0]], like[1])
        return self._known[like]

    def _select(self, globs: Sequence[str], kinds: frozenset[PathKind]) -> SelectedProbes:
        named_by, excluded_by = (
            {index for glob in globs for index in probes.get(glob, ())} for probes in (self._named, self._besides)
        )
        named = sorted(named_by - excluded_by)
        left_out = {index: kind for index in named if (kind := _find_excluding_kind(self._probes[index], kinds))}
        indexes = [index for index in named if index not in left_out]
        for index in indexes:
            if index not in self.gates:
                self.gates[index] = find_gate(self._probes[index])
        return SelectedProbes(indexes, self._probes, self.gates, left_out)


def _find_excluding_kind(probe: Probe, kinds: frozenset[PathKind]) -> PathKind | None:
    """Return for which kind of path a probe leaves it out, the first in their order, or None where it does not."""
    return next((kind for kind in PathKind if kind in kinds and kind in probe.selection.without), None)
