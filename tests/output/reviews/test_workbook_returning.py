"""Workbooks that people changed, as openpyxl saves them, come back; what cannot be taken says where it is."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
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
    Workbook,
    Worksheet,
    calculate,
    open_book,
    read,
    row_of,
    rows,
    saved,
    set_cells,
    targets,
    write_and_open,
)
from tests.reviews import fixtures_reviews
from tests.reviews.fixtures_reviews import NOW
from tests.soak import often
from vger_guide.catalog.catalog import Catalog
from vger_guide.output.reviews.formats import extract_review, read_format, xlsx
from vger_guide.output.reviews.import_result import Importer, ImportRejectedError
from vger_guide.output.reviews.workbook.columns import ANSWERED
from vger_guide.reviews import store
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.diff import diff_answers
from vger_guide.reviews.edit import record_answers
from vger_guide.reviews.merge import Side
from vger_guide.reviews.models import (
    Answer,
    Confidence,
    Conflict,
    Disposition,
    Evidence,
    Inapplicability,
    Person,
    Plan,
    Review,
    Selection,
    Target,
    Value,
)
from vger_guide.reviews.selection import create_review, find_answer

# openpyxl takes a second or so to open and save a workbook.
pytestmark = pytest.mark.slow

RULE, OTHER = "SES001", "SES002"


@pytest.fixture(params=fixtures_reviews.MAKERS)
def each(catalog: Catalog, request: pytest.FixtureRequest) -> ReviewContext:
    """Return each of the made-up reviews."""
    return fixtures_reviews.filled(catalog, request.param)


@pytest.fixture
def empty(catalog: Catalog) -> ReviewContext:
    """Return a review that nobody has answered, of one target."""
    return fixtures_reviews.filled(catalog, "empty")


@pytest.fixture
def full(catalog: Catalog) -> ReviewContext:
    """Return a review with something in every field, of one target."""
    return fixtures_reviews.filled(catalog, "full")


@pytest.fixture
def several(catalog: Catalog) -> ReviewContext:
    """Return a review of three targets."""
    return fixtures_reviews.filled(catalog, "several")


def _read(book: Workbook, context: ReviewContext) -> Review:
    return read(saved(book), context).review


def _returned(context: ReviewContext, **cells: Any) -> Answer:
    """Return the answer to RULE after its cells were written into."""
    book = write_and_open(context)
    set_cells(targets(book, context)[0], RULE, **cells)
    return _read(book, context).answers[RULE][context.review.targets[0].id]


def _problems(context: ReviewContext, change: Callable[[Worksheet], None]) -> list[str]:
    book = write_and_open(context)
    change(targets(book, context)[0])
    with pytest.raises(ImportRejectedError) as refused:
        _read(book, context)
    return refused.value.problems


def _told(context: ReviewContext, **cells: Any) -> list[str]:
    return _problems(context, lambda sheet: set_cells(sheet, RULE, **cells))


def test_a_workbook_that_nobody_changed_gives_the_review_as_it_was(each: ReviewContext) -> None:
    assert read(xlsx.write(each), each).review == each.review


def test_a_workbook_that_another_program_saved_gives_the_review_as_it_was(each: ReviewContext) -> None:
    assert _read(write_and_open(each), each) == each.review


def test_what_people_typed_and_chose_is_in_the_answer(empty: ReviewContext) -> None:
    answer = _returned(
        empty,
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
    answer = _returned(empty, Not_applicable="Another reason", Because="There is no such thing.")
    assert answer.not_applicable
    assert (answer.not_applicable.code, answer.not_applicable.text) == (
        Inapplicability.OTHER,
        "There is no such thing.",
    )
    assert "say in words why" in _told(empty, Not_applicable="Another reason")[0]
    assert "choose why the rule does not apply" in _told(empty, Because="There is none.")[0]


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
    review = _read(book, full)
    old = full.review.answers[RULE]["shop"]
    stamp = {"at": datetime.combine(full.today, time(), UTC)}
    assert review.answers[RULE]["shop"] == old.model_copy(update={"comment": "Another comment.", **stamp})
    assert [(change.rule, change.target) for change in diff_answers(full.review.answers, review.answers)] == [
        (RULE, "shop")
    ]
    assert review.model_copy(update={"answers": full.review.answers}) == full.review


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
    found = _read(book, replace(full, review=review)).answers[rule]["shop"].evidence
    assert found == [Evidence(description="Seen by Bo."), noted]


def test_a_comment_on_an_older_answer_does_not_confirm_it(full: ReviewContext) -> None:
    old = full.review.answers[RULE]["shop"].model_copy(update={"revision": 77, "text_hash": "0" * 16})
    review = full.review.model_copy(update={"answers": {**full.review.answers, RULE: {"shop": old}}})
    book = write_and_open(replace(full, review=review))
    set_cells(targets(book, full)[0], RULE, Comment="Looked at.")
    answer = _read(book, replace(full, review=review)).answers[RULE]["shop"]
    assert (answer.revision, answer.text_hash, answer.comment) == (77, "0" * 16, "Looked at.")


def test_each_target_has_its_own_answers(several: ReviewContext) -> None:
    book = write_and_open(several)
    for sheet, comment in zip(targets(book, several), ("first", "second", "third"), strict=True):
        set_cells(sheet, RULE, Comment=comment)
    by_target = _read(book, several).answers[RULE]
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
    assert _read(book, several) == several.review


def test_rows_may_be_filtered(several: ReviewContext) -> None:
    book = write_and_open(several)
    for sheet in targets(book, several):
        sheet.auto_filter.add_filter_column(PLACES["Answer"] - 1, ["Met"])
        for row in rows(sheet):
            sheet.row_dimensions[row].hidden = sheet.cell(row, PLACES["Answer"]).value != "Met"
    assert _read(book, several) == several.review


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


def test_sheets_may_be_renamed_and_moved_and_columns_and_rows_added(several: ReviewContext) -> None:
    book = write_and_open(several)
    for n, sheet in enumerate(targets(book, several)):
        sheet.insert_cols(3)
        sheet.cell(HEAD_ROW, 3).value = "Ours"
        sheet.insert_rows(1)
        sheet.title = f"Renamed {n}"
    book.move_sheet("Renamed 2", -3)
    book.create_sheet("Notes")["A1"] = "Ours too"
    assert _read(book, several) == several.review


def test_a_rule_that_the_review_does_not_ask_is_answered_in_a_row_that_is_added(catalog: Catalog) -> None:
    several = fixtures_reviews.filled(catalog, "several")
    further = next(rule for rule in catalog.rules.values() if rule not in several.rules)
    book = write_and_open(several)
    sheet = targets(book, several)[0]
    below = max(rows(sheet)) + 2
    for heading, value in {"Rule": f" {further.id.lower()} ", "Answer": "Met", "Comment": "Added."}.items():
        sheet.cell(below, PLACES[heading]).value = value
    answer = _read(book, several).answers[further.id]["shop"]
    assert (answer.value, answer.comment, answer.revision) == (Value.MET, "Added.", further.revision)


def test_a_row_that_was_copied_is_one_answer_and_two_that_differ_are_a_problem(full: ReviewContext) -> None:
    def copy(sheet: Worksheet) -> int:
        below = max(rows(sheet)) + 1
        for place in PLACES.values():
            sheet.cell(below, place).value = sheet.cell(row_of(sheet, RULE), place).value
        return below

    book = write_and_open(full)
    copy(targets(book, full)[0])
    assert _read(book, full) == full.review

    def differ(sheet: Worksheet) -> None:
        sheet.cell(copy(sheet), PLACES["Comment"]).value = "Another one"

    [problem] = _problems(full, differ)
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
    assert _returned(empty, Until=cell).disposition.until == day


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
    [problem] = _told(empty, Until=cell)
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
        _read(book, several)
    one, two = row_of(first, RULE), row_of(first, OTHER)
    assert [problem.partition(": ")[0] for problem in refused.value.problems] == [
        *(f"Web shop!{letter}{one}" for letter in "ELO"),
        *(f"Web shop!{letter}{two}" for letter in "FL"),
        *(f"Till!A{row}" for row in (below, below + 1)),
        *(f"Till!{letter}{row_of(second, RULE)}" for letter in "IG"),
    ]


def test_a_text_longer_than_the_document_takes_is_a_problem_of_its_cell(empty: ReviewContext) -> None:
    for heading, letter in {"Owner": "K", "Ticket": "N", "Reviewer": "Q"}.items():
        [problem] = _told(empty, **{heading: "x" * 401})
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
        _read(book, long)


def test_days_that_no_spreadsheet_has_come_back(full: ReviewContext, catalog: Catalog) -> None:
    days = [date(1, 1, 1), date(1899, 12, 31), date(1900, 2, 28), date(1901, 1, 1), date(9999, 12, 31)]
    answers = dict(full.review.answers)
    for rule, day in zip(full.rules, days, strict=False):
        old = answers[rule.id]["shop"]
        plan = old.disposition.model_copy(update={"plan": Plan.PLANNED, "until": day})
        moment = datetime(day.year, day.month, day.day, 23, 59, tzinfo=UTC)
        answers[rule.id] = {"shop": old.model_copy(update={"disposition": plan, "at": moment})}
    far = ReviewContext(catalog, full.review.model_copy(update={"answers": answers}), full.today)
    assert read(xlsx.write(far), far).review == far.review
    assert _read(write_and_open(far), far) == far.review


def test_somebody_new_is_added_to_the_people_and_known_ones_are_known_by_name(full: ReviewContext) -> None:
    book = write_and_open(full)
    [sheet] = targets(book, full)
    set_cells(sheet, RULE, Reviewer="Dö Example", Owner="Bo Example", Approver="ADA")
    set_cells(sheet, OTHER, Reviewer="dö example")
    review = _read(book, full)
    assert [person.id for person in review.people] == ["ada", "bo", "do-example"]
    assert (review.answers[RULE]["shop"].by, review.answers[OTHER]["shop"].by) == ("do-example", "do-example")
    assert (review.answers[RULE]["shop"].disposition.owner, review.answers[RULE]["shop"].disposition.approver) == (
        "bo",
        "ada",
    )


def test_an_owner_who_joined_the_review_since_is_the_same_person(full: ReviewContext) -> None:
    book = write_and_open(full)
    set_cells(targets(book, full)[0], RULE, Owner="Dö Example")
    taken = _read(book, full)
    assert taken.answers[RULE]["shop"].disposition.owner == "Dö Example"
    joined = taken.model_copy(update={"people": [*taken.people, Person(id="do-example", name="Dö Example")]})
    again = read(saved(book), replace(full, review=joined))
    assert (again.conflicts, again.review) == ([], joined)


def test_an_answer_to_an_older_wording_is_to_be_confirmed(empty: ReviewContext) -> None:
    book = write_and_open(empty)
    [sheet] = targets(book, empty)
    set_cells(sheet, RULE, Answer="Met", Revision="99", Text_hash="0123456789abcdef")
    answer = _read(book, empty).answers[RULE]["shop"]
    assert (answer.revision, answer.text_hash, answer.confirm) == (99, "0123456789abcdef", True)


def test_an_empty_checklist_is_taken_by_a_review_of_its_targets(catalog: Catalog, empty: ReviewContext) -> None:
    now = datetime(2026, 5, 1, tzinfo=UTC)
    review = create_review(catalog, "next", "Another", Selection(), [Target(id="shop", name="Shop")], now)
    book = write_and_open(empty)
    set_cells(targets(book, empty)[0], RULE, Answer="Met")
    done = read(saved(book), ReviewContext(catalog, review, empty.today))
    assert done.review.answers[RULE]["shop"].value is Value.MET
    assert done.remarks == [], "a checklist is of no review"


def test_a_workbook_of_another_review_that_had_no_answers_is_refused(catalog: Catalog, empty: ReviewContext) -> None:
    one, other = (create_review(catalog, "next", name, Selection(), empty.review.targets, NOW) for name in ("A", "B"))
    with pytest.raises(ImportRejectedError, match="another review, 'A', before that had answers; import it into"):
        read(xlsx.write(replace(empty, review=one)), replace(empty, review=other))


@pytest.mark.parametrize(
    ("typed", "value"),
    [("Yes", Value.MET), (" NO ", Value.NOT_MET), ("partly", Value.PARTIAL), ("Partly-met", Value.PARTIAL)],
)
def test_yes_and_no_are_answers_too(empty: ReviewContext, typed: str, value: Value) -> None:
    book = write_and_open(empty)
    set_cells(targets(book, empty)[0], RULE, Answer=typed)
    assert _read(book, empty).answers[RULE]["shop"].value is value


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
        _read(book, several)
    said = ["is of the target 'other'", "has lost its headings", "is of the same target as the sheet Till"]
    assert [words in problem for words, problem in zip(said, refused.value.problems, strict=True)] == [True] * 3


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
    review = _read(book, empty)
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


def test_what_is_answered_in_a_workbook_is_carried_from_nowhere_and_decides_its_conflicts(full: ReviewContext) -> None:
    old = full.review.answers[RULE]["shop"].model_copy(update={"carried_from": "2023.09", "value": Value.NOT_MET})
    fields = ("value", "comment", "disposition", "evidence")
    conflicts = [Conflict(place=["answers", RULE, "shop", field]) for field in fields]
    review = record_answers(full.review, {(RULE, "shop"): (old, set())}).model_copy(update={"conflicts": conflicts})
    given = replace(full, review=review)
    book = write_and_open(given)
    set_cells(targets(book, given)[0], RULE, Answer="Met", Owner="Cy")
    after = _read(book, given)
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


def test_a_workbook_holds_the_review_that_it_was_exported_from(each: ReviewContext) -> None:
    assert extract_review("xlsx", saved(write_and_open(each))) == each.review


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


def test_merged_answers_renamed_headings_and_misplaced_words_are_named(full: ReviewContext) -> None:
    def spoil(sheet: Worksheet) -> None:
        row = row_of(sheet, RULE)
        sheet.merge_cells(f"E{row}:E{row + 2}")
        sheet.merge_cells("A1:F1")
        sheet["F3"] = "Kommentar"

    row = FIRST_ROW + [rule.id for rule in full.rules].index(RULE)
    assert _problems(full, spoil) == [
        "Web shop!F3: 'Kommentar' stands where the heading Comment was; write Comment there",
        f"Web shop!E{row}:E{row + 2} is merged; split the cells, and answer in each row",
    ]

    def rename(sheet: Worksheet) -> None:
        sheet["E3"] = "Antwort"

    assert _problems(full, rename) == ["Web shop!E3: 'Antwort' stands where the heading Answer was; write Answer there"]
    [told] = _told(full, Answer="N/A")
    said = f"'Not applicable' is said in the columns Not applicable and Because (H{row} and I{row}): choose a reason"
    assert told.startswith(f"Web shop!E{row}: {said}")
    assert _told(full, Comment="x" * 32_000) == [
        f"Web shop!F{row}: has 32,000 characters, and 20,000 are allowed; shorten it"
    ]


def test_a_conflict_that_a_workbook_knows_nothing_of_stays(full: ReviewContext) -> None:
    conflicts = [Conflict(place=["answers", RULE, "shop", "value"], theirs={"value": "met"})]
    book = write_and_open(full)
    set_cells(targets(book, full)[0], RULE, Answer="Partly met")
    since = replace(full, review=full.review.model_copy(update={"conflicts": conflicts}))
    assert _read(book, since).conflicts == conflicts
