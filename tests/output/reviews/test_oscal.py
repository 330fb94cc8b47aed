"""The OSCAL documents, read by compliance-trestle, and looked through for what it does not look at."""

import json
import re
from argparse import Namespace
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from markdown_it import MarkdownIt

from tests.conftest import EXAMPLES
from tests.reviews import fixtures_reviews
from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.loader import load
from vger_guide.output.reviews.formats import load_format
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.models import Review
from vger_guide.text.sanitize import escape_invisible

pytestmark = pytest.mark.slow

KINDS = ("oscal-catalog", "oscal-results")
RULE = "SES004"


def _five(catalog: Catalog) -> ReviewContext:
    targets = [{"id": f"t{n}", "name": f"Target {n}"} for n in range(5)]
    return ReviewContext(
        catalog,
        _changed(fixtures_reviews.full(catalog), targets=targets, answers={}, outcomes={}),
        fixtures_reviews.TODAY,
    )


def _changed(review: Review, **fields: Any) -> Review:
    return Review.model_validate({**review.model_dump(mode="json", by_alias=True), **fields})


def _no_rules(catalog: Catalog) -> ReviewContext:
    return ReviewContext(
        catalog, _changed(fixtures_reviews.empty(catalog), selection={"chapters": ["1"]}), fixtures_reviews.TODAY
    )


def _made(catalog: Catalog, name: str) -> ReviewContext:
    others = {"five": _five, "no rules": _no_rules}
    return others[name](catalog) if name in others else fixtures_reviews.filled(catalog, name)


def _read(context: ReviewContext, kind: str) -> Any:
    [(_, document)] = json.loads(fixtures_reviews.write(context, kind)).items()
    return document


def _result(catalog: Catalog, name: str = "full") -> Any:
    [result, *_] = _read(fixtures_reviews.filled(catalog, name), "oscal-results")["results"]
    return result


def _told(part: dict[str, Any]) -> dict[str, str]:
    return {each["name"]: each["value"] for each in part.get("props", [])}


def _values(node: Any, *names: str) -> Iterator[str]:
    """Yield every text below some keys, wherever it stands."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in names:
                yield value
            yield from _values(value, *names)
    elif isinstance(node, list):
        for each in node:
            yield from _values(each, *names)


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    for each in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _texts(each)


def _by_rule(parts: list[Any]) -> dict[str, Any]:
    return {_told(part)["control"].upper(): part for part in parts}


NAMES = [*fixtures_reviews.MAKERS, "five", "no rules"]


# Slow because of trestle's models, which take seconds to import; so they are imported here.
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", NAMES)
def test_trestle_accepts_the_document(catalog: Catalog, tmp_path: Path, name: str, kind: str) -> None:
    from trestle.core.validator_factory import validator_factory
    from trestle.oscal.assessment_results import AssessmentResults
    from trestle.oscal.catalog import Catalog as Controls

    path = tmp_path / "document.json"
    path.write_bytes(fixtures_reviews.write(_made(catalog, name), kind))
    models: dict[str, Any] = {"oscal-catalog": Controls, "oscal-results": AssessmentResults}
    model = models[kind]
    document = model.oscal_read(path)
    assert isinstance(document, model)
    assert validator_factory.get(Namespace(mode="all")).model_is_valid(document, quiet=True)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", NAMES)
def test_every_id_is_there_once_and_every_uuid_is_made_of_names(catalog: Catalog, name: str, kind: str) -> None:
    document = _read(_made(catalog, name), kind)
    ids = [*_values(document, "id", "uuid")]
    assert len(ids) == len(set(ids))
    assert {UUID(each).version for each in _values(document, "uuid")} == {5}
    assert all(re.fullmatch(r"[a-z][a-z0-9_-]*", each) for each in _values(document, "id"))


@pytest.mark.parametrize("name", NAMES)
def test_every_reference_leads_somewhere(catalog: Catalog, name: str) -> None:
    context = _made(catalog, name)
    controls, results = _read(context, "oscal-catalog"), _read(context, "oscal-results")
    ids, uuids = set(_values(controls, "id")), set(_values(results, "uuid"))
    known = ids | uuids | set(_values(controls, "uuid"))
    inside = [each[1:] for each in _values([controls, results], "href") if each.startswith("#")]
    assert inside
    assert known.issuperset(inside)
    assert ids.issuperset(_values(results, "control-id", "target-id"))
    pointed = ("observation-uuid", "risk-uuid", "subject-uuid", "actor-uuid", "component-uuid")
    assert uuids.issuperset(_values(results, *pointed))
    assert uuids.issuperset(party for parties in _values(results, "party-uuids") for party in parties)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", NAMES)
def test_the_same_review_gives_the_same_bytes(catalog: Catalog, name: str, kind: str) -> None:
    assert load_format(kind).write(_made(catalog, name)) == load_format(kind).write(_made(catalog, name))


def test_the_catalogue_does_not_change_with_the_answers_and_the_results_do(catalog: Catalog) -> None:
    empty, full = fixtures_reviews.filled(catalog, "empty"), fixtures_reviews.filled(catalog, "full")
    assert load_format("oscal-catalog").write(empty) == load_format("oscal-catalog").write(full)
    later = ReviewContext(catalog, _changed(full.review, state="signed-off"), full.today)
    before, after = _read(full, "oscal-results"), _read(later, "oscal-results")
    assert before["uuid"] != after["uuid"]
    assert before["results"] == after["results"]


def test_a_rule_is_a_control_in_the_groups_of_its_chapter_and_section(catalog: Catalog) -> None:
    context = fixtures_reviews.filled(catalog, "full")
    document = _read(context, "oscal-catalog")
    found = {
        control["id"]: (chapter["id"], section["id"], control)
        for chapter in document["groups"]
        for section in chapter["groups"]
        for control in section["controls"]
    }
    withdrawn = {rule_id.lower() for rule_id in catalog.retired}
    assert [id_ for id_ in found if id_ not in withdrawn] == [rule.id.lower() for rule in context.rules]
    chapter, section, control = found[RULE.lower()]
    rule = catalog.rules[RULE]
    assert (chapter, section) == ("chapter-2", "s2-3-1")
    facts = {"level": rule.level, "severity": rule.severity, "automation": rule.automation, "revision": "1"}
    facts["editors"] = " ".join(rule.editors)
    assert _told(control) == {"label": RULE, **facts, "since": rule.since}
    assert {each.get("ns") for each in control["props"][1:]} == {"https://vger-guide.example/ns/oscal"}
    parts = {part["name"]: part.get("prose") for part in control["parts"]}
    assert list(parts) == ["statement", "guidance", "assessment-objective", "assessment-method"]
    assert (parts["statement"], parts["assessment-objective"]) == (rule.statement, rule.ask)
    assert control["links"][0] == {"href": f"https://vger-guide.example/rules/{rule.slug}/", "rel": "canonical"}


def test_a_reference_is_a_resource_that_its_rules_link_to(catalog: Catalog) -> None:
    context = fixtures_reviews.filled(catalog, "full")
    document = _read(context, "oscal-catalog")
    resources = {f"#{each['uuid']}": each["rlinks"][0]["href"] for each in document["back-matter"]["resources"]}
    for chapter in document["groups"]:
        controls = [control for section in chapter["groups"] for control in section["controls"]]
        for control in [control for control in controls if control["id"].upper() in catalog.rules]:
            linked = [resources[each["href"]] for each in control["links"] if each["rel"] == "reference"]
            assert linked == [each.address for each in catalog.rules[control["id"].upper()].references]


def test_a_withdrawn_rule_is_a_control_that_leads_to_what_replaced_it() -> None:
    small = load(EXAMPLES / "catalog" / "good")
    document = _read(fixtures_reviews.filled(small, "empty"), "oscal-catalog")
    controls = {
        control["id"]: control
        for chapter in document["groups"]
        for section in chapter["groups"]
        for control in section["controls"]
    }
    [retired] = small.retired.values()
    control = controls[retired.id.lower()]
    assert {"name": "status", "value": "withdrawn"} in control["props"]
    replaced = [each["href"] for each in control["links"] if each["rel"] == "incorporated-into"]
    assert replaced == [f"#{rule.lower()}" for rule in retired.replaced_by]
    assert control["parts"][0]["prose"] == retired.reason


def test_only_what_applies_and_is_answered_is_a_finding(catalog: Catalog) -> None:
    review = fixtures_reviews.full(catalog)
    result = _result(catalog)
    findings = _by_rule(result["findings"])
    answers = {rule: by_target["shop"] for rule, by_target in review.answers.items()}
    expected = [rule for rule, a in answers.items() if not a.not_applicable and a.value != "unanswered"]
    assert sorted(findings) == sorted(expected)
    states = {(answers[rule].value.value, each["target"]["status"]["state"]) for rule, each in findings.items()}
    assert states == {("met", "satisfied"), ("partial", "not-satisfied"), ("not-met", "not-satisfied")}
    partly = {rule for rule, f in findings.items() if f["target"].get("implementation-status") == {"state": "partial"}}
    assert partly == {rule for rule, answer in answers.items() if answer.value == "partial"}
    observed = _by_rule([each for each in result["observations"] if each["methods"] != ["TEST"]])
    assert set(observed) == set(answers)


def test_an_answer_was_examined_told_or_not_given_and_a_check_is_a_test(catalog: Catalog) -> None:
    review = fixtures_reviews.full(catalog)
    result = _result(catalog)
    methods = {(observation["methods"][0], _told(observation).get("answer")) for observation in result["observations"]}
    told = {("INTERVIEW", value) for value in ("met", "partial", "not-met")}
    # What does not apply has no other value than that it has none.
    assert methods == {
        ("EXAMINE", "met"), *told, ("INTERVIEW", "unanswered"), ("UNKNOWN", "unanswered"), ("TEST", None),
    }  # fmt: skip
    tests = [each for each in result["observations"] if each["methods"] == ["TEST"]]
    assert len(tests) == len(review.outcomes)
    assert {each["types"][0] for each in tests if _told(each)["outcome"] == "fail"} == {"discovery"}
    [tool] = result["local-definitions"]["assessment-assets"]["components"]
    assert tool["title"] == "vger 0.1"
    assert {each["origins"][0]["actors"][0]["actor-uuid"] for each in tests} == {tool["uuid"]}


def test_evidence_has_its_address_and_its_place(catalog: Catalog) -> None:
    [evidence] = next(each["relevant-evidence"] for each in _result(catalog)["observations"] if "EXAMINE" in str(each))
    assert evidence["href"] == "https://git.example/shop/blob/main/settings.py#L3"
    assert evidence["description"] == "The settings of the store"
    told = _told(evidence)
    assert (told["path"], told["line"], told["seen"]) == ("shop/settings.py", "3", "2026-03-01")


def test_plans_and_accepted_risks_are_risks_with_their_last_days(catalog: Catalog) -> None:
    context = fixtures_reviews.filled(catalog, "full")
    [result] = _read(context, "oscal-results")["results"]
    risks = _by_rule(result["risks"])
    decided = {rule for rule, a in context.review.answers.items() if a["shop"].disposition.plan != "none"}
    assert set(risks) == decided
    statuses = {(each["status"], each["deadline"], "accepted" in _told(each)) for each in risks.values()}
    assert statuses == {
        ("remediating", "2026-09-30T23:59:59Z", False),
        ("open", "2026-03-08T23:59:59Z", False),
        ("deviation-approved", "2026-09-30T23:59:59Z", True),
    }
    related = {each["risk-uuid"] for finding in result["findings"] for each in finding.get("related-risks", [])}
    assert related == {each["uuid"] for each in risks.values()}


def test_an_accepted_risk_is_open_again_after_its_last_day(catalog: Catalog) -> None:
    late = ReviewContext(catalog, fixtures_reviews.full(catalog), fixtures_reviews.COMING + timedelta(days=1))
    [result] = _read(late, "oscal-results")["results"]
    assert {each["status"] for each in result["risks"]} == {"open"}
    assert not any("accepted" in _told(each) for each in result["risks"])


def test_people_are_parties_with_their_roles(catalog: Catalog) -> None:
    metadata = _read(fixtures_reviews.filled(catalog, "full"), "oscal-results")["metadata"]
    assert [each["name"] for each in metadata["parties"]] == ["Ada Example", "Bo Example"]
    assert [each["title"] for each in metadata["roles"]] == ["Architect", "Owner"]
    assert [each["party-uuids"] for each in metadata["responsible-parties"]] == [
        [party["uuid"]] for party in metadata["parties"]
    ]
    assert metadata["last-modified"] == "2026-03-02T09:30:00Z"


def test_each_target_has_a_result_of_its_own(catalog: Catalog) -> None:
    document = _read(fixtures_reviews.filled(catalog, "several"), "oscal-results")
    assert [each["title"] for each in document["results"]] == ["Web shop", "Till", "Store"]
    assert len(_read(_five(catalog), "oscal-results")["results"]) == 5


def test_what_people_typed_is_shown_letter_by_letter_and_is_no_markup(catalog: Catalog) -> None:
    render = MarkdownIt("commonmark").enable(["strikethrough", "table"]).render
    seen = _by_rule([each for each in _result(catalog, "hostile")["observations"] if each["methods"] != ["TEST"]])
    for rule, by_target in fixtures_reviews.hostile(catalog).answers.items():
        page = render(seen[rule]["description"])
        assert not re.search(r"<(?!/?p>)", page)
        lines = [unescape(line) for line in re.findall("<p>(.*)</p>", page)]
        comment = [
            escape_invisible(line.strip()).strip() for line in by_target["a"].comment.splitlines() if line.strip()
        ]
        assert lines[len(lines) - len(comment) :] == comment


@pytest.mark.parametrize("kind", KINDS)
def test_no_text_holds_what_xml_cannot(catalog: Catalog, kind: str) -> None:
    texts = list(_texts(_read(fixtures_reviews.filled(catalog, "hostile"), kind)))
    assert all(text.replace("\n", "").isprintable() for text in texts)


def test_an_address_that_is_no_reference_is_only_shown(catalog: Catalog) -> None:
    hostile = fixtures_reviews.hostile(catalog)
    broken = "https://a.example/%zz"
    [rule, *_] = fixtures_reviews.filled(catalog, "hostile").rules
    answer = hostile.answers[rule.id]["a"].model_dump(mode="json")
    answers = {rule.id: {"a": {**answer, "evidence": [{"address": broken}]}}}
    result = _read(ReviewContext(catalog, _changed(hostile, answers=answers), fixtures_reviews.TODAY), "oscal-results")[
        "results"
    ][0]
    assert result["observations"][0]["relevant-evidence"] == [{"description": broken, "remarks": broken, "props": [
        {"name": "control", "ns": "https://vger-guide.example/ns/oscal", "value": rule.id.lower()}
    ]}]  # fmt: skip
