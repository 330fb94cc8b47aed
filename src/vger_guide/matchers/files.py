"""`files`: there is a file of some size or kind, or there is none."""

from collections.abc import Sequence
from typing import Any

from vger_guide.matchers import Evaluation, ProbeResult, evaluate_expectation, to_selection
from vger_guide.matchers.findings import Finding, Need
from vger_guide.matchers.probes import File, FileProbe, Hit, PathProbe, Probe
from vger_guide.repo.tree import Tree

REQUIRES = Need.TREE
ASKS_NAMES = True

BINARY = "binary"
KINDS = {"": "file", BINARY: "binary file", "link": "symbolic link", "submodule": "submodule"}


def probes(params: Any) -> list[Probe]:
    """Ask for names and sizes; whether a file is binary is seen in its bytes only."""
    kind, larger_than = params.get("kind", ""), params.get("larger_than", -1)
    if kind == BINARY:
        return [FileProbe(to_selection(params), _look, larger_than)]
    return [PathProbe(to_selection(params), kind, larger_than)]


def _look(file: File, larger_than: int) -> list[Hit]:
    size = len(file.data)
    return [Hit(file.path, value=size)] if file.binary and size > larger_than else []


def evaluate(params: Any, seen: Sequence[ProbeResult], _: Tree) -> Evaluation:
    """Judge by the entries of that kind and size."""
    [found] = seen
    kind = params.get("what") or KINDS[params.get("kind", "")]
    findings = [Finding(hit.path, f"is a {kind}{_size_phrase(hit.value)}") for hit in found.hits]
    limit = params.get("larger_than", -1)
    more = f" of more than {_amount(limit)}" if limit > 0 else ""
    return evaluate_expectation(params, findings, found.omitted, f"none of {found.files} files is a {kind}{more}")


def _size_phrase(size: int) -> str:
    return f" of {_amount(size)}" if size >= 0 else ""


def _amount(size: int) -> str:
    """Return a number of bytes in the unit that suits it."""
    for unit, factor in (("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1000)):
        if size >= factor:
            return f"{size / factor:.1f} {unit}"
    return f"{size} bytes"
