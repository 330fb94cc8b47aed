"""Files that are no workbook, damaged ones, and those that somebody made to do harm: refused, and in little time."""

import io
import time
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.output.reviews.damaged_workbooks import (
    CONTENTS,
    HARM,
    HEAVY,
    NO_WORKBOOKS,
    OLD,
    PART,
    PARTS,
    SHEET,
    STRINGS,
    change_parts,
)
from tests.output.reviews.workbooks import read
from tests.reviews import fixtures_reviews
from tests.soak import often
from vger_guide.catalog.catalog import Catalog
from vger_guide.output.reviews.formats import xlsx
from vger_guide.output.reviews.import_result import ImportRejectedError
from vger_guide.output.reviews.workbook.safe_open import DAMAGED, MAX_BYTES
from vger_guide.reviews.context import ReviewContext

SECONDS = 60  # of a processor


@pytest.fixture(scope="module")
def half(catalog: Catalog) -> ReviewContext:
    """Return a review of one target."""
    return fixtures_reviews.filled(catalog, "half")


@pytest.fixture(scope="module")
def whole(half: ReviewContext) -> bytes:
    """Return its workbook."""
    return xlsx.write(half)


def _refused(data: bytes, context: ReviewContext) -> str:
    began = time.process_time()
    with pytest.raises(ImportRejectedError) as refused:
        read(data, context)
    assert time.process_time() - began < SECONDS
    [problem] = refused.value.problems
    return problem


@pytest.mark.slow
@pytest.mark.parametrize("name", HARM)
def test_what_would_do_harm_is_refused_before_it_is_read(name: str, half: ReviewContext, whole: bytes) -> None:
    changes, why = HARM[name]
    problem = _refused(change_parts(whole, changes), half)
    assert problem.startswith("The workbook has ")
    assert why in problem


@pytest.mark.slow
@pytest.mark.parametrize("name", HEAVY)
def test_what_is_within_the_limits_is_read_in_bounded_time(name: str, half: ReviewContext, whole: bytes) -> None:
    data = change_parts(whole, HEAVY[name])
    began = time.process_time()
    try:
        assert read(data, half).review == half.review
    except ImportRejectedError as refused:
        assert not refused.problems[0].startswith("The workbook has "), "it is not within the limits"
    assert time.process_time() - began < SECONDS * PART / 4


def test_a_file_that_is_too_large_is_not_opened(half: ReviewContext) -> None:
    assert "a workbook may have 30,000,000" in _refused(bytes(MAX_BYTES + 1), half)


@pytest.mark.parametrize("data", NO_WORKBOOKS, ids=repr)
def test_what_is_no_workbook_is_called_so(data: bytes, half: ReviewContext) -> None:
    assert _refused(data, half) == DAMAGED


def test_an_old_workbook_and_one_with_a_password_say_what_to_do(half: ReviewContext) -> None:
    assert "save it as .xlsx without a password" in _refused(OLD, half)


def test_a_workbook_that_is_no_review_is_refused(half: ReviewContext) -> None:
    from openpyxl import Workbook

    file = io.BytesIO()
    Workbook().save(file)
    assert _refused(file.getvalue(), half) == "No sheet of the workbook has a row with the headings Rule and Answer"


@pytest.mark.parametrize("name", PARTS)
@pytest.mark.parametrize("content", CONTENTS, ids=repr)
def test_a_part_that_holds_something_else_is_an_error_or_changes_nothing(
    name: str, content: bytes, half: ReviewContext, whole: bytes
) -> None:
    data = change_parts(whole, {name: lambda _: content})
    try:
        review = read(data, half).review
    except ImportRejectedError as refused:
        assert refused.problems
    else:
        assert review == half.review


MARKS = [b"", b"<", b'"', b"/>", b"\0", b"9" * 400, b"&amp;", b"-1", b"\xff", b"1e999"]


@pytest.mark.slow
@settings(max_examples=often(30, 2000), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=st.data())
def test_a_damaged_part_is_refused_or_read(drawn: st.DataObject, half: ReviewContext, whole: bytes) -> None:
    """Damage of the file is mostly found by its checksums; this is done inside of it."""
    names = zipfile.ZipFile(io.BytesIO(whole)).namelist()
    name = drawn.draw(st.sampled_from([SHEET, STRINGS, *names]))

    def damaged(part: bytes) -> bytes:
        at = drawn.draw(st.integers(0, max(len(part) - 1, 0)))
        more = drawn.draw(st.sampled_from(MARKS))
        return part[:at] + more + part[at + drawn.draw(st.integers(0, 40)) :]

    try:
        review = read(change_parts(whole, {name: damaged}), half).review
    except ImportRejectedError as refused:
        assert all(refused.problems)
    else:
        assert ReviewContext(half.catalog, review, half.today).rules == half.rules


@pytest.mark.slow
@settings(max_examples=often(30, 2000), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, 36_000), more=st.binary(max_size=8), cut=st.integers(0, 60))
def test_a_damaged_file_is_refused_or_read(at: int, more: bytes, cut: int, half: ReviewContext, whole: bytes) -> None:
    try:
        review = read(whole[:at] + more + whole[at + cut :], half).review
    except ImportRejectedError as refused:
        assert all(refused.problems)
    else:
        assert review == half.review
