"""`content`: a pattern stands in some text file, or in none."""

from collections.abc import Sequence
from typing import Any

from vger_guide.matchers import Seen, Verdict, expected, selection
from vger_guide.matchers.findings import Finding, Need
from vger_guide.matchers.probes import TextProbe
from vger_guide.repo.tree import Tree

NEED = Need.TREE


def probes(wanted: Any) -> list[TextProbe]:
    """Ask where each pattern stands."""
    secret = wanted.get("secret", False)
    return [TextProbe(selection(wanted), sought["pattern"], secret) for sought in wanted["find"]]


def judge(wanted: Any, seen: Sequence[Seen], _: Tree) -> Verdict:
    """Judge by the places where they stand."""
    findings = [
        Finding(hit.path, f"holds {sought['what']}", hit.line, hit.column, hit.text)
        for sought, found in zip(wanted["find"], seen, strict=True)
        for hit in found.hits
    ]
    whats = " or ".join(sought["what"] for sought in wanted["find"])
    none = f"none of {seen[0].files} files holds {whats if len(wanted['find']) < 4 else 'what the check looks for'}"
    return expected(wanted, findings, sum(found.omitted for found in seen), none)
