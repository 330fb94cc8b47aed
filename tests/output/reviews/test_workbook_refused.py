"""Workbooks that people changed: what cannot be taken is refused whole, and each problem names its sheet and cell."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.output.reviews.workbooks import (
    FIRST_ROW,
    HEAD_ROW,
    PLACES,
    Worksheet,
    calculate,
    find_problems,
    find_problems_of,
    read,
    read_review,
    row_of,
    rows,
    set_cells,
    targets,
    write_and_open,
)
from tests.reviews.fixtures_reviews import NOW
from vger_guide.catalog.catalog import Catalog
from vger_guide.output.reviews.formats import xlsx
from vger_guide.output.reviews.import_result import ImportRejectedError
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.models import (
    Selection,
)
from vger_guide.reviews.selection import create_review

# openpyxl takes a second or so to open and save a workbook.
pytestmark = pytest.mark.slow

RULE, OTHER = "SES001", "SES002"


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("1/2/2027", "one of two"),
        ("31.2.2027", "day"),
        ("soon", "form"),
        ("31 Octember 2027", "month"),
        ("Q3 2027", "form"),
        (7, "between"),
        (1e300, "#VALUE!"),
        (True, "form"),
        (date(1999, 12, 31), "between"),
        ("31.3.0207", "between"),
        ("#REF!", "form"),
    ],
    ids=lambda value: str(value),
)
def test_what_is_no_day_or_may_be_two_is_a_problem(empty: ReviewContext, cell: Any, why: str) -> None:
    [problem] = find_problems_of(empty, RULE, Until=cell)
    assert problem.startswith("Web shop!L")
    assert why in problem


def test_all_problems_are_told_at_once_by_sheet_and_cell(several: ReviewContext) -> None:
    book = write_and_open(several)
    first, second, _ = targets(book, several)
    set_cells(first, RULE, Answer="Maybe", Until="soon", Confidence="very")
    calculate(first, OTHER, "Comment", "=HYPERLINK(A1)")
    calculate(first, OTHER, "Until", "=TODAY()")
    set_cells(second, RULE, Evidence="https://" + "x" * 3_000, Because="y" * 20_001, Not_applicable="Another reason")
    below = max(rows(second)) + 1
    second.cell(below, PLACES["Comment"]).value = "Of which rule?"
    second.cell(below + 1, PLACES["Rule"]).value = "XXX999"
    second.cell(below + 1, PLACES["Answer"]).value = "Met"
    with pytest.raises(ImportRejectedError) as refused:
        read_review(book, several)
    one, two = row_of(first, RULE), row_of(first, OTHER)
    assert [problem.partition(": ")[0] for problem in refused.value.problems] == [
        *(f"Web shop!{letter}{one}" for letter in "ELO"),
        *(f"Web shop!{letter}{two}" for letter in "FL"),
        *(f"Till!A{row}" for row in (below, below + 1)),
        *(f"Till!{letter}{row_of(second, RULE)}" for letter in "IG"),
    ]


def test_a_text_longer_than_the_document_takes_is_a_problem_of_its_cell(empty: ReviewContext) -> None:
    for heading, letter in {"Owner": "K", "Ticket": "N", "Reviewer": "Q"}.items():
        [problem] = find_problems_of(empty, RULE, **{heading: "x" * 401})
        assert problem.startswith(f"Web shop!{letter}")
        assert "400" in problem


def test_a_text_that_was_cut_and_changed_is_a_problem(full: ReviewContext, catalog: Catalog) -> None:
    answer = full.review.answers[RULE]["shop"].model_copy(update={"comment": "👩" * 20_000})
    answers = {**full.review.answers, RULE: {"shop": answer}}
    long = ReviewContext(catalog, full.review.model_copy(update={"answers": answers}), full.today)
    book = write_and_open(long)
    [sheet] = targets(book, long)
    cell = sheet.cell(row_of(sheet, RULE), PLACES["Comment"])
    cell.value = f"Changed. {str(cell.value)[9:]}"
    with pytest.raises(ImportRejectedError, match=r"Web shop!F\d+: was too long for a cell"):
        read_review(book, long)


def test_a_workbook_of_another_review_that_had_no_answers_is_refused(catalog: Catalog, empty: ReviewContext) -> None:
    one, other = (create_review(catalog, "next", name, Selection(), empty.review.targets, NOW) for name in ("A", "B"))
    with pytest.raises(ImportRejectedError, match="another review, 'A', before that had answers; import it into"):
        read(xlsx.write(replace(empty, review=one)), replace(empty, review=other))


def test_a_workbook_of_another_review_is_refused(catalog: Catalog, full: ReviewContext) -> None:
    other = full.review.model_copy(update={"id": "00000000-0000-4000-8000-000000000000"})
    with pytest.raises(ImportRejectedError, match="Web shop: belongs to another review"):
        read(xlsx.write(full), ReviewContext(catalog, other, full.today))


def test_a_sheet_of_a_target_that_is_not_there_or_twice_or_without_headings_is_a_problem(
    several: ReviewContext,
) -> None:
    book = write_and_open(several)
    first, second, third = targets(book, several)
    first["Y1"].value = "other"
    book.copy_worksheet(second)
    third.delete_rows(HEAD_ROW)
    with pytest.raises(ImportRejectedError) as refused:
        read_review(book, several)
    said = ["is of the target 'other'", "has lost its headings", "is of the same target as the sheet Till"]
    assert [words in problem for words, problem in zip(said, refused.value.problems, strict=True)] == [True] * 3


def test_merged_answers_renamed_headings_and_misplaced_words_are_named(full: ReviewContext) -> None:
    def spoil(sheet: Worksheet) -> None:
        row = row_of(sheet, RULE)
        sheet.merge_cells(f"E{row}:E{row + 2}")
        sheet.merge_cells("A1:F1")
        sheet["F3"] = "Kommentar"

    row = FIRST_ROW + [rule.id for rule in full.rules].index(RULE)
    assert find_problems(full, spoil) == [
        "Web shop!F3: 'Kommentar' stands where the heading Comment was; write Comment there",
        f"Web shop!E{row}:E{row + 2} is merged; split the cells, and answer in each row",
    ]

    def rename(sheet: Worksheet) -> None:
        sheet["E3"] = "Antwort"

    [told] = find_problems(full, rename)
    assert told == "Web shop!E3: 'Antwort' stands where the heading Answer was; write Answer there"
    [told] = find_problems_of(full, RULE, Answer="N/A")
    said = f"'Not applicable' is said in the columns Not applicable and Because (H{row} and I{row}): choose a reason"
    assert told.startswith(f"Web shop!E{row}: {said}")
    assert find_problems_of(full, RULE, Comment="x" * 32_000) == [
        f"Web shop!F{row}: has 32,000 characters, and 20,000 are allowed; shorten it"
    ]
