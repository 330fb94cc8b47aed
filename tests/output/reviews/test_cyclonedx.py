"""The CycloneDX documents, checked by the strict schema of cyclonedx-python-lib."""

import json
import re
from collections import Counter
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from tests.reviews import fixtures_reviews
from vger_guide.catalog.catalog import Catalog
from vger_guide.output.reviews.formats import load_format
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.labels import answer_label
from vger_guide.reviews.models import Review

pytestmark = pytest.mark.slow

VALIDATOR = JsonStrictValidator(SchemaVersion.V1_6)


def _read(context: ReviewContext) -> Any:
    text = fixtures_reviews.write(context, "cyclonedx").decode()
    assert VALIDATOR.validate_str(text) is None
    return json.loads(text)


def _changed(catalog: Catalog, review: Review, **fields: Any) -> ReviewContext:
    changed = Review.model_validate({**review.model_dump(mode="json", by_alias=True), **fields})
    return ReviewContext(catalog, changed, fixtures_reviews.TODAY)


def _refs(node: Any) -> tuple[list[str], list[str]]:
    """Return the names that parts have, and those that other parts call them by."""
    have: list[str] = []
    called: list[str] = []
    for key, value in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        if key == "bom-ref":
            have.append(value)
        elif key in ("parent", "requirement", "assessor", "target"):
            called.append(value)
        elif isinstance(value, list) and value and isinstance(value[0], str) and key != "descriptions":
            called.extend(value)
        else:
            more = _refs(value)
            have += more[0]
            called += more[1]
    return have, called


@pytest.mark.parametrize("name", fixtures_reviews.MAKERS)
def test_the_strict_schema_holds_and_every_reference_leads_to_one_part(catalog: Catalog, name: str) -> None:
    have, called = _refs(_read(fixtures_reviews.filled(catalog, name)))
    assert len(have) == len(set(have))
    assert set(have).issuperset(called)


@pytest.mark.parametrize("name", fixtures_reviews.MAKERS)
def test_the_same_review_gives_the_same_bytes(catalog: Catalog, name: str) -> None:
    write = load_format("cyclonedx").write
    assert write(fixtures_reviews.filled(catalog, name)) == write(fixtures_reviews.filled(catalog, name))


def test_a_review_without_rules_and_one_of_five_targets_hold_too(catalog: Catalog) -> None:
    assert (
        "levels"
        not in _read(_changed(catalog, fixtures_reviews.empty(catalog), selection={"chapters": ["1"]}))["definitions"]
    )
    targets = [{"id": f"t{n}", "name": f"Target {n}"} for n in range(5)]
    several = _read(_changed(catalog, fixtures_reviews.full(catalog), targets=targets, answers={}, outcomes={}))
    assert len(several["declarations"]["attestations"]) == 5


def test_a_rule_is_a_requirement_below_those_of_its_sections(catalog: Catalog) -> None:
    [standard] = _read(fixtures_reviews.filled(catalog, "empty"))["definitions"]["standards"]
    by_name = {each["bom-ref"]: each for each in standard["requirements"]}
    rule = by_name["requirement:SES004"]
    assert rule["text"] == catalog.rules["SES004"].statement
    section = by_name[rule["parent"]]
    assert (section["identifier"], by_name[section["parent"]]["identifier"]) == ("2.3.1", "2")
    levels = {each["identifier"]: len(each["requirements"]) for each in standard["levels"]}
    assert levels == Counter(each.level.value for each in catalog.rules.values())


def test_an_answer_is_a_claim_and_one_that_is_not_met_a_counter_claim(catalog: Catalog) -> None:
    context = fixtures_reviews.filled(catalog, "full")
    [attestation] = _read(context)["declarations"]["attestations"]
    said = {
        each["requirement"].partition(":")[2]: (each.get("conformance", {}).get("score"), "claims" in each)
        for each in attestation["map"]
    }
    expected = {"met": (1, True), "partial": (0.5, True), "not-met": (0, False)}
    answers = {rule: by_target["shop"] for rule, by_target in context.review.answers.items()}
    assert said == {
        rule: (None, True) if answer.not_applicable else expected[answer.value]
        for rule, answer in answers.items()
        if answer.not_applicable or answer.value != "unanswered"
    }


def test_a_check_that_failed_is_evidence_against_a_claim(catalog: Catalog) -> None:
    context = fixtures_reviews.filled(catalog, "full")
    against = {
        each["bom-ref"].rpartition(":")[2]
        for each in _read(context)["declarations"]["claims"]
        if each.get("counterEvidence") == [each["bom-ref"].replace("claim:", "outcome:")]
    }
    outcomes, answers = context.review.outcomes, context.review.answers
    failed = {rule for rule, by_target in outcomes.items() if by_target["shop"].outcome == "fail"}
    assert against == {rule for rule in failed if answer_label(answers[rule]["shop"]) != "Unanswered"}


def test_a_plan_expires_after_its_last_day(catalog: Catalog) -> None:
    evidence = _read(fixtures_reviews.filled(catalog, "full"))["declarations"]["evidence"]
    plans = {(each["propertyName"], each["expires"]) for each in evidence if each["bom-ref"].startswith("plan:")}
    assert plans == {
        ("vger:planned", "2026-03-08T23:59:59Z"),
        ("vger:planned", "2026-09-30T23:59:59Z"),
        ("vger:risk-accepted", "2026-09-30T23:59:59Z"),
    }
    told = "\n".join(each["description"] for each in evidence if each["bom-ref"].startswith("plan:"))
    assert "Owner: Bo Example\n" in told
    assert "Owner: bo\n" not in told


def test_no_text_holds_what_has_no_shape(catalog: Catalog) -> None:
    text = fixtures_reviews.write(fixtures_reviews.filled(catalog, "hostile"), "cyclonedx").decode()
    assert text.replace("\n", "").isprintable()
    assert not re.search(r"(?<!\\)(\\\\)*\\[bfrtu]", text)
