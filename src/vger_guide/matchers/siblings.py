"""`siblings`: files of one kind stand in the same folder as files of another, or in none."""

from collections.abc import Sequence

from vger_guide.matchers import Evaluation, ProbeResult, evaluate_expectation, to_selection
from vger_guide.matchers.fields import BESIDES, WHICH, WITHOUT, Expectation, Globs, NoGlobs, Without
from vger_guide.matchers.findings import Finding, Need
from vger_guide.matchers.probes import FileSelection, Hit, PathProbe
from vger_guide.records.declaration import Declaration, declare
from vger_guide.records.kinds import Label
from vger_guide.repo.tree import Tree

REQUIRES = Need.TREE
ASKS_NAMES = True


class Parameters(Declaration):
    """The files, those of the other kind, and whether some of them have to share a folder or none may."""

    which: Globs = declare(WHICH)
    of: Globs = declare("The files of the other kind, as globs.")
    besides: NoGlobs = declare(BESIDES, default=())
    without: Without = declare(WITHOUT, default=())
    what: Label = declare("What the files are, such as 'infrastructure code'.")
    expect: Expectation = declare("Whether some have to share a folder (`present`) or none may (`absent`).")


def probes(params: Parameters) -> list[PathProbe]:
    """Ask which files there are of either kind."""
    return [PathProbe(to_selection(params)), PathProbe(FileSelection(params.of, params.besides, params.without))]


def evaluate(params: Parameters, seen: Sequence[ProbeResult], _: Tree) -> Evaluation:
    """Judge by the folders of both kinds; a folder is told of once, with the first file of each kind in it."""
    found, others = seen
    folders = _first_by_folder(others.hits)
    findings = [
        Finding(path, f"is {params.what} in the folder of `{folders[folder]}`")
        for folder, path in _first_by_folder(found.hits).items()
        if folder in folders
    ]
    none = f"{params.what} shares no folder with what it is to be apart from"
    return evaluate_expectation(params.expect, findings, 0, none)


def _first_by_folder(hits: Sequence[Hit]) -> dict[str, str]:
    """Return the first path of each folder."""
    paths = sorted((hit.path for hit in hits), reverse=True)
    return {path.rpartition("/")[0]: path for path in paths}
