"""Reading files, each once, for all the probes that want it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from vger_guide.checks import locating
from vger_guide.checks.outcomes import Unseen
from vger_guide.checks.patterns import PatternSet
from vger_guide.checks.probes import File, FileProbe, Hit, Probe, TextProbe
from vger_guide.checks.tree import Entry, Tree, Unreadable

Job = tuple[Entry, list[int]]


@dataclass
class Found:
    """What probes have found so far, by their index."""

    hits: dict[int, list[Hit]] = field(default_factory=dict)
    unseen: dict[int, list[Unseen]] = field(default_factory=dict)
    errors: dict[int, str] = field(default_factory=dict)
    read: int = 0
    bytes_read: int = 0

    def add(self, other: "Found") -> None:
        """Take over what another process found."""
        for index, hits in other.hits.items():
            self.hits.setdefault(index, []).extend(hits)
        for index, unseen in other.unseen.items():
            self.unseen.setdefault(index, []).extend(unseen)
        self.errors.update(other.errors)
        self.read += other.read
        self.bytes_read += other.bytes_read


class Reader:
    """Reads files, and asks the probes that want them."""

    def __init__(self, tree: Tree, probes: Sequence[Probe]) -> None:
        self._tree = tree
        self._probes = probes
        texts = [probe for probe in probes if isinstance(probe, TextProbe)]
        self._patterns = list(dict.fromkeys(probe.pattern for probe in texts))
        self._set = PatternSet(self._patterns)

    def all(self, jobs: Iterable[Job]) -> Found:
        """Return what the probes find in some files."""
        found = Found()
        for entry, wanted in jobs:
            try:
                data = self._tree.read(entry)
            except Unreadable as why:
                self._not_seen(found, wanted, entry, str(why))
                continue
            found.read += 1
            found.bytes_read += len(data)
            self._ask(File(entry, data), wanted, found)
        return found

    def _not_seen(self, found: Found, wanted: Iterable[int], entry: Entry, why: str) -> None:
        for index in wanted:
            found.unseen.setdefault(index, []).append(Unseen(entry.path, why))

    def _ask(self, file: File, wanted: list[int], found: Found) -> None:
        searching = [index for index in wanted if isinstance(self._probes[index], TextProbe)]
        patterns = self._within(file) if searching else set()
        for index in wanted:
            probe = self._probes[index]
            try:
                if isinstance(probe, FileProbe):
                    hits = probe.look(file, probe.wanted)
                elif isinstance(probe, TextProbe) and probe.pattern in patterns:
                    hits = locating.hits(file, probe)
                else:
                    continue
            except Unreadable as why:
                self._not_seen(found, [index], file.entry, str(why))
            except Exception as error:  # noqa: BLE001 - a defect in one check must not end the others
                found.errors.setdefault(index, f"{type(error).__name__} at {file.path}: {error}")
            else:
                if hits:
                    found.hits.setdefault(index, []).extend(hits)

    def _within(self, file: File) -> set[str]:
        return set() if file.binary else {self._patterns[i] for i in self._set.within(file.searched)}
