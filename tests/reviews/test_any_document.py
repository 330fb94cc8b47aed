"""Whatever a file holds, reading it ends with a review or with its problems, never with a traceback.

SOAK=1 tries 10,000 of each sort, as the nightly workflow does.
"""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reviews.mutations import any_tree, damaged, mutated, whole
from tests.soak import often
from vger_guide.reviews import store
from vger_guide.reviews.store import InvalidReviewError

TRIES = often(50, 10000)
any_input = settings(max_examples=TRIES, deadline=None)

LONGEST = 1000


def _read_or_refused(data: bytes) -> None:
    try:
        review = store.read(data)
    except InvalidReviewError as error:
        assert error.problems
        assert all(problem and len(problem) < LONGEST for problem in error.problems)
    else:
        written = store.write(review).encode()
        assert store.read(written) == review
        assert store.write(store.read(written)).encode() == written


@any_input
@given(st.binary(max_size=200))
def test_any_bytes_are_a_review_or_refused(data: bytes) -> None:
    _read_or_refused(data)


@any_input
@given(any_tree())
def test_any_json_is_a_review_or_refused(data: bytes) -> None:
    _read_or_refused(data)


@any_input
@given(damaged())
def test_a_damaged_document_is_a_review_or_refused(data: bytes) -> None:
    _read_or_refused(data)


@any_input
@given(mutated())
def test_a_document_with_other_parts_is_a_review_or_refused(data: bytes) -> None:
    _read_or_refused(data)


@pytest.mark.parametrize(
    ("spoilt", "said"),
    [
        (b"", "is not JSON"),
        (b"\xff\xfe\xfd", "is not UTF-8 (byte 1)"),
        (json.dumps(whole()).encode("utf-16"), "save it as UTF-8"),
        (b"[" * 200_000, "is nested too deep"),
        (b'{"a": 1, "a": 2}', "the key 'a' is given twice"),
        (b'{"a": NaN}', "NaN is not a number that JSON can hold"),
        (b'{"a": 1e999}', "1e999 is not a number that JSON can hold"),
        (b'{"a": ' + b"9" * 5000 + b"}", "is not JSON"),
        (b"[]", "the document: "),
    ],
    ids=["empty", "no text", "utf-16", "deep", "twice", "nan", "infinite", "long", "list"],
)
def test_what_is_no_json_is_refused_in_words(spoilt: bytes, said: str) -> None:
    with pytest.raises(InvalidReviewError) as caught:
        store.read(spoilt)
    assert said in caught.value.problems[0]


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("x", "\ud800", "holds half a character"),
        ("x", json.loads("[" * 400 + "]" * 400), "is nested too deep"),
        ("created", "0001-01-01T00:00:00+23:59", "created: must be a time"),
        ("created", "2026-01-01T00:00:00", "created: "),
        ("conflicts", [{"place": []}], "conflicts.0.place: "),
        ("answers", {"SES\n004: x\nok.json: a review": {}}, "answers.SES\\n004: x\\nok.json: a review"),
    ],
)
def test_what_could_not_be_written_again_is_refused(key: str, value: object, said: str) -> None:
    with pytest.raises(InvalidReviewError) as caught:
        store.read(json.dumps({**whole(), key: value}).encode())
    assert said in caught.value.problems[0]
