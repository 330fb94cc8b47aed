"""`paths`: there is an entry of some name, or there is none."""

from collections.abc import Sequence
from typing import Any

from vger_guide.matchers import Evaluation, ProbeResult, evaluate_expectation, format_globs, to_selection
from vger_guide.matchers.findings import Finding, Need
from vger_guide.matchers.probes import PathProbe
from vger_guide.repo.tree import Tree

REQUIRES = Need.TREE
ASKS_NAMES = True


def probes(params: Any) -> list[PathProbe]:
    """Ask which entries there are."""
    return [PathProbe(to_selection(params))]


def evaluate(params: Any, seen: Sequence[ProbeResult], _: Tree) -> Evaluation:
    """Judge by the entries that there are."""
    [found] = seen
    findings = [Finding(hit.path, "is in the repository") for hit in found.hits]
    none = (
        f"there is no {params['what']}"
        if "what" in params
        else f"nothing is named like {format_globs(params['which'])}"
    )
    return evaluate_expectation(params, findings, found.omitted, none)
