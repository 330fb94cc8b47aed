"""Conflicts of a merge are decided, whatever became of the document around them, or refused in words."""

import time
from typing import Any

import pytest

from tests.reviews.mutations import review_of, whole
from vger_guide.reviews.edit import decide_conflicts
from vger_guide.reviews.merge import MergeError, Side, merge
from vger_guide.reviews.models import Review

BO = {"id": "bo", "name": "Bo"}
SECONDS = 10  # of a processor


def _with(**fields: Any) -> Review:
    return review_of({**whole(), "answers": {}, **fields})


@pytest.mark.parametrize(("side", "names"), [(Side.OURS, []), (Side.THEIRS, ["Bob"])])
def test_an_entry_of_a_list_that_was_emptied_is_decided(side: Side, names: list[str]) -> None:
    merged = merge(_with(people=[BO]), _with(people=[]), _with(people=[{**BO, "name": "Bob"}])).review
    assert [conflict.place for conflict in merged.conflicts] == [["people", "bo"]]
    after = decide_conflicts(merged, merged.conflicts, side)
    assert ([person.name for person in after.people], after.conflicts) == (names, [])


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (["answers"], "x"),
        (["answers", "SES004"], "x"),
        (["answers", "SES004", "shop"], "x"),
        (["answers", "SES004", "shop", "value"], "met"),
        (["answers", "SES004", "shop", "value", "deeper"], "met"),
        (["people"], [1]),
        (["people", "bo"], "x"),
        (["title"], {}),
        (["targets"], "x"),
    ],
)
def test_a_conflict_that_fits_nowhere_is_refused_in_words(place: list[str], said: Any) -> None:
    answer = {"revision": 1, "text_hash": "0" * 16, "value": "met"}
    conflicts = [{"place": place, "ours": said}, {"place": ["targets", "till"]}]
    review = _with(answers={"SES004": {"shop": answer, "till": answer}}, conflicts=conflicts)
    with pytest.raises(MergeError, match=r"valid review: |no place "):
        decide_conflicts(review, review.conflicts, Side.OURS)


def test_what_goes_with_a_target_is_not_brought_back_by_its_other_conflicts() -> None:
    answer = {"revision": 1, "text_hash": "0" * 16, "value": "met"}
    conflicts = [{"place": ["targets", "till"]}, {"place": ["answers", "SES004", "till", "comment"], "ours": "x"}]
    review = _with(answers={"SES004": {"till": answer}}, outcomes={}, conflicts=conflicts)
    after = decide_conflicts(review, review.conflicts, Side.OURS)
    assert (after.answers, after.conflicts) == ({}, [])
    assert "till" not in [target.id for target in after.targets]


def test_many_conflicts_are_decided_at_once() -> None:
    answer = {"revision": 1, "text_hash": "0" * 16, "value": "met", "comment": "ours"}
    rules = [f"ZZZ{n:03}" for n in range(1000)]
    places = [["answers", rule, target, "comment"] for rule in rules for target in ("shop", "till")]
    conflicts = [{"place": place, "ours": "ours", "theirs": "theirs"} for place in places]
    review = _with(answers={rule: {"shop": answer, "till": answer} for rule in rules}, conflicts=conflicts)
    begun = time.process_time()
    after = decide_conflicts(review, review.conflicts, Side.THEIRS)
    assert time.process_time() - begun < SECONDS
    assert {each.comment for by in after.answers.values() for each in by.values()} == {"theirs"}
