"""Two copies of a review become one: nothing is lost, and it does not matter whose copy is whose.

SOAK=1 tries 5,000 of each property, as the nightly workflow does.
"""

import copy
import json
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.reviews.mutations import Document, changed, review_of, whole
from tests.soak import often
from vger_guide.reviews import store
from vger_guide.reviews.edit import decide_conflicts
from vger_guide.reviews.merge import MergeError, Side, merge
from vger_guide.reviews.models import Answer, Review, Value

TRIES = often(20, 5000)
any_change = settings(max_examples=TRIES, deadline=None)

copies = st.builds(review_of, st.deferred(lambda: changed(whole())))


@pytest.fixture(scope="module")
def base() -> Review:
    """Return the review that copies are made of."""
    return review_of(whole())


@any_change
@given(other=copies)
def test_merging_with_an_unchanged_side_gives_the_other(base: Review, other: Review) -> None:
    for ours, theirs in ((base, other), (other, base), (other, other)):
        merged = merge(base, ours, theirs)
        assert (merged.review, merged.conflicts) == (other, [])


@any_change
@given(ours=copies, theirs=copies)
def test_merging_is_symmetric_up_to_conflicts(base: Review, ours: Review, theirs: Review) -> None:
    one, other = merge(base, ours, theirs, Side.OURS), merge(base, theirs, ours, Side.THEIRS)
    assert store.write(one.review) == store.write(other.review)
    swapped = [
        conflict.model_copy(update={"ours": conflict.theirs, "theirs": conflict.ours}) for conflict in other.conflicts
    ]
    assert one.conflicts == swapped


@any_change
@given(ours=copies, theirs=copies)
def test_an_answer_that_one_side_changed_is_in_the_result(base: Review, ours: Review, theirs: Review) -> None:
    merged = merge(base, ours, theirs).review
    for rule, target in _answered(ours, theirs):
        old, mine, other, new = (_of(review, rule, target) for review in (base, ours, theirs, merged))
        if mine == old:
            assert new == other
        if other == old:
            assert new == mine


@any_change
@given(ours=copies, theirs=copies)
def test_what_both_sides_changed_is_there_or_listed(base: Review, ours: Review, theirs: Review) -> None:
    merged = merge(base, ours, theirs).review
    listed = {tuple(conflict.place): (conflict.ours, conflict.theirs) for conflict in merged.conflicts}
    for rule, target in _answered(ours, theirs):
        old, mine, other, new = (_of(review, rule, target) for review in (base, ours, theirs, merged))
        if not (mine and other and new):
            continue
        before = old.comment if old else ""
        for said, by_other in ((mine.comment, other.comment), (other.comment, mine.comment)):
            if said != before and said != by_other and by_other != before:
                assert said in (*listed["answers", rule, target, "comment"], "")
            elif said != before:
                assert new.comment == said


@any_change
@given(ours=copies, theirs=copies)
def test_what_was_merged_is_read_again(base: Review, ours: Review, theirs: Review) -> None:
    merged = merge(base, ours, theirs).review
    assert store.read(store.write(merged).encode()) == merged


@any_change
@given(ours=copies, theirs=copies, side=st.sampled_from(Side))
def test_conflicts_that_are_decided_later_give_what_deciding_at_once_gives(
    base: Review, ours: Review, theirs: Review, side: Side
) -> None:
    at_once, later = merge(base, ours, theirs, side).review, merge(base, ours, theirs).review
    # Deciding at once never takes a target away that is answered for.
    assume(not any(conflict.place[0] == "targets" and len(conflict.place) == 2 for conflict in later.conflicts))
    later = decide_conflicts(later, later.conflicts, side)
    assert _unordered(later) == _unordered(at_once)


def _unordered(review: Review) -> Document:
    """Return a document without what deciding later may change: the order of lists, and null or {} for nothing."""
    document: Document = json.loads(store.write(review), object_hook=_without_order)
    return document


def _without_order(part: Document) -> Document:
    return {
        key: sorted(value, key=json.dumps) if isinstance(value, list) else value
        for key, value in part.items()
        if value not in (None, {})
    }


@any_change
@given(ours=copies, theirs=copies)
def test_without_a_common_copy_both_sides_are_kept(ours: Review, theirs: Review) -> None:
    merged = merge(None, ours, theirs).review
    for rule, target in _answered(ours, theirs):
        if _of(ours, rule, target) is None or _of(theirs, rule, target) is None:
            assert _of(merged, rule, target) == (_of(ours, rule, target) or _of(theirs, rule, target))


def _answered(*reviews: Review) -> set[tuple[str, str]]:
    return {(rule, target) for review in reviews for rule, by in review.answers.items() for target in by}


def _of(review: Review, rule: str, target: str) -> Answer | None:
    return review.answers.get(rule, {}).get(target)


def _changed(change: dict[str, Any], rule: str) -> Review:
    document: Document = copy.deepcopy(whole())
    document["answers"][rule]["shop"] |= change
    return review_of(document)


@pytest.fixture
def rule() -> str:
    """Return a rule that is answered in the base with 'met'."""
    found: str = next(id_ for id_, by in whole()["answers"].items() if by["shop"].get("value") == "met")
    return found


def test_a_conflict_keeps_ours_and_lists_both(base: Review, rule: str) -> None:
    merged = merge(base, _changed({"value": "partial"}, rule), _changed({"value": "not-met"}, rule))
    [conflict] = merged.conflicts
    assert merged.review.conflicts == [conflict]
    assert conflict.place == ["answers", rule, "shop", "value"]
    assert (conflict.ours["value"], conflict.theirs["value"]) == ("partial", "not-met")
    assert merged.review.answers[rule]["shop"].value is Value.PARTIAL


def test_evidence_keeps_the_order_of_ours_and_what_theirs_adds_comes_behind(rule: str) -> None:
    old, mine, hers = (
        _changed({"evidence": [{"path": path} for path in paths]}, rule) for paths in ("bx", "zxba", "bxnm")
    )
    evidence = merge(old, mine, hers).review.answers[rule]["shop"].evidence
    assert "".join(each.path for each in evidence) == "zxbanm"


def test_people_keep_their_order_and_milestones_are_in_that_of_time() -> None:
    def side(*names: str) -> Review:
        people = [{"id": name, "name": name} for name in names]
        score = {"formula": 1, "met": 0, "applicable": 0, "unanswered": 0, "not_applicable": 0}
        days = {name: f"2026-01-0{day}T00:00:00Z" for day, name in enumerate("zbma", 1)}
        kept = [{"id": name, "title": name, "at": days[name], "answers": {}, "score": score} for name in names]
        return review_of({**whole(), "people": people, "milestones": kept})

    merged = merge(side(), side("z", "m"), side("b", "a")).review
    assert [person.id for person in merged.people] == ["z", "m", "b", "a"]
    assert [milestone.id for milestone in merged.milestones] == ["z", "b", "m", "a"]


def _deep(depth: int, value: str) -> Review:
    inner: Any = value
    for _ in range(depth):
        inner = {"k": inner}
    return review_of({**whole(), "x-tool": inner})


@pytest.mark.parametrize("depth", [1, 18, 19, 20, 25, 100])
def test_a_conflict_at_any_depth_is_listed_and_decided(depth: int) -> None:
    merged = merge(_deep(depth, "old"), _deep(depth, "mine"), _deep(depth, "hers")).review
    assert merged.conflicts
    assert decide_conflicts(merged, merged.conflicts, Side.THEIRS).model_extra == _deep(depth, "hers").model_extra


def test_a_conflict_that_no_place_can_name_is_refused_in_words() -> None:
    old, mine, hers = (review_of({**whole(), "k" * 20_001: value}) for value in ("old", "mine", "hers"))
    with pytest.raises(MergeError, match="too long"):
        merge(old, mine, hers)


def test_different_fields_of_an_answer_merge_without_a_conflict(base: Review, rule: str) -> None:
    ours, theirs = _changed({"value": "partial"}, rule), _changed({"comment": "theirs"}, rule)
    merged = merge(base, ours, theirs)
    answer = merged.review.answers[rule]["shop"]
    assert (answer.value, answer.comment, merged.conflicts) == (Value.PARTIAL, "theirs", [])


def test_an_answer_that_one_side_took_away_stays_away_when_the_other_changes_another(base: Review, rule: str) -> None:
    ours, theirs = copy.deepcopy(whole()), copy.deepcopy(whole())
    del ours["answers"][rule]
    theirs["answers"][rule]["shop"] |= {"comment": "theirs"}
    merged = merge(base, review_of(ours), review_of(theirs), Side.THEIRS)
    assert [conflict.place for conflict in merged.conflicts] == [["answers", rule, "shop"]]
    assert list(merged.review.answers[rule]) == ["shop"]


def test_a_comment_of_one_side_and_the_first_verdict_of_the_other_merge(base: Review) -> None:
    ours, theirs = copy.deepcopy(whole()), copy.deepcopy(whole())
    about = {"revision": 1, "text_hash": "0" * 16}
    ours["answers"]["ZZZ999"] = {"shop": {**about, "comment": "ours"}}
    theirs["answers"]["ZZZ999"] = {"shop": {**about, "value": "met"}}
    for one, other in ((ours, theirs), (theirs, ours)):
        merged = merge(base, review_of(one), review_of(other))
        answer = merged.review.answers["ZZZ999"]["shop"]
        assert (answer.value, answer.comment, merged.conflicts) == (Value.MET, "ours", [])


def test_a_value_and_that_a_rule_does_not_apply_contradict_each_other(base: Review, rule: str) -> None:
    away = {"not_applicable": {"code": "other", "text": "gone"}}
    merged = merge(base, _changed({"value": "partial"}, rule), _changed(away, rule), Side.THEIRS)
    answer = merged.review.answers[rule]["shop"]
    assert (answer.value, answer.not_applicable is not None) == (Value.MET, True)
    assert (len(merged.conflicts), merged.review.conflicts) == (1, [])


def test_a_target_that_is_answered_for_stays_when_the_other_side_takes_it_away(base: Review) -> None:
    first = next(iter(whole()["answers"]))
    gone, answered = copy.deepcopy(whole()), copy.deepcopy(whole())
    gone["targets"] = [target for target in gone["targets"] if target["id"] != "till"]
    for part in ("answers", "outcomes"):
        gone[part] = {rule: {t: x for t, x in by.items() if t != "till"} for rule, by in gone[part].items()}
    answered["answers"]["ZZZ999"] = {"till": answered["answers"][first]["till"]}
    merged = merge(base, review_of(gone), review_of(answered))
    assert "till" in [target.id for target in merged.review.targets]
    assert ["targets", "till"] in [conflict.place for conflict in merged.conflicts]
    assert "ZZZ999" in merged.review.answers


def test_a_target_goes_with_its_answers_when_that_is_decided(base: Review) -> None:
    gone, renamed = copy.deepcopy(whole()), copy.deepcopy(whole())
    gone["targets"] = [target for target in gone["targets"] if target["id"] != "till"]
    for part in ("answers", "outcomes"):
        gone[part] = {rule: {t: x for t, x in by.items() if t != "till"} for rule, by in gone[part].items()}
    renamed["targets"][1] |= {"name": "Cash desk"}
    merged = merge(base, review_of(renamed), review_of(gone)).review
    assert len(merged.conflicts) == 1
    assert decide_conflicts(merged, merged.conflicts, Side.OURS).targets[1].name == "Cash desk"
    after = decide_conflicts(merged, merged.conflicts, Side.THEIRS)
    assert store.write(after) == store.write(review_of({**gone, "updated": merged.updated.isoformat()}))


def test_other_reviews_and_what_would_be_none_are_refused(base: Review) -> None:
    other = base.model_copy(update={"id": "00000000-0000-0000-0000-000000000000"})
    with pytest.raises(MergeError, match="different reviews"):
        merge(base, base, other)
    ours, theirs = (
        review_of({**whole(), "people": [{"id": f"{name}{n}", "name": "x"} for n in range(1000)]}) for name in "ab"
    )
    with pytest.raises(MergeError, match="people"):
        merge(base, ours, theirs)
