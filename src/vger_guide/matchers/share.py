"""`share`: of some files, enough are of a form."""

from collections.abc import Sequence
from typing import Any

from vger_guide.matchers import Evaluation, ProbeResult, narrow_selection
from vger_guide.matchers.findings import Finding, Need, identify
from vger_guide.matchers.probes import PathProbe
from vger_guide.repo.tree import Tree

REQUIRES = Need.TREE

# Files of another form that are shown.
EXAMPLES = 5


def probes(params: Any) -> list[PathProbe]:
    """Ask which files there are of the form, and of all forms."""
    return [PathProbe(narrow_selection(params[name], params)) for name in ("which", "among")]


def evaluate(params: Any, seen: Sequence[ProbeResult], _: Tree) -> Evaluation:
    """Judge by the numbers of both."""
    of_form, all_ = ({hit.path for hit in found.hits} for found in seen)
    others = sorted(all_ - of_form)
    count = len(all_) - len(others)
    if not all_:
        none = f"there are no {params['what']}"
        return Evaluation(False, none, (Finding("", none),))
    says = f"{count} of {len(all_)} files are {params['what']}"
    if count * 100 >= params["percent"] * len(all_):
        return Evaluation(True, says)
    message = f"is none of the {params['what']}, as more than {100 - params['percent']} % are"
    findings = tuple(Finding(path, message, fingerprint=identify(message)) for path in others[:EXAMPLES])
    return Evaluation(False, says, findings, is_absence=True)
