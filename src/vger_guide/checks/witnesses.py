"""What tools reported, held against the files that are checked: confirmed there, or only told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from vger_guide.evidence.mappings import Meaning, Side
from vger_guide.evidence.sightings import Sighting, ToolRun
from vger_guide.matchers.findings import identify
from vger_guide.matchers.patterns import compile_pattern
from vger_guide.repo.path_kinds import path_kinds
from vger_guide.repo.tree import Tree, UnreadableFileError
from vger_guide.repo.tree import TreeEntry as TreeEntry
from vger_guide.text.sanitize import truncate

# Lines of a place that are searched, and characters of a line that are shown.
LINES = 400
SHOWN = 200
# The fewest letters of an id of a commit that tell it from others.
LEAST_COMMIT = 7


class Credit(StrEnum):
    """What a report is worth: it stands in the file, a tool says so, it does not count, or it favours the rule."""

    CONFIRMED = "confirmed"
    TOLD = "told"
    SUPPRESSED = "suppressed"
    STALE = "stale"
    FAVOURABLE = "favourable"


@dataclass(frozen=True)
class Witness:
    """A tool that reported something about a rule: which, by which id, what, where, and what that is worth.

    `text` is the line that confirms it, or empty where that is a secret, and `identity` tells it from others.
    """

    rule: str
    tool: str
    id: str
    says: str
    credit: Credit
    path: str = ""
    line: int = 0
    text: str = ""
    identity: str = ""


def is_stale(run: ToolRun, tree: Tree) -> bool:
    """Tell whether a run names another commit than the one that is checked."""
    return _is_other(run.commit, tree)


def is_current(run: ToolRun, tree: Tree) -> bool:
    """Tell whether a run names the commit that is checked; its id may be shortened."""
    return _is_same(run.commit, tree)


def _is_other(commit: str, tree: Tree) -> bool:
    return bool(commit and tree.commit) and not _is_same(commit, tree)


def _is_same(commit: str, tree: Tree) -> bool:
    return len(commit) >= LEAST_COMMIT and tree.commit.lower().startswith(commit)


def hear(runs: Iterable[ToolRun], tree: Tree) -> list[list[Witness]]:
    """Return what each run reports of rules, in files of the tree; what is left out of it the runs count.

    Each file is read once, and only where something in it has to be confirmed.
    """
    entries = {entry.path: entry for entry in tree.entries()}
    return [list(_hear_run(run, entries, tree)) for run in runs]


def _hear_run(run: ToolRun, entries: dict[str, TreeEntry], tree: Tree) -> Iterator[Witness]:
    stale = is_stale(run, tree)
    path, lines = "", _Lines(b"")
    for sighting in sorted(run.sightings, key=lambda each: each.path):
        if sighting.path and sighting.path not in entries:
            run.absent += 1
            continue
        if sighting.path != path:
            path = sighting.path
            lines = _Lines.of(entries[path], tree) if not stale else _Lines(b"")
        yield from _hear_sighting(run, sighting, lines, stale=stale or _is_other(sighting.commit, tree))


def _hear_sighting(run: ToolRun, sighting: Sighting, lines: _Lines, *, stale: bool) -> Iterator[Witness]:
    """Yield what a finding says of each rule: once, and confirmed where one of its meanings is."""
    assert run.tool  # noqa: S101 - the caller's
    kinds = path_kinds(sighting.path)
    found: dict[str, Witness] = {}
    passed_over = []
    for index in sighting.entries:
        entry, meaning = run.tool.entries[index]
        if kinds.intersection(meaning.without):
            passed_over.append("left_out")
            continue
        place = None if stale or sighting.suppressed or sighting.open else _confirm(meaning, sighting, lines)
        if place is None and sighting.id not in entry.ids:
            passed_over.append("vague")  # a weakness or a tag alone says too little
        elif place or meaning.rule not in found:
            credit = _credit(meaning, sighting, confirmed=place is not None, stale=stale)
            found[meaning.rule] = _make_witness(run.tool.facts.title, sighting, meaning, credit, place)
    if not found:
        run.left_out += passed_over[:1] == ["left_out"]
        run.vague += passed_over[:1] == ["vague"]
    yield from found.values()


def _make_witness(tool: str, sighting: Sighting, meaning: Meaning, credit: Credit, place: _Place | None) -> Witness:
    return Witness(
        rule=meaning.rule,
        tool=tool,
        id=sighting.id,
        says=meaning.says,
        credit=credit,
        path=sighting.path,
        line=place.line if place else sighting.line,
        text=place.text if place and not meaning.secret else "",
        identity=place.identity if place else "",
    )


def _credit(meaning: Meaning, sighting: Sighting, *, confirmed: bool, stale: bool) -> Credit:
    if stale:
        return Credit.STALE
    if sighting.suppressed:
        return Credit.SUPPRESSED
    if meaning.speaks is Side.FOR:
        return Credit.FAVOURABLE
    return Credit.CONFIRMED if confirmed else Credit.TOLD


@dataclass(frozen=True)
class _Place:
    line: int
    text: str
    identity: str


def _confirm(meaning: Meaning, sighting: Sighting, lines: _Lines) -> _Place | None:
    """Return the place that confirms a finding, or None."""
    if meaning.reports:
        said = sighting.says.encode(errors="replace")
        if not compile_pattern(meaning.reports, groups=False).search(said):
            return None
        if not meaning.confirm:
            return _Place(sighting.line, "", identify(sighting.id, sighting.path))
    return lines.find(meaning.confirm, meaning.unless, sighting.line, sighting.end) if meaning.confirm else None


class _Lines:
    """The text of a file, in which places are found by their lines."""

    def __init__(self, data: bytes) -> None:
        self._lines = data.split(b"\n")

    @classmethod
    def of(cls, entry: TreeEntry, tree: Tree) -> _Lines:
        """Return the text of a file; one that cannot be read confirms nothing."""
        try:
            return cls(tree.read(entry))
        except UnreadableFileError:
            return cls(b"")

    def find(self, pattern: str, unless: str | None, first: int, last: int) -> _Place | None:
        """Return where a pattern stands in some lines, which count from 1; 0 is no line, and holds nothing."""
        if not first:
            return None
        text = b"\n".join(self._lines[first - 1 : min(last, first + LINES - 1)])
        found = compile_pattern(pattern, groups=False).search(text)
        if not found or (unless and compile_pattern(unless, groups=False).search(text)):
            return None
        begin, end = found.span()
        # What decides stands at the end: a pattern may begin with the line before, or with the block around it.
        line = first + text.count(b"\n", 0, max(begin, end - 1))
        shown = self._lines[line - 1].decode("utf-8", "replace").strip()
        return _Place(line, truncate(shown, SHOWN), identify(text[begin:end]))


def group_by_rule(witnesses: Iterable[Witness]) -> dict[str, list[Witness]]:
    """Return witnesses by the rule that they are about."""
    found: dict[str, list[Witness]] = {}
    for each in witnesses:
        found.setdefault(each.rule, []).append(each)
    return found
