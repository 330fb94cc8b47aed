"""Workbooks that people changed, as openpyxl saves them, come back with what they wrote."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cli.vger_process import Vger
from tests.output.reviews.workbooks import (
    FIRST_ROW,
    HEAD_ROW,
    PLACES,
    Worksheet,
    find_problems,
    find_problems_of,
    open_book,
    read,
    read_review,
    returned_answer,
    row_of,
    rows,
    saved,
    set_cells,
    targets,
    write_and_open,
)
from tests.reviews import fixtures_reviews
from tests.soak import often
from vger_guide.catalog.catalog import Catalog
from vger_guide.output.reviews.formats import xlsx
from vger_guide.reviews import store
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.models import (
    Confidence,
    Evidence,
    Inapplicability,
    Person,
    Plan,
    Selection,
    Target,
    Value,
)
from vger_guide.reviews.selection import create_review, find_answer

# openpyxl takes a second or so to open and save a workbook.
pytestmark = pytest.mark.slow

RULE, OTHER = "SES001", "SES002"


def test_a_workbook_that_nobody_changed_gives_the_review_as_it_was(context: ReviewContext) -> None:
    assert read(xlsx.write(context), context).review == context.review


def test_a_workbook_that_another_program_saved_gives_the_review_as_it_was(context: ReviewContext) -> None:
    assert read_review(write_and_open(context), context) == context.review


def test_what_people_typed_and_chose_is_in_the_answer(empty: ReviewContext) -> None:
    answer = returned_answer(
        empty,
        RULE,
        Answer="Partly met",
        Comment="=1+1 is no formula here\nsecond line",
        Evidence="https://git.example/a.py — The code (seen 2027-01-31)\nsrc/app.py:12 at 0123abcd - Where\nWe looked.",
        Plan="risk accepted",
        Owner="The whole team",
        Until=date(2027, 3, 31),
        Approver="Ada",
        Ticket="SHOP-1",
        Confidence="HIGH",
        Answered_on=datetime(2027, 1, 2),  # noqa: DTZ001 - a cell knows no zone
    )
    assert (answer.value, answer.comment) == (Value.PARTIAL, "=1+1 is no formula here\nsecond line")
    found = [(one.address, one.path, one.line, one.commit, one.description, one.seen) for one in answer.evidence]
    assert found == [
        ("https://git.example/a.py", "", 0, "", "The code", date(2027, 1, 31)),
        ("", "src/app.py", 12, "0123abcd", "Where", None),
        ("", "", 0, "", "We looked.", None),
    ]
    plan = answer.disposition
    assert (plan.plan, plan.owner, plan.until) == (Plan.RISK_ACCEPTED, "The whole team", date(2027, 3, 31))
    assert (plan.approver, plan.ticket, answer.confidence) == ("Ada", "SHOP-1", Confidence.HIGH)
    assert answer.at == datetime(2027, 1, 2, tzinfo=UTC)


def test_what_does_not_apply_needs_a_reason_in_words(empty: ReviewContext) -> None:
    answer = returned_answer(empty, RULE, Not_applicable="Another reason", Because="There is no such thing.")
    assert answer.not_applicable
    assert (answer.not_applicable.code, answer.not_applicable.text) == (
        Inapplicability.OTHER,
        "There is no such thing.",
    )
    assert "say in words why" in find_problems_of(empty, RULE, Not_applicable="Another reason")[0]
    assert "choose why the rule does not apply" in find_problems_of(empty, RULE, Because="There is none.")[0]


def test_evidence_that_still_stands_keeps_what_its_line_does_not_show(full: ReviewContext) -> None:
    rule = full.rules[0].id
    [old] = full.review.answers[rule]["shop"].evidence
    noted = old.model_copy(update={"x-tool": 1})
    answer = full.review.answers[rule]["shop"].model_copy(update={"evidence": [noted]})
    review = full.review.model_copy(update={"answers": {**full.review.answers, rule: {"shop": answer}}})
    book = write_and_open(replace(full, review=review))
    [sheet] = targets(book, full)
    line = sheet.cell(row_of(sheet, rule), PLACES["Evidence"]).value
    set_cells(sheet, rule, Evidence=f"Seen by Bo.\n{line}")
    found = read_review(book, replace(full, review=review)).answers[rule]["shop"].evidence
    assert found == [Evidence(description="Seen by Bo."), noted]


def test_a_comment_on_an_older_answer_does_not_confirm_it(full: ReviewContext) -> None:
    old = full.review.answers[RULE]["shop"].model_copy(update={"revision": 77, "text_hash": "0" * 16})
    review = full.review.model_copy(update={"answers": {**full.review.answers, RULE: {"shop": old}}})
    book = write_and_open(replace(full, review=review))
    set_cells(targets(book, full)[0], RULE, Comment="Looked at.")
    answer = read_review(book, replace(full, review=review)).answers[RULE]["shop"]
    assert (answer.revision, answer.text_hash, answer.comment) == (77, "0" * 16, "Looked at.")


def test_each_target_has_its_own_answers(several: ReviewContext) -> None:
    book = write_and_open(several)
    for sheet, comment in zip(targets(book, several), ("first", "second", "third"), strict=True):
        set_cells(sheet, RULE, Comment=comment)
    by_target = read_review(book, several).answers[RULE]
    assert {target: answer.comment for target, answer in by_target.items()} == {
        "shop": "first",
        "till": "second",
        "store-2": "third",
    }


def _values(sheet: Worksheet, columns: int) -> list[list[Any]]:
    return [[sheet.cell(row, place).value for place in range(1, columns + 1)] for row in rows(sheet)]


def _lay(sheet: Worksheet, values: list[list[Any]]) -> None:
    for row, cells in enumerate(values, FIRST_ROW):
        for place, value in enumerate(cells, 1):
            sheet.cell(row, place).value = value


@pytest.mark.parametrize("columns", [PLACES["Counts as"], max(PLACES.values())], ids=["seen", "all"])
def test_rows_may_be_sorted_by_the_columns_that_are_seen_or_by_all(several: ReviewContext, columns: int) -> None:
    book = write_and_open(several)
    for sheet in targets(book, several):
        _lay(sheet, sorted(_values(sheet, columns), key=lambda cells: (str(cells[4]), str(cells[5]), cells[3])))
    assert read_review(book, several) == several.review


def test_rows_may_be_filtered(several: ReviewContext) -> None:
    book = write_and_open(several)
    for sheet in targets(book, several):
        sheet.auto_filter.add_filter_column(PLACES["Answer"] - 1, ["Met"])
        for row in rows(sheet):
            sheet.row_dimensions[row].hidden = sheet.cell(row, PLACES["Answer"]).value != "Met"
    assert read_review(book, several) == several.review


def test_sheets_may_be_renamed_and_moved_and_columns_and_rows_added(several: ReviewContext) -> None:
    book = write_and_open(several)
    for n, sheet in enumerate(targets(book, several)):
        sheet.insert_cols(3)
        sheet.cell(HEAD_ROW, 3).value = "Ours"
        sheet.insert_rows(1)
        sheet.title = f"Renamed {n}"
    book.move_sheet("Renamed 2", -3)
    book.create_sheet("Notes")["A1"] = "Ours too"
    assert read_review(book, several) == several.review


def test_a_rule_that_the_review_does_not_ask_is_answered_in_a_row_that_is_added(catalog: Catalog) -> None:
    several = fixtures_reviews.filled(catalog, "several")
    further = next(rule for rule in catalog.rules.values() if rule not in several.rules)
    book = write_and_open(several)
    sheet = targets(book, several)[0]
    below = max(rows(sheet)) + 2
    for heading, value in {"Rule": f" {further.id.lower()} ", "Answer": "Met", "Comment": "Added."}.items():
        sheet.cell(below, PLACES[heading]).value = value
    answer = read_review(book, several).answers[further.id]["shop"]
    assert (answer.value, answer.comment, answer.revision) == (Value.MET, "Added.", further.revision)


def test_a_row_that_was_copied_is_one_answer_and_two_that_differ_are_a_problem(full: ReviewContext) -> None:
    def copy(sheet: Worksheet) -> int:
        below = max(rows(sheet)) + 1
        for place in PLACES.values():
            sheet.cell(below, place).value = sheet.cell(row_of(sheet, RULE), place).value
        return below

    book = write_and_open(full)
    copy(targets(book, full)[0])
    assert read_review(book, full) == full.review

    def differ(sheet: Worksheet) -> None:
        sheet.cell(copy(sheet), PLACES["Comment"]).value = "Another one"

    [problem] = find_problems(full, differ)
    assert problem.startswith(f"Web shop!A{FIRST_ROW + len(full.rules)}: {RULE} is answered in Web shop!A")


# What stands in the cell of a date, and the day that it is.
DATES = [
    (date(2027, 3, 31), date(2027, 3, 31)),
    (datetime(2027, 3, 31, 23, 59), date(2027, 3, 31)),  # noqa: DTZ001 - a cell knows no zone
    (46_477, date(2027, 3, 31)),
    (46_477.75, date(2027, 3, 31)),
    *(
        (text, date(2027, 3, 31))
        for text in (
            "2027-03-31",
            " 2027-3-31 ",
            "2027/03/31",
            "2027-03-31 00:00:00",
            "2027-03-31T10:00:00Z",
            "31.3.2027",
            "31. 03. 2027",
            "31/3/2027",
            "3/31/2027",
            "31-03-2027",
            "31 March 2027",
            "31-Mar-2027",
            "March 31, 2027",
        )
    ),
    ("5/5/2027", date(2027, 5, 5)),
    ("1.2.2027", date(2027, 2, 1)),
]


@pytest.mark.parametrize(("cell", "day"), DATES, ids=lambda value: str(value))
def test_a_day_is_understood_however_it_was_typed(empty: ReviewContext, cell: Any, day: date) -> None:
    assert returned_answer(empty, RULE, Until=cell).disposition.until == day


def test_days_that_no_spreadsheet_has_come_back(full: ReviewContext, catalog: Catalog) -> None:
    days = [date(1, 1, 1), date(1899, 12, 31), date(1900, 2, 28), date(1901, 1, 1), date(9999, 12, 31)]
    answers = dict(full.review.answers)
    for rule, day in zip(full.rules, days, strict=False):
        old = answers[rule.id]["shop"]
        plan = old.disposition.model_copy(update={"plan": Plan.PLANNED, "until": day})
        moment = datetime(min(max(day.year, 1000), 8999), day.month, day.day, 23, 59, tzinfo=UTC)
        answers[rule.id] = {"shop": old.model_copy(update={"disposition": plan, "at": moment})}
    far = ReviewContext(catalog, full.review.model_copy(update={"answers": answers}), full.today)
    assert read(xlsx.write(far), far).review == far.review
    assert read_review(write_and_open(far), far) == far.review


def test_somebody_new_is_added_to_the_people_and_known_ones_are_known_by_name(full: ReviewContext) -> None:
    book = write_and_open(full)
    [sheet] = targets(book, full)
    set_cells(sheet, RULE, Reviewer="Dö Example", Owner="Bo Example", Approver="ADA")
    set_cells(sheet, OTHER, Reviewer="dö example")
    review = read_review(book, full)
    assert [person.id for person in review.people] == ["ada", "bo", "do-example"]
    assert (review.answers[RULE]["shop"].by, review.answers[OTHER]["shop"].by) == ("do-example", "do-example")
    assert (review.answers[RULE]["shop"].disposition.owner, review.answers[RULE]["shop"].disposition.approver) == (
        "bo",
        "ada",
    )


def test_an_owner_who_joined_the_review_since_is_the_same_person(full: ReviewContext) -> None:
    book = write_and_open(full)
    set_cells(targets(book, full)[0], RULE, Owner="Dö Example")
    taken = read_review(book, full)
    assert taken.answers[RULE]["shop"].disposition.owner == "Dö Example"
    joined = taken.model_copy(update={"people": [*taken.people, Person(id="do-example", name="Dö Example")]})
    again = read(saved(book), replace(full, review=joined))
    assert (again.conflicts, again.review) == ([], joined)


def test_an_answer_to_an_older_wording_is_to_be_confirmed(empty: ReviewContext) -> None:
    book = write_and_open(empty)
    [sheet] = targets(book, empty)
    set_cells(sheet, RULE, Answer="Met", Revision="99", Text_hash="0123456789abcdef")
    answer = read_review(book, empty).answers[RULE]["shop"]
    assert (answer.revision, answer.text_hash, answer.confirm) == (99, "0123456789abcdef", True)


def test_an_empty_checklist_is_taken_by_a_review_of_its_targets(catalog: Catalog, empty: ReviewContext) -> None:
    now = datetime(2026, 5, 1, tzinfo=UTC)
    review = create_review(catalog, "next", "Another", Selection(), [Target(id="shop", name="Shop")], now)
    book = write_and_open(empty)
    set_cells(targets(book, empty)[0], RULE, Answer="Met")
    done = read(saved(book), ReviewContext(catalog, review, empty.today))
    assert done.review.answers[RULE]["shop"].value is Value.MET
    assert done.remarks == [], "a checklist is of no review"


@pytest.mark.parametrize(
    ("typed", "value"),
    [("Yes", Value.MET), (" NO ", Value.NOT_MET), ("partly", Value.PARTIAL), ("Partly-met", Value.PARTIAL)],
)
def test_yes_and_no_are_answers_too(empty: ReviewContext, typed: str, value: Value) -> None:
    book = write_and_open(empty)
    set_cells(targets(book, empty)[0], RULE, Answer=typed)
    assert read_review(book, empty).answers[RULE]["shop"].value is value


# What XML can hold; openpyxl takes away `x005F_` wherever it stands.
NONE = "\ufffe\uffff"


CHARACTERS = st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\r\t", exclude_characters=NONE)


TEXT = st.text(CHARACTERS, max_size=300).filter(lambda text: "x005F_" not in text)


@settings(max_examples=often(3, 100), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(TEXT, min_size=118, max_size=118))
def test_any_text_that_a_cell_can_hold_comes_back(empty: ReviewContext, texts: list[str]) -> None:
    book = write_and_open(empty)
    [sheet] = targets(book, empty)
    for rule, text in zip(empty.rules, texts, strict=True):
        set_cells(sheet, rule.id, Comment=text)
    review = read_review(book, empty)
    wanted = [text.replace("\r\n", "\n").replace("\r", "\n").strip() for text in texts]
    assert [find_answer(review, rule, "shop").comment for rule in empty.rules] == wanted


def test_the_command_takes_a_workbook_over_or_says_which_cell_it_cannot_take(
    full: ReviewContext, tmp_path: Path
) -> None:
    vger = Vger(tmp_path, tmp_path / "cache")
    review = tmp_path / "review.json"
    review.write_text(store.write(full.review), encoding="utf-8")
    vger.lines("review", "export", "review.json", "xlsx", "--output", "ours.xlsx")
    book = open_book((tmp_path / "ours.xlsx").read_bytes())
    [sheet] = targets(book, full)
    set_cells(sheet, RULE, Answer="Partly met", Comment="By hand.")
    book.save(tmp_path / "ours.xlsx")
    assert vger.lines("review", "import", "review.json", "ours.xlsx")[-1] == "review.json: 1 answer changed."
    taken = store.read(review.read_bytes()).answers[RULE]["shop"]
    assert (taken.value, taken.comment) == (Value.PARTIAL, "By hand.")
    before = review.read_bytes()
    set_cells(sheet, OTHER, Answer="Perhaps")
    book.save(tmp_path / "ours.xlsx")
    done = vger("review", "import", "review.json", "ours.xlsx")
    assert (done.returncode, review.read_bytes()) == (2, before)
    assert f"Web shop!E{row_of(sheet, OTHER)}: 'Perhaps' is no answer; choose" in " ".join(done.stderr.split())
