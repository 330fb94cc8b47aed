"""What changed between two reviews, and what a run of the checks puts beside the answers."""

from datetime import timedelta
from typing import Any

import pytest

from tests.reviews.fixtures_reviews import NOW, TODAY, full, half
from vger_guide.catalog.catalog import Catalog
from vger_guide.checks.results import CheckOutcome as Said
from vger_guide.checks.results import Result, RuleFacts, Run
from vger_guide.matchers.findings import Finding, FindingStatus
from vger_guide.reviews import store
from vger_guide.reviews.diff import diff_answers
from vger_guide.reviews.edit import add_milestone, add_person, make_id, record_answer
from vger_guide.reviews.models import Answer, Evidence, NotApplicable, Outcome, Value
from vger_guide.reviews.outcomes import is_disputed, record_outcomes
from vger_guide.reviews.traces import add_traces


def test_who_answered_and_when_is_no_change(catalog: Catalog) -> None:
    review = half(catalog)
    rule = catalog.rules[next(iter(review.answers))]
    later = record_answer(review, rule, "shop", {"at": NOW + timedelta(days=1), "by": "bo"})
    assert later != review
    assert diff_answers(review.answers, later.answers) == []


def test_changes_name_the_rule_the_target_and_the_fields(catalog: Catalog) -> None:
    review = half(catalog)
    rule = catalog.rules[next(iter(review.answers))]
    said = {"value": Value.PARTIAL, "comment": "new"}
    [change] = diff_answers(review.answers, record_answer(review, rule, "shop", said).answers)
    assert (change.rule, change.target, change.fields) == (rule.id, "shop", ["answer", "comment"])
    others = {id_: by for id_, by in review.answers.items() if id_ != rule.id}
    [gone] = diff_answers(review.answers, others)
    assert (gone.rule, gone.after, gone.fields[0]) == (rule.id, None, "answer")


def test_an_answer_that_is_given_anew_is_to_the_rule_as_it_is_now(catalog: Catalog) -> None:
    review = full(catalog)
    rule_id = next(id_ for id_, by in review.answers.items() if by["shop"].confirm)
    rule = catalog.rules[rule_id].model_copy(update={"revision": 7})
    answer = record_answer(review, rule, "shop", {"value": Value.MET}).answers[rule_id]["shop"]
    assert (answer.revision, answer.confirm, answer.carried_from, answer.by) == (7, False, "", "")
    commented = record_answer(review, rule, "shop", {"comment": "x"}).answers[rule_id]["shop"]
    assert (commented.revision, commented.confirm, commented.by) == (1, True, "ada")


@pytest.mark.parametrize(
    ("name", "id_"), [("Web shop", "web-shop"), ("Ünïcode", "unicode"), ("漢字", "system"), ("  ", "system")]
)
def test_ids_are_made_of_names(name: str, id_: str) -> None:
    assert make_id(name, [], "system") == id_
    assert make_id(name, [id_, f"{id_}-2"], "system") == f"{id_}-3"


def test_a_person_is_listed_once(catalog: Catalog) -> None:
    review, id_ = add_person(half(catalog), "Cy")
    assert add_person(review, "Cy") == (review, id_)
    assert add_person(review, "ada") == (review, "ada")


def test_a_milestone_keeps_answers_and_score(catalog: Catalog) -> None:
    review = full(catalog)
    milestone = add_milestone(review, "Now", list(catalog.rules.values()), TODAY, NOW).milestones[-1]
    assert (milestone.id, milestone.answers) == ("now", review.answers)
    assert milestone.score.met == sum(
        by["shop"].value is Value.MET and not by["shop"].not_applicable for by in review.answers.values()
    )


def _run(catalog: Catalog, *results: tuple[Said, tuple[Finding, ...]]) -> Run:
    facts: dict[str, Any] = dict.fromkeys(RuleFacts.__dataclass_fields__, "x")
    rules = [RuleFacts(**{**facts, "id": rule, "revision": 1}) for rule in catalog.rules]
    told = tuple(Result(rule, said, "Why.", found) for rule, (said, found) in zip(rules, results, strict=False))
    return Run(tool="vger", edition="next", target="x", commit="c" * 40, profile="", results=told)


def test_outcomes_stand_beside_the_answers_and_replace_those_of_the_target(catalog: Catalog) -> None:
    review = full(catalog)
    first, second = list(catalog.rules)[:2]
    found = (Finding("a\udce9.py", "m", 3), Finding("a\udce9.py", "n", 3), Finding("", "all"))
    run = _run(catalog, (Said.FAIL, found), (Said.MANUAL, ()))
    after = store.read(store.write(record_outcomes(review, "shop", run, NOW)).encode())
    assert after.answers == review.answers
    assert set(after.outcomes) == {first}, f"{second} needs a person"
    outcome = after.outcomes[first]["shop"]
    assert (outcome.outcome, outcome.findings, outcome.places) == ("fail", 3, ["a\\xe9.py:3"])


def test_what_was_found_for_a_person_stands_beside_the_question_and_is_taken_over_once(catalog: Catalog) -> None:
    found = (Finding("a.py", "a cache: depends on redis", 3), Finding("b.py", "a cache: holds a type named so", 7))
    run = _run(catalog, (Said.MANUAL, found), (Said.MANUAL, ()))
    review = record_outcomes(full(catalog), "shop", run, NOW)
    [rule] = review.outcomes
    outcome = review.outcomes[rule]["shop"]
    assert (outcome.outcome, outcome.places) == ("manual", ["a.py:3", "b.py:7"])
    assert not any(is_disputed(Answer(revision=1, text_hash="0" * 16, value=value), outcome) for value in Value)
    own = Evidence(description="I looked.")
    taken = add_traces([own], outcome)
    assert [(each.description, each.path, each.line) for each in taken] == [
        ("I looked.", "", 0),
        ("a cache: depends on redis", "a.py", 3),
        ("a cache: holds a type named so", "b.py", 7),
    ]
    assert (taken[1].commit, taken[1].seen) == ("c" * 40, NOW.date())
    assert add_traces(taken, outcome) == taken
    assert add_traces([own], None) == [own]


def test_a_failure_that_the_repository_accepts_contradicts_nobody(catalog: Catalog) -> None:
    waived = Finding("a.py", "m", 3, standing=FindingStatus.WAIVED, reason="A sample.")
    run = _run(catalog, (Said.FAIL, (waived,)))
    outcome = next(iter(record_outcomes(full(catalog), "shop", run, NOW).outcomes.values()))["shop"]
    assert outcome.waived
    assert not is_disputed(_answer("met"), outcome)


def _answer(value: str, away: bool = False) -> Answer:
    reason = NotApplicable(code="other", text="x") if away else None
    return Answer(revision=1, text_hash="0" * 16, value=Value(value), not_applicable=reason)


@pytest.mark.parametrize(
    ("outcome", "strength", "value", "away", "expected"),
    [
        ("fail", "proof", "met", False, True),
        ("fail", "indication", "met", False, True),
        ("fail", "proof", "partial", False, False),
        ("fail", "proof", "unanswered", True, True),
        ("pass", "indication", "not-met", False, True),
        ("pass", "indication", "partial", False, False),
        ("pass", "proof", "partial", False, True),
        ("pass", "proof", "unanswered", False, False),
        ("pass", "proof", "not-met", True, False),
        ("not-applicable", "proof", "met", False, False),
        ("error", "proof", "met", False, False),
    ],
)
def test_a_check_disagrees_where_it_says_the_opposite(
    outcome: str, strength: str, value: str, away: bool, expected: bool
) -> None:
    said = Outcome.model_validate({"outcome": outcome, "strength": strength, "at": NOW})
    assert is_disputed(_answer(value, away), said) is expected
