"""The sheet of a target: a row a rule, the question, the answer and the comment beside one another."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from vger_guide.catalog.rules import Rule
from vger_guide.exports.addresses import address
from vger_guide.exports.forms import Filled
from vger_guide.exports.workbook.columns import COLUMNS, PLACES, PRINTED, Cell, Column, Kind, shown
from vger_guide.exports.workbook.dates import YEARS
from vger_guide.exports.workbook.heights import height
from vger_guide.exports.workbook.names import printed
from vger_guide.exports.workbook.people import names
from vger_guide.exports.workbook.styles import Styles
from vger_guide.exports.workbook.texts import cell
from vger_guide.reviews.asking import answer_of, text_hash
from vger_guide.reviews.document import Outcome, Target, Value
from vger_guide.reviews.words import NOT_APPLICABLE, OUTCOMES, VALUES, answered

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

# The first cell of a sheet's hidden columns; review and target follow it.
MARK = "vger-review-1"
HEAD = 2
FIRST = HEAD + 1
# Rows with drop-downs below the rules, for answers to rules that the review does not ask.
SPARE = 300
A4 = 9


@dataclass(frozen=True)
class Made:
    """What all sheets of a workbook are made with; `lists` has the ranges of the drop-downs."""

    filled: Filled
    book: "Workbook"
    styles: Styles
    lists: Mapping[str, str]

    @cached_property
    def names(self) -> dict[str, str]:
        """The people by their ids."""
        return names(self.filled.review.people)

    @property
    def edition(self) -> str:
        """What every sheet says of the guide."""
        review = self.filled.review
        return f"{self.filled.catalog.guide.title}, edition {review.edition}. State of {review.updated:%Y-%m-%d}."

    @property
    def last(self) -> int:
        """The last row that is made ready, from 0."""
        return FIRST + len(self.filled.rules) + SPARE - 1


def add_target(made: Made, target: Target, name: str) -> None:
    """Add the sheet of a target under a name that sheets may have."""
    sheet = made.book.add_worksheet(name)
    _columns(sheet, made)
    _head(sheet, made, target)
    for row, rule in enumerate(made.filled.rules, FIRST):
        _row(sheet, made, row, _cells(made, rule, target))
    _drop_downs(sheet, made)
    _colours(sheet, made)
    _print(sheet, made)
    sheet.freeze_panes(FIRST, 1)
    sheet.autofilter(HEAD, 0, made.last, len(COLUMNS) - 1)
    protect(sheet)


def protect(sheet: "Worksheet") -> None:
    """Lock what the guide says, without a password, and leave to people what does not change it."""
    free = ("autofilter", "sort", "format_columns", "format_rows", "insert_rows")
    sheet.protect(options={**dict.fromkeys(free, True), "objects": True})


def _columns(sheet: "Worksheet", made: Made) -> None:
    for place, column in enumerate(COLUMNS):
        style = "id" if column.key == "rule" else _style(column)
        sheet.set_column(place, place, column.width, made.styles[style], {"hidden": column.kind is Kind.HIDDEN})


def _style(column: Column) -> str:
    if column.kind is not Kind.ANSWER:
        return "guide"
    if column.date:
        return "date"
    return "answer" if column.choices else "text"


def _head(sheet: "Worksheet", made: Made, target: Target) -> None:
    review = made.filled.review
    # Their own look, or the borders of the columns would go through them.
    sheet.set_row(0, 24, made.styles["plain"])
    sheet.set_row(1, None, made.styles["plain"])
    sheet.set_row(HEAD, 30)
    sheet.write_string(0, 0, cell(f"{target.name}: {review.title}"), made.styles["title"])
    sheet.write_string(1, 0, made.edition, made.styles["small"])
    for place, column in enumerate(COLUMNS):
        style = "head-answer" if column.kind is Kind.ANSWER else "head-guide"
        sheet.write_string(HEAD, place, column.heading, made.styles[style])
    # An empty checklist belongs to no review yet: any may take it.
    marks = (MARK, review.id if made.filled.answered else "", target.id, review.edition)
    for place, mark in enumerate(marks, PLACES["id"]):
        sheet.write_string(0, place, mark, made.styles["small"])


def _cells(made: Made, rule: Rule, target: Target) -> dict[str, Cell]:
    filled = made.filled
    section = filled.catalog.section_of(rule)
    chapter = filled.catalog.section(section.number.partition(".")[0])
    answer = answer_of(filled.review, rule, target.id)
    return {
        **shown(answer, made.names),
        "rule": rule.id,
        "level": rule.level.value.capitalize(),
        "section": section.heading,
        "ask": rule.ask,
        "checks": _checks(filled.review.outcomes.get(rule.id, {}).get(target.id)),
        "severity": rule.severity.value.capitalize(),
        "show": "\n".join(rule.evidence),
        "state": answered(answer),
        "id": rule.id,
        "revision": str(rule.revision),
        "hash": text_hash(rule),
        "chapter": chapter.heading,
    }


def _checks(outcome: Outcome | None) -> str:
    if outcome is None:
        return ""
    strength = f" ({outcome.strength})" if outcome.outcome == "pass" else ""
    return cell("\n".join(filter(None, (OUTCOMES[outcome.outcome] + strength, outcome.reason, *outcome.places))))


def _row(sheet: "Worksheet", made: Made, row: int, cells: Mapping[str, Cell]) -> None:
    sheet.set_row(
        row, height((str(cells[column.key]), column.width) for column in COLUMNS if column.kind is not Kind.HIDDEN)
    )
    for place, column in enumerate(COLUMNS):
        value, style = cells[column.key], made.styles[_style(column)]
        if column.key == "rule":
            page = address(made.filled.site, made.filled.catalog.rules[str(value)].page)
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
    value, reason = (f"TRIM({at(row, key)})" for key in ("value", "reason"))
    unanswered = VALUES[Value.UNANSWERED]
    return f'=IF({reason}<>"","{NOT_APPLICABLE}",IF({value}="","{unanswered}",{value}))'


def at(row: int, key: str) -> str:
    """Return a cell of a column, which stands still, such as `$E4`."""
    from xlsxwriter.utility import xl_rowcol_to_cell

    return str(xl_rowcol_to_cell(row, PLACES[key], col_abs=True))


def _drop_downs(sheet: "Worksheet", made: Made) -> None:
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


def _valid(sheet: "Worksheet", made: Made, place: int, options: Mapping[str, object]) -> None:
    sheet.data_validation(FIRST, place, made.last, place, {"ignore_blank": True, **options})


def _colours(sheet: "Worksheet", made: Made) -> None:
    for key, formula, look in _looks():
        place = PLACES[key]
        options = {"type": "formula", "criteria": formula, "format": made.styles[look], "stop_if_true": True}
        sheet.conditional_format(FIRST, place, made.last, place, options)


def _looks() -> list[tuple[str, str, str]]:
    """Return columns, formulas on their first row, and how a cell looks where one is true."""
    reason, value, until = (at(FIRST, key) for key in ("reason", "value", "until"))
    apart = [(key, f'=TRIM({reason})<>""', "not-applicable") for key in ("value", "reason", "because", "state")]
    answers = [(key, f'=TRIM({value})="{VALUES[each]}"', each.value) for key in ("value", "state") for each in Value]
    over = f'=AND(ISNUMBER({until}),{until}<TODAY(),TRIM({value})<>"{VALUES[Value.MET]}",TRIM({at(FIRST, "plan")})<>"")'
    return [*apart, *answers, ("until", over, "over"), ("confirm", f'=TRIM({at(FIRST, "confirm")})<>""', "confirm")]


def _print(sheet: "Worksheet", made: Made) -> None:
    set_up(sheet, made)
    sheet.repeat_rows(HEAD)
    sheet.print_area(0, 0, FIRST + len(made.filled.rules) - 1, PRINTED)


def set_up(sheet: "Worksheet", made: Made, pages: int = 0) -> None:
    """Print a sheet one page wide and so many high (0: any), with the edition and the number of the page on each."""
    # A blank stands behind the size of the font, or a title that begins with digits would be part of it.
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    sheet.fit_to_pages(1, pages)
    sheet.set_header(f"&L&9 {printed(made.filled.review.title)}&R&9&A")
    guide = printed(made.filled.catalog.guide.title)
    sheet.set_footer(f"&L&9 {guide}, edition {made.filled.review.edition}&R&9&P / &N")
