"""Reading files, each once, for all the probes that want it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from vger_guide.checks import locating
from vger_guide.checks.choosing import Wanted
from vger_guide.checks.outcomes import Unseen
from vger_guide.checks.patterns import PatternSet
from vger_guide.checks.probes import File, FileProbe, Hit, Probe, TextProbe
from vger_guide.checks.tree import Entry, Tree, Unreadable

Job = tuple[Entry, Wanted]


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
                self._not_seen(found, wanted.inside, entry, str(why))
                continue
            found.read += 1
            found.bytes_read += len(data)
            file = File(entry, data)
            if wanted.patterns and not file.binary:
                self._search(file, wanted, found)
            for index in wanted.looks:
                self._ask(file, index, found)
        return found

    def _search(self, file: File, wanted: Wanted, found: Found) -> None:
        """Locate the patterns that stand in a file: one search says which of them all do."""
        for pattern in self._set.within(file.searched):
            for index in wanted.patterns.get(self._patterns[pattern], ()):
                self._ask(file, index, found)

    def _ask(self, file: File, index: int, found: Found) -> None:
        try:
            hits = _hits(file, self._probes[index])
        except Unreadable as why:
            self._not_seen(found, [index], file.entry, str(why))
        except Exception as error:  # noqa: BLE001 - a defect in one check must not end the others
            found.errors.setdefault(index, f"{type(error).__name__} at {file.path}: {error}")
        else:
            if hits:
                found.hits.setdefault(index, []).extend(hits)

    def _not_seen(self, found: Found, indexes: Iterable[int], entry: Entry, why: str) -> None:
        for index in indexes:
            found.unseen.setdefault(index, []).append(Unseen(entry.path, why))


def _hits(file: File, probe: Probe) -> Sequence[Hit]:
    if isinstance(probe, FileProbe):
        return probe.look(file, probe.wanted)
    return locating.hits(file, probe) if isinstance(probe, TextProbe) else []
