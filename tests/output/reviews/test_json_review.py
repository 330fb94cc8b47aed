"""The review document as a form: read by Python's json module and by its published schema."""

import json

import pytest
from jsonschema import Draft202012Validator

from tests.reviews import fixtures_reviews
from vger_guide.catalog.catalog import Catalog
from vger_guide.output.reviews.formats import json as form
from vger_guide.output.reviews.formats import read_format
from vger_guide.output.reviews.import_result import ImportRejectedError
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.schema import schema


def test_a_review_comes_back_as_it_was_and_is_written_as_it_was(context: ReviewContext) -> None:
    data = form.write(context)
    review = read_format("json", data, context).review
    assert review == context.review
    assert form.write(ReviewContext(context.catalog, review, context.today)) == data


def test_the_document_is_valid_under_the_schema(context: ReviewContext) -> None:
    reader = Draft202012Validator(schema(context.site), format_checker=Draft202012Validator.FORMAT_CHECKER)
    assert [error.message[:200] for error in reader.iter_errors(json.loads(form.write(context)))] == []


def test_keys_are_sorted_and_what_says_nothing_is_left_out(context: ReviewContext) -> None:
    def told(pairs: list[tuple[str, object]]) -> dict[str, object]:
        assert [key for key, _ in pairs] == sorted(key for key, _ in pairs)
        return dict(pairs)

    document = json.loads(form.write(context), object_pairs_hook=told)
    assert [
        answer for by in document.get("answers", {}).values() for answer in by.values() if "" in answer.values()
    ] == []


def test_keys_of_other_tools_come_back(catalog: Catalog) -> None:
    full = fixtures_reviews.filled(catalog, "full")
    assert json.loads(form.write(full))["x-tool"] == {"seen": [1, 2.5, None, "kept"]}


def test_a_damaged_document_is_refused_with_every_problem(catalog: Catalog) -> None:
    full = fixtures_reviews.filled(catalog, "full")
    damaged = form.write(full).replace(b'"value": "met"', b'"value": "yes"').replace(b'"partial"', b'"half"')
    with pytest.raises(ImportRejectedError) as refused:
        read_format("json", damaged, full)
    assert any(problem.startswith("answers.") and "value" in problem for problem in refused.value.problems)
    assert len(refused.value.problems) > 15
