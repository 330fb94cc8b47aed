"""The sheet of a target: a row a rule, the question, the answer and the comment beside one another."""

from collections.abc import Mapping
from datetime import date

from xlsxwriter.worksheet import Worksheet

from vger_guide.catalog.editions import text_hash
from vger_guide.catalog.rules import Rule
from vger_guide.catalog.urls import page_url
from vger_guide.output.reviews.workbook.columns import (
    COLUMNS,
    PLACES,
    PRINTED,
    YEARS,
    Cell,
    ColumnKind,
    SheetColumn,
    cell_values,
)
from vger_guide.output.reviews.workbook.context import FIRST, HEAD, WorkbookContext, cell_ref, protect, set_up
from vger_guide.output.reviews.workbook.text import row_height, to_cell
from vger_guide.reviews.labels import NOT_APPLICABLE, OUTCOMES, VALUES, answer_label
from vger_guide.reviews.models import Outcome, Target, Value
from vger_guide.reviews.selection import find_answer

# The first cell of a sheet's hidden columns; review, target and edition follow it.
MARK = "vger-review-1"


def add_target(made: WorkbookContext, target: Target, name: str) -> None:
    """Add the sheet of a target under a name that sheets may have."""
    sheet = made.book.add_worksheet(name)
    _columns(sheet, made)
    _head(sheet, made, target)
    for row, rule in enumerate(made.filled.rules, FIRST):
        _row(sheet, made, row, _cells(made, rule, target))
    add_formatting(sheet, made)
    sheet.freeze_panes(FIRST, 1)
    sheet.autofilter(HEAD, 0, made.last, len(COLUMNS) - 1)
    protect(sheet)


def _columns(sheet: "Worksheet", made: WorkbookContext) -> None:
    for place, column in enumerate(COLUMNS):
        style = "text" if column.key == "rule" else _style(column)
        sheet.set_column(place, place, column.width, made.styles[style], {"hidden": column.kind is ColumnKind.HIDDEN})


def _style(column: SheetColumn) -> str:
    if column.kind is not ColumnKind.ANSWER:
        return "guide"
    if column.date:
        return "date"
    return "answer" if column.choices else "text"


def _head(sheet: "Worksheet", made: WorkbookContext, target: Target) -> None:
    review = made.filled.review
    # Their own look, or the borders of the columns would go through them.
    sheet.set_row(0, 24, made.styles["plain"])
    sheet.set_row(1, None, made.styles["plain"])
    sheet.set_row(HEAD, 30)
    sheet.write_string(0, 0, to_cell(f"{target.name}: {review.title}"), made.styles["title"])
    sheet.write_string(1, 0, made.edition, made.styles["small"])
    for place, column in enumerate(COLUMNS):
        style = "head-answer" if column.kind is ColumnKind.ANSWER else "head-guide"
        sheet.write_string(HEAD, place, column.heading, made.styles[style])
    # An empty checklist belongs to no review yet: any may take it.
    marks = (MARK, review.id if made.filled.is_answered else "", target.id, review.edition)
    for place, mark in enumerate(marks, PLACES["id"]):
        sheet.write_string(0, place, mark, made.styles["small"])


def _cells(made: WorkbookContext, rule: Rule, target: Target) -> dict[str, Cell]:
    context = made.filled
    section = context.catalog.section_of(rule)
    chapter = context.catalog.chapter_of(rule)
    answer = find_answer(context.review, rule, target.id)
    return {
        **cell_values(answer, made.names),
        "rule": rule.id,
        "level": rule.level.value.capitalize(),
        "section": section.heading,
        "ask": rule.ask,
        "checks": _checks(context.review.outcomes.get(rule.id, {}).get(target.id)),
        "severity": rule.severity.value.capitalize(),
        "show": "\n".join(rule.evidence),
        "state": answer_label(answer),
        "id": rule.id,
        "revision": str(rule.revision),
        "hash": text_hash(rule),
        "chapter": chapter.heading,
    }


def _checks(outcome: Outcome | None) -> str:
    if outcome is None:
        return ""
    strength = f" ({outcome.strength})" if outcome.outcome == "pass" else ""
    return to_cell("\n".join(filter(None, (OUTCOMES[outcome.outcome] + strength, outcome.reason, *outcome.places))))


def _row(sheet: "Worksheet", made: WorkbookContext, row: int, cells: Mapping[str, Cell]) -> None:
    sheet.set_row(
        row,
        row_height(
            (str(cells[column.key]), column.width) for column in COLUMNS if column.kind is not ColumnKind.HIDDEN
        ),
    )
    for place, column in enumerate(COLUMNS):
        value, style = cells[column.key], made.styles[_style(column)]
        if column.key == "rule":
            page = page_url(made.filled.site, made.filled.catalog.rules[str(value)].page)
            sheet.write_url(row, place, page, made.styles["link"], str(value))
        elif column.key == "state":
            sheet.write_formula(row, place, _state(row), style, str(value))
        elif isinstance(value, date):
            sheet.write_datetime(row, place, value, style)
        elif value:
            sheet.write_string(row, place, value, style)
        else:
            sheet.write_blank(row, place, None, style)


def _state(row: int) -> str:
    value, reason = (f"TRIM({cell_ref(row, key)})" for key in ("value", "reason"))
    unanswered = VALUES[Value.UNANSWERED]
    return f'=IF({reason}<>"","{NOT_APPLICABLE}",IF({value}="","{unanswered}",{value}))'


def add_formatting(sheet: "Worksheet", made: WorkbookContext) -> None:
    """Add all of it to a sheet."""
    _drop_downs(sheet, made)
    _colours(sheet, made)
    _print(sheet, made)


def _drop_downs(sheet: "Worksheet", made: WorkbookContext) -> None:
    for place, column in enumerate(COLUMNS):
        if column.date:
            _valid(sheet, made, place, {**_DATE, "input_message": column.meaning[:255]})
        elif source := made.lists.get(column.key):
            strict = bool(column.choices)
            _valid(sheet, made, place, {"validate": "list", "source": source, **(_STRICT if strict else _LOOSE)})


_STRICT = {"error_title": "Not one of the words", "error_message": "Choose one of the list, or empty the cell."}
# A reviewer may be somebody new.
_LOOSE = {"show_error": False}
_DATE = {
    "validate": "date",
    "criteria": "between",
    "minimum": date(YEARS.start, 1, 1),
    "maximum": date(YEARS.stop - 1, 12, 31),
    "error_title": "Not a date",
    "error_message": "Write a date such as 2027-03-31, or empty the cell.",
}


def _valid(sheet: "Worksheet", made: WorkbookContext, place: int, options: Mapping[str, object]) -> None:
    sheet.data_validation(FIRST, place, made.last, place, {"ignore_blank": True, **options})


def _colours(sheet: "Worksheet", made: WorkbookContext) -> None:
    for key, formula, look in _looks():
        place = PLACES[key]
        options = {"type": "formula", "criteria": formula, "format": made.styles[look], "stop_if_true": True}
        sheet.conditional_format(FIRST, place, made.last, place, options)


def _looks() -> list[tuple[str, str, str]]:
    """Return columns, formulas on their first row, and how a cell looks where one is true."""
    reason, value, until = (cell_ref(FIRST, key) for key in ("reason", "value", "until"))
    apart = [(key, f'=TRIM({reason})<>""', "not-applicable") for key in ("value", "reason", "because", "state")]
    answers = [(key, f'=TRIM({value})="{VALUES[each]}"', each.value) for key in ("value", "state") for each in Value]
    plan = cell_ref(FIRST, "plan")
    over = f'=AND(ISNUMBER({until}),{until}<TODAY(),TRIM({value})<>"{VALUES[Value.MET]}",TRIM({plan})<>"")'
    return [
        *apart,
        *answers,
        ("until", over, "over"),
        ("confirm", f'=TRIM({cell_ref(FIRST, "confirm")})<>""', "confirm"),
    ]


def _print(sheet: "Worksheet", made: WorkbookContext) -> None:
    set_up(sheet, made)
    sheet.repeat_rows(HEAD)
    sheet.print_area(0, 0, FIRST + len(made.filled.rules) - 1, PRINTED)
