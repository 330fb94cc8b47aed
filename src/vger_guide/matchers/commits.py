"""`commits`: the first lines of commit messages have a form."""

from collections.abc import Sequence
from typing import Any

from vger_guide.matchers import Evaluation, ProbeResult
from vger_guide.matchers.findings import Finding, Need, identify
from vger_guide.matchers.patterns import compile_pattern
from vger_guide.matchers.probes import SHOWN, Probe
from vger_guide.repo.tree import Tree

REQUIRES = Need.HISTORY


def probes(_: Any) -> list[Probe]:
    """Ask nothing of the files."""
    return []


def evaluate(params: Any, _: Sequence[ProbeResult], tree: Tree) -> Evaluation:
    """Judge by the newest commits that are no merges."""
    commits = [commit for commit in tree.commits(params["newest"]) if commit.parents < 2]
    like = compile_pattern(params["like"])
    without = [each for each in commits if not like.search(each.subject.encode("utf-8", "surrogateescape"))]
    count = len(commits) - len(without)
    says = f"{count} of the newest {len(commits)} commits name {params['what']}"
    if commits and count * 100 >= params["percent"] * len(commits):
        return Evaluation(True, says)
    such = f"; not {without[0].id[:10]} {without[0].subject[:SHOWN]}" if without else ""
    message = f"fewer than {params['percent']} % of the newest commits name {params['what']}"
    return Evaluation(
        False, says, (Finding("", message, text=f"{count} of {len(commits)}{such}", fingerprint=identify(message)),)
    )
