"""The baseline: the findings that stood when the tool was adopted, by rule and fingerprint, in a file."""

import json
from collections.abc import Iterable

from vger_guide.checks.results import CheckOutcome, Result
from vger_guide.matchers.findings import FindingStatus

FILE = ".vger-baseline.json"
# 2: fingerprints are made of what was found, and not of how many there are.
VERSION = 2


class BaselineError(Exception):
    """The file is none; the message says what is wrong and how to mend it."""


def write(results: Iterable[Result]) -> str:
    """Return the text of the file for what fails and is not waived: sorted, so that a change of it is small.

    A finding without a fingerprint stands for more than are compared, and is not accepted.
    """
    found = {
        result.rule.id: sorted(
            {f.fingerprint for f in result.findings if f.fingerprint and f.standing is not FindingStatus.WAIVED}
        )
        for result in results
        if result.outcome is CheckOutcome.FAIL
    }
    findings = {rule: prints for rule, prints in sorted(found.items()) if prints}
    return json.dumps({"schemaVersion": VERSION, "findings": findings}, indent=2) + "\n"


def read(data: bytes) -> dict[str, set[str]]:
    """Return the fingerprints by rule. Raises BaselineError."""
    try:
        document = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise BaselineError(f"{FILE} is not JSON: {error}; write it again with 'vger baseline'") from None
    findings = document.get("findings") if isinstance(document, dict) else None
    if not isinstance(findings, dict) or document.get("schemaVersion") != VERSION:
        raise BaselineError(f"{FILE} is not a baseline of version {VERSION}; write it again with 'vger baseline'")
    if not all(isinstance(prints, list) and all(isinstance(p, str) for p in prints) for prints in findings.values()):
        raise BaselineError(f"{FILE} contains something other than fingerprints; write it again with 'vger baseline'")
    return {rule: set(prints) for rule, prints in findings.items()}
