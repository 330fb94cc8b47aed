"""A SARIF log: the tool, its rules, and its results, and what went wrong on the way.

Written after SARIF 2.1.0 with its errata 01 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html).
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from vger_guide.checks.results import CheckOutcome, Notice, Result, RuleFacts, Run
from vger_guide.matchers.findings import Finding, UnreadableFile
from vger_guide.output.runs.summary import acceptance_reason, format_counts, format_coverage, format_headline
from vger_guide.text.markdown import escape_prose
from vger_guide.text.plural import pluralise
from vger_guide.text.sanitize import escape_invisible, escape_surrogates, path_to_uri, safe_link, truncate

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

# GitHub cuts longer descriptions, and orders alerts of rules by its own words for a level.
DESCRIPTION = 1024
PROBLEMS = {"must": "error", "should": "warning", "may": "recommendation"}
LEVELS = {"must": "error", "should": "warning", "may": "note"}
# SARIF 3.27.9; an error of a check is no result but a notification.
KINDS = {
    CheckOutcome.PASS: "pass",
    CheckOutcome.NOT_APPLICABLE: "notApplicable",
    CheckOutcome.MANUAL: "review",
    CheckOutcome.UNAVAILABLE: "open",
}
# Viewers take these for the place of an argument and for a link (SARIF 3.11.5 and 3.11.6).
_ARGUMENT = re.compile(r"\{(\d+)\}")
_LINK = re.compile(r"\]\(")


def document(entries: Iterable[dict[str, Any]]) -> str:
    """Return a log of several runs."""
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": list(entries)}, indent=1) + "\n"


def entry(run: Run, category: str, results: Iterable[dict[str, Any]], left_out: Iterable[str]) -> dict[str, Any]:
    """Return the entry of a run in a log.

    `category` tells it from others of one commit; `left_out` says what is not in it.
    """
    return {
        "tool": {"driver": _driver(run)},
        "automationDetails": {"id": f"{escape_surrogates(category)}/", "description": message(format_headline(run))},
        "invocations": [_invocation(run, left_out)],
        **_provenance(run),
        "originalUriBaseIds": {"%SRCROOT%": {"description": message("The root of the repository.")}},
        "columnKind": "unicodeCodePoints",
        "results": list(results),
        "properties": _properties(run),
    }


def _driver(run: Run) -> dict[str, Any]:
    name, _, version = escape_invisible(run.tool).partition(" ")
    home = safe_link(run.site)
    return {
        "name": name or "vger",
        **({"version": version} if version else {}),
        **({"informationUri": home} if home else {}),
        "rules": [_rule(result.rule) for result in run.results],
    }


def _rule(rule: RuleFacts) -> dict[str, Any]:
    page = safe_link(rule.address)
    return {
        "id": escape_surrogates(rule.id),
        "name": truncate(escape_invisible(rule.slug), 255),
        "shortDescription": {"text": truncate(escape_invisible(rule.title), DESCRIPTION)},
        "fullDescription": {"text": truncate(escape_invisible(f"{rule.statement} {rule.why}"), DESCRIPTION)},
        **({"helpUri": page} if page else {}),
        "help": {"text": escape_invisible(f"{rule.mend} {page}".strip()) or "-", "markdown": _help(rule, page)},
        "defaultConfiguration": {"level": level(rule)},
        "properties": _rule_properties(rule),
    }


def _help(rule: RuleFacts, page: str) -> str:
    more = f"[{escape_prose(rule.id)} in the guide](<{page}>)" if page else ""
    return "\n\n".join(filter(None, [escape_prose(rule.why), escape_prose(rule.mend), more])) or "-"


def _rule_properties(rule: RuleFacts) -> dict[str, Any]:
    # There is no `security-severity`: hosts read it as a score of the kind of CVSS, and a rule has none.
    return {
        "tags": [truncate(escape_invisible(rule.chapter), 100)],
        "problem.severity": PROBLEMS.get(rule.level, "recommendation"),
        "level": escape_surrogates(rule.level),
        "severity": escape_surrogates(rule.severity),
        "revision": rule.revision,
        "section": escape_surrogates(rule.section),
    }


def _invocation(run: Run, left_out: Iterable[str]) -> dict[str, Any]:
    failed = any(n.error for n in run.notices) or any(r.outcome is CheckOutcome.ERROR for r in run.results)
    return {
        "executionSuccessful": not failed,
        "toolConfigurationNotifications": [_notice(notice) for notice in run.notices],
        "toolExecutionNotifications": [*_troubles(run), *map(_make_warning, left_out)],
    }


def _make_warning(text: str) -> dict[str, Any]:
    return {"message": message(text), "level": "warning"}


def _notice(notice: Notice) -> dict[str, Any]:
    return {"message": message(notice.message), "level": "error" if notice.error else "warning"}


def _troubles(run: Run) -> Iterable[dict[str, Any]]:
    """Return the troubles of a run, and what it left out, with the rule that it concerns."""
    for index, result in enumerate(run.results):
        rule = {"id": escape_surrogates(result.rule.id), "index": index}
        if result.outcome is CheckOutcome.ERROR:
            yield {"message": message(result.reason), "level": "error", "associatedRule": rule}
        if result.omitted:
            text = f"{pluralise(result.omitted, 'more finding')} left out."
            yield {"message": message(text), "level": "warning", "associatedRule": rule}
        yield from (_make_unseen(each, rule) for each in result.unseen)


def _make_unseen(unseen: UnreadableFile, rule: dict[str, Any]) -> dict[str, Any]:
    text = message(f"Not read: {unseen.reason}")
    return {"message": text, "level": "warning", "associatedRule": rule, "locations": [location(unseen.path)]}


def _provenance(run: Run) -> dict[str, Any]:
    """Return the commit, where the address of its repository is known: SARIF asks for both."""
    address = safe_link(run.target)
    if not run.commit or not address:
        return {}
    return {"versionControlProvenance": [{"repositoryUri": address, "revisionId": escape_surrogates(run.commit)}]}


def _properties(run: Run) -> dict[str, Any]:
    names = ("edition", "target", "commit", "profile")
    return {
        "summary": f"{format_headline(run)}. {format_coverage(run)} {format_counts(run)}.",
        "counts": run.counts,
        "coverage": {"rules": len(run.results), "automated": run.automated},
        **{name: escape_invisible(getattr(run, name)) for name in names},
    }


def message(text: str) -> dict[str, str]:
    """Return a plain text message that a viewer shows letter by letter."""
    literal = _LINK.sub(r"\](", _ARGUMENT.sub(r"{{\1}}", escape_invisible(text)))
    return {"text": literal or "-"}


def level(rule: RuleFacts) -> str:
    """Return the level of a rule's failures."""
    return LEVELS.get(rule.level, "note")


def results(result: Result, index: int) -> Iterator[dict[str, Any]]:
    """Yield what a log says of a rule; `index` is where the rule stands in it."""
    if result.outcome is CheckOutcome.FAIL:
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
        "locations": [location(finding.path, finding) for finding in result.findings if finding.path],
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
