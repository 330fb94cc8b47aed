"""`ignored`: git would ignore files of these names if they were there."""

from collections.abc import Sequence
from typing import Any

from vger_guide.matchers import Evaluation, ProbeResult
from vger_guide.matchers.findings import Finding, Need
from vger_guide.matchers.probes import Probe
from vger_guide.repo.tree import Tree

REQUIRES = Need.IGNORES


def probes(_: Any) -> list[Probe]:
    """Ask nothing of the files: git reads its ignore files itself."""
    return []


def evaluate(params: Any, _: Sequence[ProbeResult], tree: Tree) -> Evaluation:
    """Judge by what git says of each path."""
    paths = params["paths"]
    ignored = tree.ignored(paths)
    findings = tuple(Finding("", f"git does not ignore `{path}`") for path in paths if path not in ignored)
    says = "; ".join(finding.message for finding in findings) or "git ignores " + ", ".join(f"`{p}`" for p in paths)
    return Evaluation(not findings, says, findings)
