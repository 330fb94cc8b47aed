"""What is kept of a look at a repository: plain data, small enough for thousands of them.

Of a rule that passed, does not apply or needs a person only the outcome is kept. Of the others the reason and the first
findings are, without the text that stands in the file: a page about many repositories needs no code of theirs.
"""

from typing import Any

from vger_guide.checks.results import CheckOutcome, Result, Run, count_key
from vger_guide.checks.rule_set import RuleSetSnapshot
from vger_guide.checks.run_settings import RunSettings
from vger_guide.matchers.credentials.mask import mask_text
from vger_guide.matchers.findings import Finding
from vger_guide.output.runs.summary import format_place
from vger_guide.text.sanitize import escape_surrogates, truncate

# Of one rule, findings; of a text, characters; of a run, notices and files that could not be read.
FINDINGS = 20
WORDS = 500
NOTICES = 50

# Of these a person wants to know more than the outcome.
_TOLD = ("fail", "waived", "error", "unavailable")
# What is told of a rule.
FACTS = ("id", "title", "level", "severity", "chapter", "statement", "mend", "address")


def record_run(run: Run, settings: RunSettings, rule_set: RuleSetSnapshot) -> dict[str, Any]:
    """Return what is kept of a run; `rule_set` is the portfolio's, whose rules are not told again."""
    known = {rule["facts"]["id"]: rule["facts"] for rule in rule_set.rules}
    return {
        "commit": run.commit,
        "tool": run.tool,
        "edition": run.edition,
        "profile": run.profile,
        "files": run.files,
        "read": run.read,
        "automated": run.automated,
        "counts": run.counts,
        "outcomes": {result.rule.id: count_key(result) for result in run.results},
        "previews": [result.rule.id for result in run.results if result.preview],
        "results": [_record_result(result) for result in run.results if count_key(result) in _TOLD],
        "rules": [facts for result in run.results if (facts := _facts(result)) and not _is_known(result, known)],
        "waivers": [
            {
                "rule": each.rule,
                "owner": _cut(mask_text(each.owner)),
                "reason": _cut(mask_text(each.reason)),
                "until": each.until.isoformat(),
            }
            for each in settings.waivers
        ],
        "notices": [{"message": _cut(each.message), "error": each.error} for each in run.notices[:NOTICES]],
        "unread": [_cut(f"{path}: {why}") for path, why in list(run.unread.items())[:NOTICES]],
        "unreadCount": len(run.unread),
    }


def _is_known(result: Result, known: dict[str, dict[str, Any]]) -> bool:
    facts = known.get(result.rule.id)
    return facts is not None and all(facts[key] == getattr(result.rule, key) for key in FACTS)


def _facts(result: Result) -> dict[str, str]:
    return {key: _cut(getattr(result.rule, key)) for key in FACTS}


def _record_result(result: Result) -> dict[str, Any]:
    open_first = sorted(result.findings, key=lambda each: each.standing.value != "open")
    return {
        "rule": result.rule.id,
        "outcome": count_key(result),
        "reason": _cut(result.reason) if result.outcome is not CheckOutcome.FAIL or not result.findings else "",
        "findings": [_record_finding(each) for each in open_first[:FINDINGS]],
        "omitted": result.omitted + max(0, len(open_first) - FINDINGS),
    }


def _record_finding(finding: Finding) -> dict[str, str]:
    return {
        "place": _cut(format_place(finding)),
        "message": _cut(finding.message),
        "standing": finding.standing.value,
        "reason": _cut(mask_text(finding.reason)),
    }


def _cut(text: str) -> str:
    return truncate(escape_surrogates(text), WORDS)
