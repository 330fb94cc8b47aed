"""The outcomes of checks that stand in a review, as SARIF 2.1.0: a run of each target in one log.

The form is that of https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html, with its errata 01. People's
answers are not in it. A rule that no check has looked at is there, as one that needs a person or was not looked at;
what a review does not keep of an outcome is said in `runs` and in each run.
"""

from vger_guide.output.reviews.check_runs import to_runs
from vger_guide.output.runs.formats.sarif import whole
from vger_guide.output.runs.sarif_log import document
from vger_guide.reviews.context import ReviewContext

SUFFIX = ".sarif"


def write(context: ReviewContext) -> bytes:
    """Return the log. The category of a run is `vger-review/` and the target's id."""
    return document(whole(run, f"vger-review/{target.id}") for target, run in to_runs(context)).encode()
