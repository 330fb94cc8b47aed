"""The results of a SARIF log: one for each finding, and one for each rule without any."""

import re
from collections.abc import Iterator
from typing import Any

from vger_guide.checks.results import Outcome, Result, RuleFacts
from vger_guide.matchers.findings import Finding
from vger_guide.output.runs.summary import acceptance_reason
from vger_guide.text.sanitize import escape_invisible, escape_surrogates, path_to_uri

LEVELS = {"must": "error", "should": "warning", "may": "note"}
# SARIF 3.27.9; an error of a check is no result but a notification.
KINDS = {
    Outcome.PASS: "pass",
    Outcome.NOT_APPLICABLE: "notApplicable",
    Outcome.MANUAL: "review",
    Outcome.UNAVAILABLE: "open",
}
# Viewers take these for the place of an argument and for a link (SARIF 3.11.5 and 3.11.6).
_ARGUMENT = re.compile(r"\{(\d+)\}")
_LINK = re.compile(r"\]\(")


def message(text: str) -> dict[str, str]:
    """Return a plain text message that a viewer shows letter by letter."""
    literal = _LINK.sub(r"\](", _ARGUMENT.sub(r"{{\1}}", escape_invisible(text)))
    return {"text": literal or "-"}


def level(rule: RuleFacts) -> str:
    """Return the level of a rule's failures."""
    return LEVELS.get(rule.level, "note")


def results(result: Result, index: int) -> Iterator[dict[str, Any]]:
    """Yield what a log says of a rule; `index` is where the rule stands in it."""
    if result.outcome is Outcome.FAIL:
        yield from (failure(result, index, finding) for finding in result.findings or [Finding("", result.reason)])
    elif result.outcome in KINDS:
        yield _other(result, index)


def failure(result: Result, index: int, finding: Finding) -> dict[str, Any]:
    """Return the result of a finding. One of a preview is a note, so that no host fails because of it."""
    return {
        "ruleId": escape_surrogates(result.rule.id),
        "ruleIndex": index,
        "kind": "fail",
        "level": "note" if result.preview else level(result.rule),
        "message": message(finding.message or result.reason),
        "locations": [location(finding.path, finding)] if finding.path else [],
        **_fingerprints(finding),
        "suppressions": _suppressions(finding),
        "properties": {"preview": result.preview, "mend": escape_invisible(result.rule.mend)},
    }


def _other(result: Result, index: int) -> dict[str, Any]:
    return {
        "ruleId": escape_surrogates(result.rule.id),
        "ruleIndex": index,
        "kind": KINDS[result.outcome],
        "level": "none",
        "message": message(result.reason),
        "locations": [],
        "suppressions": [],
        "properties": {
            "preview": result.preview,
            "strength": result.strength,
            "blind": list(map(escape_invisible, result.blind)),
        },
    }


def location(path: str, finding: Finding | None = None) -> dict[str, Any]:
    """Return where a file is below the root of the repository, and where in it a finding is."""
    artifact = {"uri": path_to_uri(path), "uriBaseId": "%SRCROOT%"}
    region = _region(finding) if finding and finding.line else {}
    return {"physicalLocation": {"artifactLocation": artifact, **region}}


def _region(finding: Finding) -> dict[str, Any]:
    column = {"startColumn": finding.column} if finding.column else {}
    snippet = {"snippet": {"text": escape_invisible(finding.text)}} if finding.text else {}
    return {"region": {"startLine": finding.line, **column, **snippet}}


def _fingerprints(finding: Finding) -> dict[str, Any]:
    """Return the fingerprint under a name of our own, and under the only one that GitHub looks at."""
    mark = escape_surrogates(finding.fingerprint)
    return {"partialFingerprints": {"vgerFinding/v1": mark, "primaryLocationLineHash": mark}} if mark else {}


def _suppressions(finding: Finding) -> list[dict[str, str]]:
    reason = acceptance_reason(finding)
    return [{"kind": "external", "status": "accepted", "justification": escape_invisible(reason)}] if reason else []
