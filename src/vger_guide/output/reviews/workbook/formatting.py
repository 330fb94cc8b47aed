"""What makes the sheet of a target easy to fill in: drop-downs, colours, and how it is printed."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from vger_guide.output.reviews.workbook.columns import COLUMNS, PLACES, PRINTED
from vger_guide.output.reviews.workbook.context import FIRST, HEAD, WorkbookContext, cell_ref, set_up
from vger_guide.output.reviews.workbook.dates import YEARS
from vger_guide.reviews.labels import VALUES
from vger_guide.reviews.models import Value

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet


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
