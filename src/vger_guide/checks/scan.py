"""The one pass over a tree: every entry is asked of all globs, and every file that a probe wants is read once."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, cast

from vger_guide.checks.gates import GateSet
from vger_guide.checks.locate import locate_matches
from vger_guide.checks.parallel import ProgressCallback, map_forked
from vger_guide.checks.selectors import ProbeSelector, SelectedProbes
from vger_guide.checks.siblings import Siblings
from vger_guide.checks.time_budget import TimeBudget
from vger_guide.matchers import ProbeResult
from vger_guide.matchers.findings import UnreadableFile
from vger_guide.matchers.grammar import child
from vger_guide.matchers.probes import (
    HITS,
    File,
    FileProbe,
    Gate,
    Hit,
    PathProbe,
    Probe,
    TextProbe,
    limit_hits,
)
from vger_guide.repo.path_kinds import PathKind
from vger_guide.repo.tree import FileKind, RequirementMissingError, Tree, TreeEntry, UnreadableFileError

Job = tuple[TreeEntry, SelectedProbes]


@dataclass
class ScanFindings:
    """What probes have found so far, by their index."""

    hits: dict[int, list[Hit]] = field(default_factory=dict)
    unseen: dict[int, list[UnreadableFile]] = field(default_factory=dict)
    errors: dict[int, str] = field(default_factory=dict)
    unavailable: dict[int, str] = field(default_factory=dict)
    read: int = 0
    bytes_read: int = 0

    def add(self, other: "ScanFindings") -> None:
        """Take over what another process found."""
        for index, hits in other.hits.items():
            self.hits.setdefault(index, []).extend(hits)
        for index, unseen in other.unseen.items():
            self.unseen.setdefault(index, []).extend(unseen)
        self.errors.update(other.errors)
        self.unavailable.update(other.unavailable)
        self.read += other.read
        self.bytes_read += other.bytes_read


class FileScanner:
    """Reads files, and asks the probes that want them."""

    def __init__(self, tree: Tree, probes: Sequence[Probe], gates: Mapping[int, Gate]) -> None:
        self._tree = tree
        self._probes = probes
        self._siblings = Siblings(tree)
        self._gates = GateSet(gates)
        self._budget = TimeBudget()

    def all(self, jobs: Iterable[Job]) -> ScanFindings:
        """Return the findings of the probes in some files."""
        found = ScanFindings()
        for entry, wanted in jobs:
            try:
                data = self._tree.read(entry)
            except UnreadableFileError as why:
                self._not_seen(found, wanted.content_probes, entry, why)
                continue
            found.read += 1
            found.bytes_read += len(data)
            file = File(entry, data, self._siblings.read)
            if wanted.gated and not file.binary:
                self._search(file, wanted, found)
            for index in wanted.file_probes:
                self._ask(file, index, found)
        return found

    def _search(self, file: File, wanted: SelectedProbes, found: ScanFindings) -> None:
        """Ask the probes whose gates a file opens: one search says which of all patterns stand in it."""
        try:
            with self._budget.spend():
                opened = self._gates.find_open(wanted.gated, file.searched)
        except UnreadableFileError as why:
            self._not_seen(found, wanted.gated, file, why)
            return
        for index in opened:
            self._ask(file, index, found)

    def _ask(self, file: File, index: int, found: ScanFindings) -> None:
        try:
            with self._budget.spend():
                hits = _hits(file, self._probes[index])
        except UnreadableFileError as why:
            self._not_seen(found, [index], file, why)
        except RequirementMissingError as why:
            found.unavailable.setdefault(index, str(why))
        except Exception as error:  # noqa: BLE001 - a defect in one check must not end the others
            found.errors.setdefault(index, f"{type(error).__name__} at {file.path}: {error}")
        else:
            for hit in hits:
                if isinstance(hit, Hit):
                    found.hits.setdefault(index, []).append(hit)
                else:
                    found.unseen.setdefault(index, []).append(hit)

    def _not_seen(
        self, found: ScanFindings, indexes: Iterable[int], file: TreeEntry | File, why: UnreadableFileError
    ) -> None:
        for index in indexes:
            found.unseen.setdefault(index, []).append(UnreadableFile(file.path, str(why)))


def _hits(file: File, probe: Probe) -> Sequence[Hit | UnreadableFile]:
    if isinstance(probe, FileProbe):
        found = probe.look(file, probe.params)
        hits = [each for each in found if isinstance(each, Hit)]
        return [*limit_hits(hits), *(each for each in found if not isinstance(each, Hit))]
    return locate_matches(file, probe) if isinstance(probe, TextProbe) else []


class Group(NamedTuple):
    """How many files have the same ending and are selected, or left out for their kind, by the same probes."""

    selected: frozenset[int]
    left_out: Mapping[int, PathKind]
    ending: str
    files: int


class Scanned(NamedTuple):
    """The answer to each probe, in their order, and what was read for it; `files` counts the entries of the tree.

    Each file that a probe selects, or leaves out for its kind, is in one of the groups.
    """

    seen: list[ProbeResult]
    files: int
    read: int
    bytes_read: int
    groups: Sequence[Group] = ()


def scan(tree: Tree, probes: Sequence[Probe], progress: ProgressCallback | None = None) -> Scanned:
    """Return the findings of the probes in a tree.

    Raises RequirementMissingError where it cannot be read at all, and WorkerDiedError.
    """
    entries = tree.entries()
    chooser = ProbeSelector(probes)
    found = ScanFindings()
    counts: Counter[tuple[SelectedProbes, str]] = Counter()
    jobs: list[Job] = []
    for entry in entries:
        wanted = chooser.select(entry)
        if wanted.all or wanted.left_out:
            counts[wanted, ending(entry.path)] += 1
        if wanted.path_probes:
            _look_at_name(tree, entry, probes, wanted.path_probes, found)
        if wanted.content_probes and entry.kind is FileKind.FILE:
            jobs.append((entry, wanted))
    try:
        for part in map_forked(FileScanner(tree, probes, chooser.gates).all, jobs, progress):
            found.add(part)
    finally:
        child.close()
    groups = [Group(frozenset(by.all), by.left_out, end, files) for (by, end), files in counts.items()]
    selected = [0] * len(probes)
    for group in groups:
        for index in group.selected:
            selected[index] += group.files
    seen = [_to_probe_result(found, index, files) for index, files in enumerate(selected)]
    return Scanned(seen, len(entries), found.read, found.bytes_read, groups)


def ending(path: str) -> str:
    """Return the ending of a file's name in small letters, without its dot; empty where it has none."""
    return path.rpartition("/")[2].rpartition(".")[2].lower() if "." in path.rpartition("/")[2] else ""


def _look_at_name(
    tree: Tree, entry: TreeEntry, probes: Sequence[Probe], indexes: Iterable[int], found: ScanFindings
) -> None:
    """Answer the probes that ask for names, and of some entries for their size, which is asked of the tree once."""
    named, size = Hit(entry.path, value=-1), entry.size
    for index in indexes:
        probe = cast("PathProbe", probes[index])
        if probe.kind and entry.kind.value != probe.kind:
            continue
        if probe.larger_than < 0:
            found.hits.setdefault(index, []).append(named)
        elif entry.kind is FileKind.FILE:
            try:
                size = size if size >= 0 else tree.size(entry)
            except UnreadableFileError as why:
                found.unseen.setdefault(index, []).append(UnreadableFile(entry.path, str(why)))
                continue
            if size > probe.larger_than:
                found.hits.setdefault(index, []).append(named._replace(value=size))


def _to_probe_result(found: ScanFindings, index: int, files: int) -> ProbeResult:
    hits = sorted(found.hits.get(index, []), key=lambda hit: hit[:3])
    unseen = sorted(found.unseen.get(index, []), key=lambda each: each.path)
    omitted = max(0, len(hits) - HITS)
    error, unavailable = found.errors.get(index, ""), found.unavailable.get(index, "")
    return ProbeResult(hits[:HITS], files, omitted, unseen, error, unavailable)
