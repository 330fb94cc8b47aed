"""The one pass over a tree: every entry is asked of all globs, and every file that a probe wants is read once."""

from collections.abc import Sequence
from typing import NamedTuple, cast

from vger_guide.checks.choosing import Chooser
from vger_guide.checks.matchers import Seen
from vger_guide.checks.outcomes import Unseen
from vger_guide.checks.probes import HITS, Hit, PathProbe, Probe
from vger_guide.checks.reader import Found, Job, Reader
from vger_guide.checks.sharing import Told, share
from vger_guide.checks.tree import Entry, Kind, Tree, Unreadable


class Scanned(NamedTuple):
    """The answer to each probe, in their order, and what was read for it; `files` counts the entries of the tree."""

    seen: list[Seen]
    files: int
    read: int
    bytes_read: int


def scan(tree: Tree, probes: Sequence[Probe], told: Told | None = None) -> Scanned:
    """Return what the probes find in a tree. Raises Unavailable where it cannot be read at all, and ShareLost."""
    entries = tree.entries()
    chooser = Chooser(probes)
    found, counts = Found(), [0] * len(probes)
    jobs: list[Job] = []
    for entry in entries:
        wanted = chooser.wanted(entry)
        for index in wanted.all:
            counts[index] += 1
        for index in wanted.names:
            _look_at_name(tree, entry, probes, index, found)
        if wanted.inside and entry.kind is Kind.FILE:
            jobs.append((entry, wanted))
    for part in share(Reader(tree, probes).all, jobs, told):
        found.add(part)
    seen = [_seen(found, index, counts[index]) for index in range(len(probes))]
    return Scanned(seen, len(entries), found.read, found.bytes_read)


def _look_at_name(tree: Tree, entry: Entry, probes: Sequence[Probe], index: int, found: Found) -> None:
    """Answer a probe that asks for names."""
    probe = cast("PathProbe", probes[index])
    try:
        if (size := _counts(tree, entry, probe)) is not None:
            found.hits.setdefault(index, []).append(Hit(entry.path, value=size))
    except Unreadable as why:
        found.unseen.setdefault(index, []).append(Unseen(entry.path, str(why)))


def _counts(tree: Tree, entry: Entry, probe: PathProbe) -> int | None:
    """Return the size of an entry that a probe asks for, -1 where it does not matter, and None for any other entry."""
    if probe.kind and entry.kind.value != probe.kind:
        return None
    if probe.larger_than < 0:
        return -1
    if entry.kind is not Kind.FILE:
        return None
    size = entry.size if entry.size >= 0 else tree.size(entry)
    return size if size > probe.larger_than else None


def _seen(found: Found, index: int, files: int) -> Seen:
    hits = sorted(found.hits.get(index, []), key=lambda hit: hit[:3])
    unseen = sorted(found.unseen.get(index, []), key=lambda each: each.path)
    return Seen(hits[:HITS], files, max(0, len(hits) - HITS), unseen, found.errors.get(index, ""))
