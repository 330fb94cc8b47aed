"""`content`: a pattern stands in some text file, or in none."""

from collections.abc import Sequence
from typing import Any

from vger_guide.matchers import Evaluation, ProbeResult, evaluate_expectation, to_selection
from vger_guide.matchers.findings import Finding, Need
from vger_guide.matchers.probes import TextProbe
from vger_guide.repo.tree import Tree

REQUIRES = Need.TREE


def probes(params: Any) -> list[TextProbe]:
    """Ask where each pattern stands."""
    secret = params.get("secret", False)
    return [TextProbe(to_selection(params), sought["pattern"], secret) for sought in params["find"]]


def evaluate(params: Any, seen: Sequence[ProbeResult], _: Tree) -> Evaluation:
    """Judge by the places where they stand."""
    findings = [
        Finding(hit.path, f"holds {sought['what']}", hit.line, hit.column, hit.text, hit.identity)
        for sought, found in zip(params["find"], seen, strict=True)
        for hit in found.hits
    ]
    whats = " or ".join(sought["what"] for sought in params["find"])
    none = f"none of {seen[0].files} files holds {whats if len(params['find']) < 4 else 'what the check looks for'}"
    return evaluate_expectation(params, findings, sum(found.omitted for found in seen), none)
