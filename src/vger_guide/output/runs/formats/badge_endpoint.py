"""The run as the JSON that a badge of shields.io is made of (https://shields.io/badges/endpoint-badge)."""

import json

from vger_guide.checks.results import Run, count_decided, list_failures
from vger_guide.text.plural import pluralise

LABEL = "VGER guide"


def write(run: Run) -> str:
    """Return the JSON. It never says that all is well: only how many rules are met, and how many there are."""
    return json.dumps({"schemaVersion": 1, "label": LABEL, "message": message(run), "color": colour(run)}) + "\n"


def message(run: Run) -> str:
    """Return the counts, such as `12 of 30 met, 2 failed`; rules that do not apply are no part of them."""
    if not count_decided(run):
        return "nothing checked"
    counts = run.counts
    parts = [f"{counts['pass']:,} of {len(run.results) - counts['not-applicable']:,} met"]
    failed = len(list_failures(run))
    parts += [f"{failed:,} failed"] if failed else []
    parts += [f"{counts['waived']:,} waived"] if counts["waived"] else []
    parts += [pluralise(counts["error"], "error")] if counts["error"] else []
    return ", ".join(parts)


def colour(run: Run) -> str:
    """Return a colour by its name at shields.io; green is for a run in which every rule that applies is met."""
    if not count_decided(run):
        return "lightgrey"
    failed = list_failures(run)
    if failed:
        return "red" if failed[0].rule.level == "must" else "orange"
    met = run.counts["pass"] + run.counts["not-applicable"]
    return "green" if met == len(run.results) else "blue"
