"""`content`: at least one text file matches a pattern, or none does."""

from collections.abc import Sequence

from vger_guide.matchers import Evaluation, ProbeResult, evaluate_expectation, join_sought, to_selection
from vger_guide.matchers.fields import BESIDES, WHICH, WITHOUT, Expectation, Globs, NoGlobs, Pattern, Without
from vger_guide.matchers.findings import Finding, Need
from vger_guide.matchers.probes import TextProbe
from vger_guide.records.declaration import Declaration, declare
from vger_guide.records.kinds import Label
from vger_guide.repo.tree import Tree

REQUIRES = Need.TREE


class Sought(Declaration):
    """A pattern, and what it finds."""

    what: Label = declare("What it finds, such as 'an AWS access key'.")
    pattern: Pattern = declare("The pattern, searched in the whole text of a file.")


class Parameters(Declaration):
    """The files to search, what to find, and whether at least one match or none is expected."""

    which: Globs = declare(WHICH)
    besides: NoGlobs = declare(BESIDES, default=())
    without: Without = declare(WITHOUT, default=())
    find: tuple[Sought, ...] = declare("What to find; one match is enough.", min_length=1, max_length=40)
    expect: Expectation = declare("Whether a match is required (`present`) or forbidden (`absent`).")
    secret: bool = declare("Matches are secrets and are shown masked.", default=False)


def probes(params: Parameters) -> list[TextProbe]:
    """Ask where each pattern stands."""
    return [TextProbe(to_selection(params), sought.pattern, params.secret) for sought in params.find]


def evaluate(params: Parameters, seen: Sequence[ProbeResult], _: Tree) -> Evaluation:
    """Judge by the places where they stand."""
    # Several patterns may find the same thing in a line; a secret is told from another by its identity.
    findings: dict[tuple[str, int, str, str], Finding] = {}
    for sought, found in zip(params.find, seen, strict=True):
        for hit in found.hits:
            finding = Finding(hit.path, f"holds {sought.what}", hit.line, hit.column, hit.text, hit.identity)
            findings.setdefault((hit.path, hit.line, sought.what, hit.identity), finding)
    none = f"none of {seen[0].files} files holds {join_sought(sought.what for sought in params.find)}"
    return evaluate_expectation(params.expect, list(findings.values()), sum(found.omitted for found in seen), none)
