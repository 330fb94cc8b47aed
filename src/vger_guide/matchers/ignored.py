"""`ignored`: git would ignore files of these names if they were there."""

from collections.abc import Iterator, Sequence
from typing import Any

from vger_guide.matchers import Evaluation, ProbeResult
from vger_guide.matchers.findings import Finding, Need
from vger_guide.matchers.probes import Probe
from vger_guide.repo.tree import Tree

REQUIRES = Need.IGNORES

# Folders that are tried, and paths that are shown.
MOST = 5000
SHOWN = 5


def probes(_: Any) -> list[Probe]:
    """Ask nothing of the files: git reads its ignore files itself."""
    return []


def evaluate(params: Any, _: Sequence[ProbeResult], tree: Tree) -> Evaluation:
    """Judge by what git says of each path."""
    paths = list(_tried(params, tree))
    ignored = tree.ignored(paths)
    open_ = [path for path in paths if path not in ignored]
    findings = tuple(Finding("", f"git does not ignore `{path}`") for path in open_[:SHOWN])
    more = f", nor {len(open_) - SHOWN} more" if len(open_) > SHOWN else ""
    says = "; ".join(finding.message for finding in findings) + more
    names = ", ".join(f"`{path}`" for path in params["paths"])
    where = " in any folder" if params.get("everywhere") else ""
    return Evaluation(not findings, says or f"git ignores {names}{where}", findings)


def _tried(params: Any, tree: Tree) -> Iterator[str]:
    """Yield the paths at the root, and where that is asked in every folder that holds files."""
    folders = {""}
    if params.get("everywhere"):
        folders |= {entry.path.rpartition("/")[0] for entry in tree.entries()}
    for folder in sorted(folders)[:MOST]:
        yield from (f"{folder}/{path}" if folder else path for path in params["paths"])
