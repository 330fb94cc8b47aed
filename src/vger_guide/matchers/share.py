"""`share`: of some files, enough are of a form."""

from collections.abc import Sequence

from vger_guide.matchers import Evaluation, ProbeResult
from vger_guide.matchers.fields import BESIDES, WHICH, WITHOUT, Globs, NoGlobs, Without
from vger_guide.matchers.findings import Finding, Need, identify
from vger_guide.matchers.probes import FileSelection, PathProbe
from vger_guide.records.declaration import Declaration, declare
from vger_guide.records.kinds import Label
from vger_guide.repo.tree import Tree

REQUIRES = Need.TREE
ASKS_NAMES = True

# Files of another form that are shown.
EXAMPLES = 5


class Parameters(Declaration):
    """The files that count, those of them that have the form, and the share that has to."""

    which: Globs = declare(WHICH)
    among: Globs = declare("Which files count, as globs.")
    besides: NoGlobs = declare(BESIDES, default=())
    without: Without = declare(WITHOUT, default=())
    what: Label = declare("Those of the form in words, such as 'pages in Markdown'.")
    percent: int = declare("How many in a hundred have to have the form.", ge=1, le=100, strict=True)


def probes(params: Parameters) -> list[PathProbe]:
    """Ask which files there are of the form, and of all forms."""
    return [PathProbe(FileSelection(globs, params.besides, params.without)) for globs in (params.which, params.among)]


def evaluate(params: Parameters, seen: Sequence[ProbeResult], _: Tree) -> Evaluation:
    """Judge by the numbers of both."""
    of_form, all_ = ({hit.path for hit in found.hits} for found in seen)
    others = sorted(all_ - of_form)
    count = len(all_) - len(others)
    if not all_:
        none = f"there are no {params.what}"
        return Evaluation(False, none, (Finding("", none),))
    says = f"{count} of {len(all_)} files are {params.what}"
    if count * 100 >= params.percent * len(all_):
        return Evaluation(True, says)
    message = f"is not among the {params.what}; at least {params.percent} % of the files have to be"
    findings = tuple(Finding(path, message, fingerprint=identify(message)) for path in others[:EXAMPLES])
    return Evaluation(False, says, findings, is_absence=True)
