"""`files`: there is a file of some size or kind, or there is none."""

from collections.abc import Sequence

from vger_guide.matchers import Evaluation, ProbeResult, evaluate_expectation, to_selection
from vger_guide.matchers.fields import BESIDES, WHICH, WITHOUT, EntryKind, Expectation, Globs, NoGlobs, Without
from vger_guide.matchers.findings import Finding, Need
from vger_guide.matchers.probes import File, FileProbe, Hit, PathProbe, Probe
from vger_guide.records.declaration import Declaration, declare
from vger_guide.records.kinds import Label
from vger_guide.repo.tree import Tree

REQUIRES = Need.TREE
ASKS_NAMES = True

KINDS = {
    None: "file",
    EntryKind.BINARY: "binary file",
    EntryKind.LINK: "symbolic link",
    EntryKind.SUBMODULE: "submodule",
}


class Parameters(Declaration):
    """Which entries; those count that are of the kind, where one is given, and larger, where a size is."""

    which: Globs = declare(WHICH)
    besides: NoGlobs = declare(BESIDES, default=())
    without: Without = declare(WITHOUT, default=())
    kind: EntryKind | None = declare("Only those of this kind.", default=None)
    larger_than: int | None = declare("Only those of more bytes.", default=None, ge=0, strict=True)
    what: Label | None = declare("What they are in words, such as 'lock file'.", default=None)
    expect: Expectation = declare("Whether one of them has to be there, or none.")


def probes(params: Parameters) -> list[Probe]:
    """Ask for names and sizes; whether a file is binary is seen in its bytes only."""
    larger_than = -1 if params.larger_than is None else params.larger_than
    if params.kind is EntryKind.BINARY:
        return [FileProbe(to_selection(params), _look, larger_than)]
    return [PathProbe(to_selection(params), params.kind or "", larger_than)]


def _look(file: File, larger_than: int) -> list[Hit]:
    size = len(file.data)
    return [Hit(file.path, value=size)] if file.binary and size > larger_than else []


def evaluate(params: Parameters, seen: Sequence[ProbeResult], _: Tree) -> Evaluation:
    """Judge by the entries of that kind and size."""
    [found] = seen
    kind = params.what or KINDS[params.kind]
    findings = [Finding(hit.path, f"is a {kind}{_size_phrase(hit.value)}") for hit in found.hits]
    more = f" of more than {_amount(params.larger_than)}" if params.larger_than else ""
    return evaluate_expectation(params.expect, findings, found.omitted, f"there is no {kind}{more}")


def _size_phrase(size: int) -> str:
    return f" of {_amount(size)}" if size >= 0 else ""


def _amount(size: int) -> str:
    """Return a number of bytes in the unit that suits it."""
    for unit, factor in (("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1000)):
        if size >= factor:
            return f"{size / factor:.1f} {unit}"
    return f"{size} bytes"
