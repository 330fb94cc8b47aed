"""The samples in the records of checks: they pass, fail, or are told why the rule does not apply."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.conftest import ROOT
from vger_guide.catalog.checks import Sample
from vger_guide.catalog.loader import load
from vger_guide.catalog.rule_facts import rule_facts
from vger_guide.catalog.rules import Rule
from vger_guide.checks.plan import RulePlan, plan
from vger_guide.checks.results import CheckOutcome, Result, RuleFacts
from vger_guide.checks.runner import run_checks
from vger_guide.matchers import matcher_names
from vger_guide.repo.memory_tree import MemoryTree

CATALOG = load(ROOT / "checklists")
CHECKED = {rule.id: rule for rule in CATALOG.rules.values() if rule.check}
TRACED = {rule.id: rule for rule in CATALOG.rules.values() if rule.trace}


def to_tree(sample: Sample) -> MemoryTree:
    """Return a sample as what a run looks at."""
    files = {path: text.encode() for path, text in sample.files.items()}
    blobs = {path: bytes(size) for path, size in sample.blobs.items()}
    settings = {part.value: answer for part, answer in (sample.forge or {}).items()}
    return MemoryTree({**files, **blobs}, sample.tags, sample.commits, settings=settings)


def _plain(rule: str) -> dict[str, Any]:
    check = CHECKED[rule].check
    assert check
    return check.plain()


def _plan(rule: str) -> RulePlan:
    return plan([(RuleFacts(**rule_facts(CATALOG, CHECKED[rule])), _plain(rule))])


def result(rule: str, sample: Sample) -> Result:
    """Return what the check of a rule says of a sample."""
    [found], _ = run_checks(_plan(rule), to_tree(sample))
    return found


def _samples(kind: str) -> list[object]:
    """Return the samples of a kind of all checks or traces, each with its rule."""
    return [
        pytest.param(rule.id, sample, id=f"{rule.id}-{sample.title}")
        for rule in CATALOG.rules.values()
        if (looked := rule.check or rule.trace)
        for sample in getattr(looked.samples, kind, [])
    ]


@pytest.mark.parametrize(("rule", "sample"), _samples("passing"))
def test_a_repository_that_meets_the_rule_passes(rule: str, sample: Sample) -> None:
    found = result(rule, sample)
    assert (found.outcome, found.findings) == (CheckOutcome.PASS, ()), found.reason
    assert found.reason


@pytest.mark.parametrize(("rule", "sample"), _samples("failing"))
def test_a_repository_that_does_not_meet_the_rule_fails_with_a_finding(rule: str, sample: Sample) -> None:
    found = result(rule, sample)
    assert found.outcome is CheckOutcome.FAIL, found.reason
    assert found.findings
    assert all(finding.fingerprint for finding in found.findings)


@pytest.mark.parametrize(("rule", "sample"), _samples("not_applicable"))
def test_a_repository_that_the_rule_does_not_apply_to_is_told_why(rule: str, sample: Sample) -> None:
    found = result(rule, sample)
    assert found.outcome is CheckOutcome.NOT_APPLICABLE, found.reason
    assert CHECKED[rule].check
    assert found.reason == CHECKED[rule].check.when.otherwise  # type: ignore[union-attr]


@pytest.mark.parametrize(("rule", "sample"), _samples("undecided"))
def test_a_repository_that_does_not_show_it_is_for_a_person_who_is_told_what_was_not_seen(
    rule: str, sample: Sample
) -> None:
    found = result(rule, sample)
    assert (found.outcome, found.undecided) == (CheckOutcome.MANUAL, True), found.reason
    assert "The check could not decide: " in found.reason


def look_up(rule: Rule, sample: Sample) -> Result:
    """Return what the trace of a rule finds in a sample."""
    assert rule.trace
    [found], _ = run_checks(plan([(RuleFacts(**rule_facts(CATALOG, rule)), rule.trace.plain())]), to_tree(sample))
    return found


@pytest.mark.parametrize(("rule", "sample"), _samples("found"))
def test_a_trace_tells_a_person_what_it_found_and_where(rule: str, sample: Sample) -> None:
    found = look_up(TRACED[rule], sample)
    assert (found.outcome, found.undecided, found.preview) == (CheckOutcome.MANUAL, False, False)
    assert found.findings
    assert all(finding.path and finding.path in sample.files for finding in found.findings)
    assert found.reason.startswith(f"{TRACED[rule].ask} Found: ")


@pytest.mark.parametrize(("rule", "sample"), _samples("nothing"))
def test_a_trace_that_finds_nothing_asks_a_person_and_no_more(rule: str, sample: Sample) -> None:
    found = look_up(TRACED[rule], sample)
    assert (found.outcome, found.findings, found.reason) == (CheckOutcome.MANUAL, (), TRACED[rule].ask)


@pytest.mark.parametrize("rule", TRACED)
def test_every_sign_of_a_trace_stands_in_a_sample(rule: str) -> None:
    trace = TRACED[rule].trace
    assert trace
    told = {each.message for sample in trace.samples.found for each in look_up(TRACED[rule], sample).findings}
    said = {text.partition(":")[0] for text in told}
    assert [sign.says for sign in trace.signs if sign.says not in said] == []


def test_every_matcher_is_used_by_some_record() -> None:
    used = {asked for rule in CHECKED for asked in _names(_plain(rule))}
    assert set(matcher_names()) <= used


def _names(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _names(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _names(inner)
