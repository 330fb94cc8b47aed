"""What checks said of the targets of a review, as runs that the writers of reports take.

A review keeps less than a run had: of each rule the outcome, its reason, how many findings there were and up to 50
places of them. The messages of findings, their text and fingerprints, the reasons why they were accepted, and what
could not be looked into are lost, and every run says so.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from vger_guide.catalog.rule_facts import rule_facts
from vger_guide.catalog.rules import Rule
from vger_guide.checks.results import CheckOutcome as Kind
from vger_guide.checks.results import Notice, Result, RuleFacts, Run
from vger_guide.matchers.findings import Finding, FindingStatus
from vger_guide.output.runs import summary
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.models import Outcome, Target

LOST = Notice(
    "It is made of a review, which keeps the reason of an outcome and up to 50 places: the messages of single findings,"
    " their text and fingerprints, the reasons why they were accepted, and what could not be looked into are not in it."
)
WHOLE = summary.format_place(Finding("", ""))
_PLACE = re.compile(r"(.+?)(?::([0-9]{1,9}))?(?::([0-9]{1,9}))?", re.DOTALL)


def to_runs(context: ReviewContext) -> list[tuple[Target, Run]]:
    """Return the outcomes of each target as a run; every rule that is asked is in it."""
    return [(target, _run(context, target)) for target in context.review.targets]


def _run(context: ReviewContext, target: Target) -> Run:
    review = context.review
    kept = [(rule, review.outcomes.get(rule.id, {}).get(target.id)) for rule in context.rules]
    seen = [outcome for _, outcome in kept if outcome]
    commits = _names(outcome.commit for outcome in seen)
    own = f"{review.generator.name} {review.generator.version}"
    tools = _names(outcome.tool for outcome in seen) or [own]
    return Run(
        tool=tools[0] if len(tools) == 1 else own,
        edition=review.edition,
        site=context.site,
        target=target.repository or target.name,
        commit=commits[0] if len(commits) == 1 else "",
        profile=review.selection.profile or "all rules",
        results=tuple(_result(RuleFacts(**rule_facts(context.catalog, rule)), rule, outcome) for rule, outcome in kept),
        notices=(LOST, *_warn_of_mixture("commit", commits), *_warn_of_mixture("tool", tools)),
    )


def _names(all_: Iterable[str]) -> list[str]:
    return sorted(set(filter(None, all_)))


def _warn_of_mixture(what: str, names: list[str]) -> list[Notice]:
    return [Notice(f"The outcomes are of more than one {what}: {', '.join(names)}.")] if len(names) > 1 else []


def _result(about: RuleFacts, rule: Rule, outcome: Outcome | None) -> Result:
    if outcome is None and rule.check is None:
        return Result(about, Kind.MANUAL, about.ask)
    if outcome is None:
        return Result(about, Kind.UNAVAILABLE, "The review has no outcome of its check.")
    if outcome.traces:
        traces = tuple(Finding(each.path, each.description, each.line) for each in outcome.traces)
        more, is_doubt = max(0, outcome.findings - len(traces)), rule.check is not None  # what other tools reported
        return Result(about, Kind(outcome.outcome), outcome.reason, traces, more, undecided=is_doubt)
    places = outcome.places or ([WHOLE] if outcome.waived else [])
    standing = FindingStatus.WAIVED if outcome.waived else FindingStatus.OPEN
    findings = tuple(replace(_finding(place, outcome.reason), standing=standing) for place in places)
    omitted = max(0, outcome.findings - len(findings)) if findings else 0
    return Result(about, Kind(outcome.outcome), outcome.reason, findings, omitted, strength=outcome.strength)


def _finding(place: str, reason: str) -> Finding:
    """Return a finding at a place such as `a.py:3` or `a.py:3:5`; the reason stands for its message."""
    parts = _PLACE.fullmatch(place)
    if parts is None or place == WHOLE:
        return Finding("", reason)
    return Finding(parts[1], reason, int(parts[2] or 0), int(parts[3] or 0))
