"""`commits`: the first lines of commit messages match a pattern."""

from collections.abc import Sequence

from vger_guide.matchers import Evaluation, ProbeResult
from vger_guide.matchers.fields import Pattern
from vger_guide.matchers.findings import Finding, Need
from vger_guide.matchers.patterns import compile_pattern
from vger_guide.matchers.probes import SHOWN, Probe
from vger_guide.records.declaration import Declaration, declare
from vger_guide.records.kinds import Label
from vger_guide.repo.tree import Tree

REQUIRES = Need.HISTORY


class Parameters(Declaration):
    """The pattern, and how many of the newest commits have to match it. Merge commits do not count."""

    like: Pattern = declare("The pattern that a first line has to match.")
    what: Label = declare("What the pattern finds, in words, such as 'the key of a ticket'.")
    newest: int = declare("How many commits to check.", default=50, ge=1, le=1000, strict=True)
    percent: int = declare("The percentage that has to match.", ge=1, le=100, strict=True)


def probes(_: Parameters) -> list[Probe]:
    """Ask nothing of the files."""
    return []


def evaluate(params: Parameters, _: Sequence[ProbeResult], tree: Tree) -> Evaluation:
    """Judge by the newest commits that are no merges."""
    commits = [commit for commit in tree.commits(params.newest) if commit.parents < 2]
    like = compile_pattern(params.like)
    without = [each for each in commits if not like.search(each.subject.encode("utf-8", "surrogateescape"))]
    count = len(commits) - len(without)
    says = f"{count} of the newest {len(commits)} commits name {params.what}"
    if commits and count * 100 >= params.percent * len(commits):
        return Evaluation(True, says)
    such = f"; not {without[0].id[:10]} {without[0].subject[:SHOWN]}" if without else ""
    message = f"fewer than {params.percent} % of the newest commits name {params.what}"
    return Evaluation(False, says, (Finding("", message, text=f"{count} of {len(commits)}{such}"),))
