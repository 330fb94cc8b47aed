"""The one pass over a tree: every entry is asked of all globs, and every file that a probe wants is read once."""

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple, cast

from vger_guide.checks.gates import GateSet
from vger_guide.checks.parallel import ProgressCallback, map_forked
from vger_guide.checks.selectors import ProbeSelector, SelectedProbes
from vger_guide.checks.siblings import Siblings
from vger_guide.checks.time_budget import TimeBudget
from vger_guide.matchers import ProbeResult
from vger_guide.matchers.findings import UnreadableFile, identify
from vger_guide.matchers.grammar import child
from vger_guide.matchers.patterns import Expression, compile_pattern
from vger_guide.matchers.probes import (
    HITS,
    HITS_PER_FILE,
    SHOWN,
    File,
    FileProbe,
    Gate,
    Hit,
    PathProbe,
    Probe,
    TextProbe,
    join_hits,
    limit_hits,
)
from vger_guide.repo.path_kinds import PathKind
from vger_guide.repo.tree import EntryKind, RequirementMissingError, Tree, TreeEntry, UnreadableFileError

# Lines of a file, and secrets in one line, that are compared one by one. What is beyond counts as it stands.
COMPARED_PER_FILE = 1000
COMPARED_PER_LINE = 1000
# Seconds of the processor in which a pattern is searched in a file. What people write takes milliseconds.
SECONDS = 5
# Characters of a secret that are shown: enough to know which one it is, too few to be of use.
VISIBLE_CHARS = 4


class _Place(NamedTuple):
    """The first match in a line; `matched` are the bytes of all of them there."""

    line: int
    line_start: int
    start: int
    end: int
    matched: bytes


def locate_matches(file: File, probe: TextProbe) -> list[Hit]:
    """Return where the probe's pattern stands, one hit a line; those beyond HITS_PER_FILE are one.

    Columns count letters, not bytes. The time is linear in the file, whose lines may be as long as it is.
    """
    data = file.searched
    places = list(islice(_places(data, probe), COMPARED_PER_FILE + 1))
    hits = [_hit(file, probe, place) for place in places[: HITS_PER_FILE + 1]]
    if len(places) > HITS_PER_FILE + 1:
        told = [place.matched if probe.secret else _line(data, place) for place in places[HITS_PER_FILE:]]
        rest = data[places[-1].start :] if len(places) > COMPARED_PER_FILE else b""
        hits[HITS_PER_FILE] = join_hits(hits[HITS_PER_FILE], len(told), [*told, rest])
    return hits


def _places(data: bytes, probe: TextProbe) -> Iterator[_Place]:
    """Yield the lines in which the pattern stands. Of a secret, all that stands in a line makes it what it is.

    Raises UnreadableFileError where that takes too long.
    """
    line, line_start = 1, 0
    expression = compile_pattern(probe.pattern, groups=False)
    end_of_time = time.process_time() + SECONDS
    match = expression.search(data)
    while match:
        start, end = match.span()
        line += data.count(b"\n", line_start, start)
        line_start = max(data.rfind(b"\n", line_start, start) + 1, line_start)
        behind = data.find(b"\n", end)
        behind = len(data) if behind == -1 else behind
        matched = [data[start:end], *(_beside(expression, data, end, behind) if probe.secret else ())]
        yield _Place(line, line_start, start, end, b"\0".join(matched))
        if time.process_time() > end_of_time:
            raise UnreadableFileError(f"was searched for more than {SECONDS} seconds, and not to its end")
        match = expression.search(data, behind)


def _beside(expression: Expression, data: bytes, start: int, behind: int) -> Iterator[bytes]:
    """Yield what else stands in the rest of a line, as far as it is compared."""
    for _ in range(COMPARED_PER_LINE):
        match = expression.search(data, start)
        if not match or match.span()[0] >= behind:
            return
        yield data[slice(*match.span())]
        start = match.span()[1]


def _hit(file: File, probe: TextProbe, place: _Place) -> Hit:
    data, line_start, start = file.searched, place.line_start, place.start
    column = len(_decode(data[line_start:start])) + 1
    text = _excerpt(data, line_start, start, place.end, probe.secret)
    return Hit(file.path, place.line, column, text, identity=identify(place.matched) if probe.secret else "")


def _line(data: bytes, place: _Place) -> bytes:
    return data[place.line_start : place.end + SHOWN].partition(b"\n")[0]


def _excerpt(data: bytes, line_start: int, start: int, end: int, secret: bool) -> str:
    """Return the text around a match; of a secret, what masks it and nothing around it, where more may stand."""
    if secret:
        return mask_secret(_decode(data[start:end]))
    line_end = data.find(b"\n", start, line_start + SHOWN * 4)
    begin = max(line_start, start - SHOWN // 2)
    text = _decode(data[begin : line_end if line_end != -1 else begin + SHOWN * 4]).strip()
    return ("…" if begin > line_start else "") + (text if len(text) <= SHOWN else text[:SHOWN] + "…")


def _decode(data: bytes) -> str:
    return data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")


def mask_secret(secret: str) -> str:
    """Return the part of a secret that a report may show."""
    first = secret.strip().splitlines()[0] if secret.strip() else ""
    return first[:VISIBLE_CHARS] + "…" if len(first) > 2 * VISIBLE_CHARS else "…"


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
        if wanted.content_probes and entry.kind is EntryKind.FILE:
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
        elif entry.kind is EntryKind.FILE:
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
