"""`paths`: the repository contains a file with a given name, or contains none."""

from collections.abc import Sequence

from vger_guide.matchers import Evaluation, ProbeResult, evaluate_expectation, format_globs, to_selection
from vger_guide.matchers.fields import BESIDES, WHICH, WITHOUT, Expectation, Globs, NoGlobs, Without
from vger_guide.matchers.findings import THERE, Finding, Need
from vger_guide.matchers.probes import PathProbe
from vger_guide.records.declaration import Declaration, declare
from vger_guide.records.kinds import Label
from vger_guide.repo.tree import Tree

REQUIRES = Need.TREE
ASKS_NAMES = True


class Parameters(Declaration):
    """The files and links to look for, and whether at least one or none is expected."""

    which: Globs = declare(WHICH)
    besides: NoGlobs = declare(BESIDES, default=())
    without: Without = declare(WITHOUT, default=())
    what: Label | None = declare("What they are, in words, such as 'lock file'.", default=None)
    expect: Expectation = declare("Whether one of them is required (`present`) or all are forbidden (`absent`).")


def probes(params: Parameters) -> list[PathProbe]:
    """Ask which entries there are."""
    return [PathProbe(to_selection(params))]


def evaluate(params: Parameters, seen: Sequence[ProbeResult], _: Tree) -> Evaluation:
    """Judge by the entries that there are."""
    [found] = seen
    findings = [Finding(hit.path, THERE) for hit in found.hits]
    none = f"there is no {params.what}" if params.what else f"nothing is named like {format_globs(params.which)}"
    return evaluate_expectation(params.expect, findings, found.omitted, none)
