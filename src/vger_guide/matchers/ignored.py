"""`ignored`: git would ignore files of these names if they were there."""

from collections.abc import Sequence

from vger_guide.matchers import Evaluation, ProbeResult
from vger_guide.matchers.fields import Path
from vger_guide.matchers.findings import Finding, Need
from vger_guide.matchers.probes import Probe
from vger_guide.records.declaration import Declaration, declare
from vger_guide.repo.tree import Tree

REQUIRES = Need.IGNORES


class Parameters(Declaration):
    """Paths to try, such as `.env`: each has to be ignored."""

    paths: tuple[Path, ...] = declare("Paths to try; each has to be ignored.", min_length=1, max_length=20)


def probes(_: Parameters) -> list[Probe]:
    """Ask nothing of the files: git reads its ignore files itself."""
    return []


def evaluate(params: Parameters, _: Sequence[ProbeResult], tree: Tree) -> Evaluation:
    """Judge by what git says of each path."""
    paths = params.paths
    ignored = tree.ignored(paths)
    findings = tuple(Finding("", f"git does not ignore `{path}`") for path in paths if path not in ignored)
    says = "; ".join(finding.message for finding in findings) or "git ignores " + ", ".join(f"`{p}`" for p in paths)
    return Evaluation(not findings, says, findings)
