"""`commits`: the first lines of commit messages have a form."""

from collections.abc import Sequence
from typing import Any

from vger_guide.matchers import Seen, Verdict
from vger_guide.matchers.findings import Finding, Need
from vger_guide.matchers.patterns import compile_pattern
from vger_guide.matchers.probes import SHOWN, Probe
from vger_guide.repo.tree import Tree

NEED = Need.HISTORY


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
    such = f"; not {without[0].id[:10]} {without[0].subject[:SHOWN]}" if without else ""
    message = f"fewer than {wanted['percent']} % of the newest commits name {wanted['what']}"
    return Verdict(False, says, (Finding("", message, text=f"{count} of {len(commits)}{such}"),))
