"""A SARIF log: the tool, its rules, and what went wrong on the way; the results are in `sarif_results`.

Written after SARIF 2.1.0 with its errata 01 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html).
"""

import json
from collections.abc import Iterable
from typing import Any

from vger_guide.checks.results import Notice, Outcome, RuleFacts, Run
from vger_guide.matchers.findings import UnreadableFile
from vger_guide.output.runs.sarif_results import level, location, message
from vger_guide.output.runs.summary import format_counts, format_coverage, format_headline
from vger_guide.text.markdown import escape_prose
from vger_guide.text.plural import pluralise
from vger_guide.text.sanitize import escape_invisible, escape_surrogates, safe_link, truncate

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

# GitHub cuts longer descriptions, and orders alerts of rules by its own words for a level.
DESCRIPTION = 1024
PROBLEMS = {"must": "error", "should": "warning", "may": "recommendation"}


def log(run: Run, category: str, results: Iterable[dict[str, Any]], left_out: Iterable[str]) -> str:
    """Return a log of one run. `category` tells it from others of one commit; `left_out` says what is not in it."""
    return document([entry(run, category, results, left_out)])


def document(entries: Iterable[dict[str, Any]]) -> str:
    """Return a log of several runs."""
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": list(entries)}, indent=1) + "\n"


def entry(run: Run, category: str, results: Iterable[dict[str, Any]], left_out: Iterable[str]) -> dict[str, Any]:
    """Return the entry of a run in a log; the parameters are those of `log`."""
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
    failed = any(n.error for n in run.notices) or any(r.outcome is Outcome.ERROR for r in run.results)
    return {
        "executionSuccessful": not failed,
        "toolConfigurationNotifications": [_notice(notice) for notice in run.notices],
        "toolExecutionNotifications": [*_troubles(run), *map(_warning, left_out)],
    }


def _warning(text: str) -> dict[str, Any]:
    return {"message": message(text), "level": "warning"}


def _notice(notice: Notice) -> dict[str, Any]:
    return {"message": message(notice.message), "level": "error" if notice.error else "warning"}


def _troubles(run: Run) -> Iterable[dict[str, Any]]:
    """Return the troubles of a run, and what it left out, with the rule that it concerns."""
    for index, result in enumerate(run.results):
        rule = {"id": escape_surrogates(result.rule.id), "index": index}
        if result.outcome is Outcome.ERROR:
            yield {"message": message(result.reason), "level": "error", "associatedRule": rule}
        if result.omitted:
            text = f"{pluralise(result.omitted, 'more finding')} left out."
            yield {"message": message(text), "level": "warning", "associatedRule": rule}
        yield from (_unseen(each, rule) for each in result.unseen)


def _unseen(unseen: UnreadableFile, rule: dict[str, Any]) -> dict[str, Any]:
    text = message(f"Not looked into: {unseen.reason}")
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
