"""The whole run as SARIF 2.1.0, for viewers and archives: every rule, and waived findings as suppressed ones.

GitHub's code scanning takes each of these results for an alert, a pass too: `code_scanning` writes what it can read.
"""

from typing import Any

from vger_guide.checks.results import Run
from vger_guide.output.runs.sarif_log import document, entry
from vger_guide.output.runs.sarif_results import results


def write(run: Run, category: str = "vger") -> str:
    """Return the run as SARIF. `category` tells it from other runs on the same commit."""
    return document([whole(run, category)])


def whole(run: Run, category: str) -> dict[str, Any]:
    """Return the run as an entry of a log, with all its results."""
    found = [each for index, result in enumerate(run.results) for each in results(result, index)]
    return entry(run, category, found, [])
