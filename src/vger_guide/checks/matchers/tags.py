"""`tags`: the tags of the repository have names of a form."""

from collections.abc import Sequence
from typing import Any

from vger_guide.checks.matchers import Seen, Verdict
from vger_guide.checks.outcomes import Finding, Need
from vger_guide.checks.patterns import compile_pattern
from vger_guide.checks.probes import Probe
from vger_guide.checks.tree import Tree

NEED = Need.HISTORY


def probes(_: Any) -> list[Probe]:
    """Ask nothing of the files."""
    return []


def judge(wanted: Any, _: Sequence[Seen], tree: Tree) -> Verdict:
    """Judge by the names of the tags that count."""
    besides = wanted.get("besides")
    names = [name for name in tree.tags() if not (besides and _has(besides, name))]
    others = [name for name in names if not _has(wanted["like"], name)]
    if not names:
        return Verdict(False, "there are no tags", (Finding("", "there is no tag"),))
    holds = not others if wanted["how_many"] == "all" else len(others) < len(names)
    findings = tuple(Finding("", f"the tag `{name}` is not {wanted['what']}") for name in others)
    says = f"{len(names) - len(others)} of {len(names)} tags are each {wanted['what']}"
    return Verdict(holds, says, () if holds else findings)


def _has(pattern: str, name: str) -> bool:
    return compile_pattern(pattern).search(name.encode("utf-8", "surrogateescape")) is not None
