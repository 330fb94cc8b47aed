"""The whole run as SARIF 2.1.0, for viewers and archives: every rule, and waived findings as suppressed ones.

As `code-scanning` it has what GitHub's code scanning reads as it is meant. That takes every result for an alert,
whatever its kind and suppressions, and refuses a whole file for one result without a place
(https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning,
github/codeql-action issues 1230, 1738 and 2459). So only open findings are there, each with a file and a line, and at
most as many as GitHub shows; what is left out is counted.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from vger_guide.checks.results import Run, select_results
from vger_guide.matchers.findings import Finding
from vger_guide.output.runs.sarif_log import document, entry, failure, results
from vger_guide.output.runs.summary import format_acceptances, list_open_findings
from vger_guide.text.plural import pluralise

# GitHub shows so many of the results of a run; it refuses more than 25,000.
MOST = 5_000
# It refuses a file that is longer when packed; JSON never grows by packing, and rules and notices need room too.
MOST_BYTES = 7_000_000
# Stands for the path of a finding about the repository as a whole.
WHOLE = "the-repository-as-a-whole"


def write(run: Run, category: str = "vger", *, code_scanning: bool = False) -> str:
    """Return the run as SARIF, or its open findings, worst first, for `code_scanning`.

    `category` tells it from other runs on the same commit.
    """
    return document([_alerts(run, category) if code_scanning else whole(run, category)])


def whole(run: Run, category: str) -> dict[str, Any]:
    """Return the run as an entry of a log, with all its results."""
    found = [each for index, result in enumerate(run.results) for each in results(result, index)]
    return entry(run, category, found, [])


def _alerts(run: Run, category: str) -> dict[str, Any]:
    found = list(_failures(run))
    fitting = list(_take_fitting(found))
    counted = replace(run, results=tuple(replace(result, unseen=()) for result in run.results))
    return entry(counted, category, fitting, _left_out(run, len(found) - len(fitting)))


def _failures(run: Run) -> Iterator[dict[str, Any]]:
    places = {result.rule.id: index for index, result in enumerate(run.results)}
    for result in select_results(run, "fail"):
        for finding in list_open_findings(result):
            said = failure(result, places[result.rule.id], _with_place(finding))
            said.pop("suppressions")
            yield said


def _with_place(finding: Finding) -> Finding:
    return replace(finding, path=finding.path or WHOLE, line=finding.line or 1)


def _take_fitting(found: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    size = 0
    for each in found[:MOST]:
        size += len(json.dumps(each, indent=1))
        if size > MOST_BYTES:
            return
        yield each


def _left_out(run: Run, findings: int) -> Iterator[str]:
    if findings:
        yield f"{pluralise(findings, 'finding')} left out: GitHub shows no more."
    for result in run.results:
        yield from (f"{result.rule.id}: {text}" for text in format_acceptances(result))
        if result.unseen:
            yield f"{result.rule.id}: {pluralise(len(result.unseen), 'file')} could not be read."
