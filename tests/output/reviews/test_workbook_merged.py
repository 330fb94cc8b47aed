"""Workbooks that come back are merged three ways: what was exported, what they say, and the review as it stands."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from tests.output.reviews.workbooks import (
    FIRST_ROW,
    PLACES,
    read,
    read_review,
    saved,
    set_cells,
    targets,
    write_and_open,
)
from tests.reviews import fixtures_reviews
from tests.reviews.fixtures_reviews import NOW
from vger_guide.catalog.catalog import Catalog
from vger_guide.output.reviews.formats import extract_review, read_format
from vger_guide.output.reviews.import_result import Importer, ImportRejectedError
from vger_guide.output.reviews.workbook.columns import ANSWERED
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.diff import diff_answers
from vger_guide.reviews.edit import record_answers
from vger_guide.reviews.merge import Side
from vger_guide.reviews.models import (
    Answer,
    Conflict,
    Disposition,
    Value,
)

# openpyxl takes a second or so to open and save a workbook.
pytestmark = pytest.mark.slow

RULE, OTHER = "SES001", "SES002"


def test_an_answer_that_is_emptied_is_held_back_and_taken_back_where_losses_are_accepted(full: ReviewContext) -> None:
    gone = [column.heading for column in ANSWERED]
    book = write_and_open(full)
    [sheet] = targets(book, full)
    for rule in full.rules:
        set_cells(sheet, rule.id, **dict.fromkeys(gone))
    done = read(saved(book), full)
    assert done.review == full.review
    head = f"{RULE} {full.catalog.rules[RULE].title} (Web shop)"
    assert [line for line in done.losses if line.startswith(RULE)] == [
        f"{head}: Not met -> Unanswered",
        f"{head}: plan: Risk accepted until 2026-09-30 -> No plan",
        f"{head}: owner: 'bo' -> none",
        f"{head}: ticket: 'SHOP-12' -> none",
    ]
    kept = {"revision", "text_hash", "carried_from"}
    for id_, by_target in done.lossy.answers.items():
        blank = Answer(revision=1, text_hash="0" * 16).model_dump(exclude=kept)
        assert by_target["shop"].model_dump(exclude=kept) == blank, id_


def test_only_what_was_changed_changes(full: ReviewContext) -> None:
    book = write_and_open(full)
    [sheet] = targets(book, full)
    set_cells(sheet, RULE, Comment="Another comment.")
    review = read_review(book, full)
    old = full.review.answers[RULE]["shop"]
    stamp = {"at": datetime.combine(full.today, time(), UTC)}
    assert review.answers[RULE]["shop"] == old.model_copy(update={"comment": "Another comment.", **stamp})
    assert [(change.rule, change.target) for change in diff_answers(full.review.answers, review.answers)] == [
        (RULE, "shop")
    ]
    assert review.model_copy(update={"answers": full.review.answers}) == full.review


def test_rows_sheets_and_columns_that_were_deleted_leave_their_answers_as_they_were(several: ReviewContext) -> None:
    book = write_and_open(several)
    first, second, third = targets(book, several)
    first.delete_rows(FIRST_ROW, 40)
    second.delete_cols(PLACES["Comment"], 3)
    book.remove(third)
    done = read(saved(book), several)
    assert done.review == several.review
    assert [remark.partition(";")[0] for remark in done.remarks] == [
        "Web shop: 40 rules have no row (CAC001, CAC002, DAT001, DAT002, DAT003, …)",
        "Till: has no column Comment, Evidence, Not applicable",
        "Store: has no sheet",
    ]


def test_what_is_answered_in_a_workbook_is_carried_from_nowhere_and_decides_its_conflicts(full: ReviewContext) -> None:
    old = full.review.answers[RULE]["shop"].model_copy(update={"carried_from": "2023.09", "value": Value.NOT_MET})
    fields = ("value", "comment", "disposition", "evidence")
    conflicts = [Conflict(place=["answers", RULE, "shop", field]) for field in fields]
    review = record_answers(full.review, {(RULE, "shop"): (old, set())}).model_copy(update={"conflicts": conflicts})
    given = replace(full, review=review)
    book = write_and_open(given)
    set_cells(targets(book, given)[0], RULE, Answer="Met", Owner="Cy")
    after = read_review(book, given)
    answer = after.answers[RULE]["shop"]
    assert (answer.value, answer.disposition.owner, answer.carried_from) == (Value.MET, "Cy", "")
    assert [conflict.place[-1] for conflict in after.conflicts] == ["comment", "evidence"]


def test_a_row_that_its_sender_left_alone_takes_nothing_back_that_was_answered_since(
    catalog: Catalog, empty: ReviewContext
) -> None:
    book = write_and_open(empty)
    [sheet] = targets(book, empty)
    set_cells(sheet, RULE, Answer="Met")
    now = replace(empty, review=empty.review.model_copy(update={"answers": fixtures_reviews.full(catalog).answers}))
    done = read(saved(book), now)
    assert {**done.review.answers, RULE: {}} == {**now.review.answers, RULE: {}}
    [conflict] = done.conflicts
    assert (conflict.place, conflict.ours["value"], conflict.theirs["value"]) == (
        ["answers", RULE, "shop", "value"],
        "not-met",
        "met",
    )
    assert done.review.answers[RULE] == now.review.answers[RULE], "it is still of who gave it"
    assert done.review.conflicts == done.conflicts
    kept = read_format("xlsx", saved(book), now, keep=Side.THEIRS).review
    assert (kept.answers[RULE]["shop"].value, kept.conflicts) == (Value.MET, [])


def test_an_answer_is_of_the_importer_and_of_the_day_unless_its_cells_say_otherwise(full: ReviewContext) -> None:
    book = write_and_open(full)
    [sheet] = targets(book, full)
    set_cells(sheet, RULE, Answer="Met")
    set_cells(sheet, OTHER, Answer="Met", Reviewer="Bo Example", Answered_on=date(2026, 3, 8))
    importer = Importer("Dö Example", NOW + timedelta(days=30))
    answers = read_format("xlsx", saved(book), full, importer).review.answers
    assert (answers[RULE]["shop"].by, answers[RULE]["shop"].at) == ("do-example", importer.at)
    assert (answers[OTHER]["shop"].by, answers[OTHER]["shop"].at) == ("bo", datetime(2026, 3, 8, tzinfo=UTC))
    nobody = read(saved(book), full).review.answers[RULE]["shop"]
    assert (nobody.by, nobody.at) == ("", datetime.combine(full.today, time(), UTC))


def test_a_workbook_without_its_base_takes_what_it_says_where_the_review_says_nothing(full: ReviewContext) -> None:
    blank = full.review.answers[OTHER]["shop"].model_copy(
        update={"value": Value.UNANSWERED, "disposition": Disposition()}
    )
    given = replace(full, review=record_answers(full.review, {(OTHER, "shop"): (blank, ())}))
    book = write_and_open(given)
    book.remove(book["Exported"])
    [sheet] = targets(book, given)
    set_cells(sheet, RULE, Answer="Met", Comment="Done.", Plan=None, Owner=None, Until=None, Approver=None)
    set_cells(sheet, OTHER, Answer="Met")
    done = read(saved(book), given)
    assert "does not carry what it was exported with" in done.remarks[0]
    assert done.review.answers[OTHER]["shop"].value is Value.MET
    old, answer = given.review.answers[RULE]["shop"], done.review.answers[RULE]["shop"]
    assert (answer.value, answer.comment, answer.disposition) == (old.value, "Done.", old.disposition)
    assert ([each.place[-1] for each in done.conflicts], done.losses) == (["value"], [])
    with pytest.raises(ImportRejectedError, match="holds no whole review"):
        extract_review("xlsx", saved(book))


def test_a_workbook_holds_the_review_that_it_was_exported_from(context: ReviewContext) -> None:
    assert extract_review("xlsx", saved(write_and_open(context))) == context.review


@pytest.mark.parametrize("spoil", ["", "{", '{"a": 1', "[]", '{"id": "x"}', "9" * 5000])
def test_a_hidden_sheet_that_somebody_changed_is_told_and_not_used(full: ReviewContext, spoil: str) -> None:
    book = write_and_open(full)
    sheet = book["Exported"]
    for row in range(2, sheet.max_row + 1):
        if not sheet.cell(row, 1).value:
            sheet.cell(row, 3).value = spoil
    done = read(saved(book), full)
    assert "its hidden sheet was changed" in done.remarks[0]
    assert done.review == full.review


def test_a_conflict_that_a_workbook_knows_nothing_of_stays(full: ReviewContext) -> None:
    conflicts = [Conflict(place=["answers", RULE, "shop", "value"], theirs={"value": "met"})]
    book = write_and_open(full)
    set_cells(targets(book, full)[0], RULE, Answer="Partly met")
    since = replace(full, review=full.review.model_copy(update={"conflicts": conflicts}))
    assert read_review(book, since).conflicts == conflicts
