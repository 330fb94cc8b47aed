"""`content`: a pattern stands in some text file, or in none."""

from collections.abc import Sequence
from typing import Any

from vger_guide.checks.matchers import Seen, Verdict, expected, selection
from vger_guide.checks.outcomes import Finding, Need
from vger_guide.checks.probes import TextProbe
from vger_guide.checks.tree import Tree

NEED = Need.TREE


def probes(wanted: Any) -> list[TextProbe]:
    """Ask where the pattern stands."""
    return [TextProbe(selection(wanted), wanted["pattern"], wanted.get("secret", False))]


def judge(wanted: Any, seen: Sequence[Seen], _: Tree) -> Verdict:
    """Judge by the places where it stands."""
    [found] = seen
    findings = [Finding(hit.path, f"holds {wanted['what']}", hit.line, hit.column, hit.text) for hit in found.hits]
    return expected(wanted, findings, found.omitted, f"none of {found.files} files holds {wanted['what']}")
