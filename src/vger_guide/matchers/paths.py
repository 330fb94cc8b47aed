"""`paths`: there is an entry of some name, or there is none."""

from collections.abc import Sequence
from typing import Any

from vger_guide.matchers import Seen, Verdict, expected, selection, shown
from vger_guide.matchers.findings import Finding, Need
from vger_guide.matchers.probes import PathProbe
from vger_guide.repo.tree import Tree

NEED = Need.TREE


def probes(wanted: Any) -> list[PathProbe]:
    """Ask which entries there are."""
    return [PathProbe(selection(wanted))]


def judge(wanted: Any, seen: Sequence[Seen], _: Tree) -> Verdict:
    """Judge by the entries that there are."""
    [found] = seen
    findings = [Finding(hit.path, "is in the repository") for hit in found.hits]
    none = f"there is no {wanted['what']}" if "what" in wanted else f"nothing is named like {shown(wanted['which'])}"
    return expected(wanted, findings, found.omitted, none)
