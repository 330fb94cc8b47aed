"""`commits`: the first lines of commit messages have a form."""

from collections.abc import Sequence
from typing import Any

from vger_guide.checks.matchers import Seen, Verdict
from vger_guide.checks.outcomes import Finding, Need
from vger_guide.checks.patterns import compile_pattern
from vger_guide.checks.probes import SHOWN, Probe
from vger_guide.checks.tree import Tree

NEED = Need.HISTORY

# Commits without the form that are shown.
EXAMPLES = 5


def probes(_: Any) -> list[Probe]:
    """Ask nothing of the files."""
    return []


def judge(wanted: Any, _: Sequence[Seen], tree: Tree) -> Verdict:
    """Judge by the newest commits that are no merges."""
    commits = [commit for commit in tree.commits(wanted["newest"]) if commit.parents < 2]
    like = compile_pattern(wanted["like"])
    without = [each for each in commits if not like.search(each.subject.encode("utf-8", "surrogateescape"))]
    count = len(commits) - len(without)
    says = f"{count} of the newest {len(commits)} commits name {wanted['what']}"
    if commits and count * 100 >= wanted["percent"] * len(commits):
        return Verdict(True, says)
    shown = [
        Finding("", f"commit {each.id[:10]} does not name {wanted['what']}", text=each.subject[:SHOWN])
        for each in without[:EXAMPLES]
    ]
    summary = Finding("", f"only {says}; {wanted['percent']} % are asked")
    return Verdict(False, says, (summary, *shown), len(without) - len(shown))
