"""The workbook of a review as openpyxl, an independent reader, finds it."""

import io
import re
import zipfile
from itertools import product
from typing import Any

import pytest
from openpyxl.utils import get_column_letter

from tests.output.reviews.workbooks import (
    FIRST_ROW,
    HEAD_ROW,
    PLACES,
    Workbook,
    Worksheet,
    open_book,
    read,
    row_of,
    rows,
    targets,
    write_and_open,
)
from tests.reviews import fixtures_reviews
from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.editions import text_hash
from vger_guide.output.reviews.formats import xlsx
from vger_guide.output.reviews.workbook.columns import COLUMNS, ColumnKind
from vger_guide.output.reviews.workbook.names import sheet_names
from vger_guide.output.reviews.workbook.text import LIMIT
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.labels import NOT_APPLICABLE, VALUES, answer_label
from vger_guide.reviews.selection import find_answer
from vger_guide.text.csv import utf16_length

pytestmark = pytest.mark.slow

WITH_FORMULAS = {"Counts as"}


@pytest.fixture(scope="module", params=fixtures_reviews.MAKERS)
def context(catalog: Catalog, request: pytest.FixtureRequest) -> ReviewContext:
    """Return each of the made-up reviews."""
    return fixtures_reviews.filled(catalog, request.param)


@pytest.fixture(scope="module")
def book(context: ReviewContext) -> Workbook:
    """Return its workbook, for looking at."""
    return write_and_open(context)


@pytest.fixture(scope="module")
def several(catalog: Catalog) -> ReviewContext:
    """Return a review of three targets."""
    return fixtures_reviews.filled(catalog, "several")


@pytest.fixture(scope="module")
def book_of_several(several: ReviewContext) -> Workbook:
    """Return its workbook, for looking at."""
    return write_and_open(several)


def _column(sheet: Worksheet, heading: str) -> list[Any]:
    return [sheet.cell(row, PLACES[heading]).value for row in rows(sheet)]


def test_the_same_review_gives_the_same_bytes_and_none_of_them_are_of_the_clock(context: ReviewContext) -> None:
    data = xlsx.write(context)
    assert xlsx.write(context) == data
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        assert {part.date_time for part in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = open_book(data).properties
    assert properties.created == context.review.updated.replace(tzinfo=None)
    assert properties.modified == properties.created


def test_every_sheet_that_is_seen_says_which_edition_of_the_guide_it_is_of(
    context: ReviewContext, book: Workbook
) -> None:
    said = f"VGER Architecture Guide, edition {context.review.edition}"
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            assert str(sheet["A2"].value).startswith(said)
            assert said in str(sheet.oddFooter.left.text)


def test_a_target_has_a_row_for_every_rule_with_its_id_revision_and_hash_out_of_sight(
    context: ReviewContext, book: Workbook
) -> None:
    for sheet in targets(book, context):
        assert _column(sheet, "Rule") == [rule.id for rule in context.rules] == _column(sheet, "Rule id")
        assert _column(sheet, "Revision") == [str(rule.revision) for rule in context.rules]
        assert _column(sheet, "Text hash") == [text_hash(rule) for rule in context.rules]
        assert _column(sheet, "Question") == [rule.ask for rule in context.rules]
    hidden = {column.heading for column in COLUMNS if _dimension(sheet, column.heading).hidden}
    assert hidden == {"Rule id", "Revision", "Text hash", "Chapter"}


def _dimension(sheet: Worksheet, heading: str) -> Any:
    # Neighbours that look alike are one group, under the first of them.
    place = PLACES[heading]
    return next(each for each in sheet.column_dimensions.values() if each.min <= place <= each.max)


def test_every_rule_leads_to_its_page(several: ReviewContext, book_of_several: Workbook) -> None:
    for sheet in targets(book_of_several, several):
        links = {sheet.cell(row, 1).value: sheet.cell(row, 1).hyperlink.target for row in rows(sheet)}
        pages = {rule.id: rule.page.removesuffix(".md") for rule in several.rules}
        assert {rule: link for rule, link in links.items() if link != f"{several.site}{pages[rule]}/"} == {}


def test_the_drop_downs_take_their_words_from_the_list_sheet_for_all_rows_and_those_below(
    several: ReviewContext, book_of_several: Workbook
) -> None:
    lists = book_of_several["Lists"]
    assert lists.sheet_state == "hidden"
    for sheet in targets(book_of_several, several):
        found = {
            str(each.sqref): each.formula1 for each in sheet.data_validations.dataValidation if each.type == "list"
        }
        for column in COLUMNS:
            letter, last = get_column_letter(PLACES[column.heading]), FIRST_ROW + len(several.rules) - 1
            if column.choices:
                [(reach, source)] = [pair for pair in found.items() if pair[0].startswith(f"{letter}{FIRST_ROW}:")]
                assert int(reach.rpartition(letter)[2]) >= last + 100
                place = source.removeprefix("Lists!").replace("$", "")
                cells = lists[place if ":" in place else f"{place}:{place}"]
                assert tuple(cell.value for [cell] in cells) == column.choices


def test_the_headings_stand_still_and_filter_every_column(context: ReviewContext, book: Workbook) -> None:
    for sheet in targets(book, context):
        assert sheet.freeze_panes == f"B{FIRST_ROW}"
        assert [sheet.cell(HEAD_ROW, place).value for place in PLACES.values()] == list(PLACES)
        reach = re.fullmatch(r"A(\d+):([A-Z]+)(\d+)", sheet.auto_filter.ref)
        assert reach
        assert (int(reach[1]), reach[2]) == (HEAD_ROW, get_column_letter(len(COLUMNS)))
        assert int(reach[3]) > max(rows(sheet))


def test_what_the_guide_says_is_locked_and_answers_are_free_without_a_password(
    several: ReviewContext, book_of_several: Workbook
) -> None:
    for sheet in targets(book_of_several, several):
        protection = sheet.protection
        assert protection.sheet
        assert protection.password is None
        # They say what stays forbidden.
        assert not protection.autoFilter
        assert not protection.sort
        for row, column in product(rows(sheet), COLUMNS):
            locked = sheet.cell(row, PLACES[column.heading]).protection.locked
            assert locked == (column.kind is not ColumnKind.ANSWER), (row, column.heading)
        below = max(rows(sheet)) + 1
        assert not sheet.column_dimensions["A"].protection.locked, f"no rule can be added in row {below}"


def test_sheets_are_printed_across_with_headings_and_page_numbers_on_each_page(
    context: ReviewContext, book: Workbook
) -> None:
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            assert sheet.page_setup.orientation == "landscape"
            assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToWidth or 1) == (True, 1)
            assert "&P / &N" in sheet.oddFooter.right.text.replace("&[Page]", "&P").replace("&[Pages]", "&N")
    for sheet in targets(book, context):
        assert sheet.print_title_rows.replace("$", "") == f"{HEAD_ROW}:{HEAD_ROW}"
        assert sheet.print_area.replace("$", "").endswith(f"L{max(rows(sheet))}")


def test_every_answer_has_its_word_and_the_words_their_colours(
    several: ReviewContext, book_of_several: Workbook
) -> None:
    for sheet, target in zip(targets(book_of_several, several), several.review.targets, strict=True):
        words = [answer_label(find_answer(several.review, rule, target.id)) for rule in several.rules]
        assert [
            NOT_APPLICABLE if reason else value
            for value, reason in zip(_column(sheet, "Answer"), _column(sheet, "Not applicable"), strict=True)
        ] == words
        rules = [rule for _, some in sheet.conditional_formatting._cf_rules.items() for rule in some]  # noqa: SLF001
        coloured = " ".join(formula for rule in rules for formula in rule.formula if rule.dxf)
        assert [word for word in VALUES.values() if f'"{word}"' not in coloured] == []


def test_no_text_of_people_is_a_formula_or_a_link(context: ReviewContext, book: Workbook) -> None:
    for sheet in targets(book, context):
        found = {cell.column for row in sheet.iter_rows() for cell in row if cell.data_type == "f"}
        assert found == {PLACES[heading] for heading in WITH_FORMULAS}
    for sheet in book.worksheets:
        links = [cell.hyperlink for row in sheet.iter_rows() for cell in row if cell.hyperlink]
        assert {link.target for link in links if link.target and not link.target.startswith(context.site)} == set()
    formulas = [cell.value for row in book["Summary"].iter_rows() for cell in row if cell.data_type == "f"]
    assert {re.split(r"[(\d]", formula)[0] for formula in formulas} == {"=TODAY", "=COUNTIFS", "=SUM", "=IF"}


def test_a_text_that_is_typed_over_later_stays_a_text_too(several: ReviewContext, book_of_several: Workbook) -> None:
    sheet = targets(book_of_several, several)[0]
    for heading in ("Comment", "Evidence", "Because", "Owner", "Approver", "Ticket", "Reviewer"):
        assert {sheet.cell(row, PLACES[heading]).number_format for row in rows(sheet)} == {"@"}


def test_names_of_targets_become_names_that_sheets_may_have() -> None:
    wanted = [
        "Web shop",
        "web SHOP",
        "Summary",
        "history",
        "a/b\\c?*[x]:",
        "'quoted'",
        "",
        "\n",
        "x" * 80,
        "x" * 90,
        "👩" * 40,
    ]
    found = sheet_names(wanted)
    assert found[:7] == ["Web shop", "web SHOP 2", "Summary 2", "history 2", "a b c x", "quoted", "Target"]
    assert len({name.casefold() for name in found}) == len(wanted)
    assert max(map(utf16_length, found)) == 31


def test_targets_of_the_same_name_have_sheets_of_different_names() -> None:
    assert len({name.casefold() for name in sheet_names(["The same very long name of a target"] * 100)}) == 100


def test_no_cell_is_longer_than_a_spreadsheet_takes(catalog: Catalog) -> None:
    context = fixtures_reviews.filled(catalog, "full")
    rule = context.rules[0].id
    answer = context.review.answers[rule]["shop"].model_copy(update={"comment": "👩" * 20_000})
    answers = {**context.review.answers, rule: {"shop": answer}}
    long = ReviewContext(catalog, context.review.model_copy(update={"answers": answers}), context.today)
    [sheet] = targets(write_and_open(long), long)
    comment = str(sheet.cell(row_of(sheet, rule), PLACES["Comment"]).value)
    assert utf16_length(comment) <= LIMIT
    assert comment.endswith("the rest is in the review]")
    assert read(xlsx.write(long), long).review == long.review
