"""`ignored`: git would ignore files of these names if they were there."""

import posixpath
from collections.abc import Sequence
from typing import Any

from vger_guide.matchers import Evaluation, ProbeResult
from vger_guide.matchers.findings import Finding, Need
from vger_guide.matchers.probes import PathProbe, Selection
from vger_guide.repo.tree import Tree

REQUIRES = Need.IGNORES
# So many paths are named in a sentence.
SHOWN = 3


def probes(params: Any) -> list[PathProbe]:
    """Ask for the files in whose folders the paths are tried; git reads its ignore files itself."""
    beside = params.get("beside")
    return [PathProbe(Selection(tuple(beside)))] if beside else []


def evaluate(params: Any, seen: Sequence[ProbeResult], tree: Tree) -> Evaluation:
    """Judge by what git says of each path."""
    folders = sorted({posixpath.dirname(hit.path) for found in seen for hit in found.hits}) or [""]
    paths = [posixpath.join(folder, path) for folder in folders for path in params["paths"]]
    ignored = tree.ignored(paths)
    findings = tuple(Finding("", f"git does not ignore `{path}`") for path in paths if path not in ignored)
    says = "; ".join(finding.message for finding in findings) or "git ignores " + _named(paths)
    return Evaluation(not findings, says, findings)


def _named(paths: Sequence[str]) -> str:
    more = len(paths) - SHOWN
    return ", ".join(f"`{path}`" for path in paths[:SHOWN]) + (f" and {more} more" if more > 0 else "")
