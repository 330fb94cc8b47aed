"""What a workbook was exported with: the review in a sheet that nobody sees, so that it is known what people changed.

A row holds an answer as JSON, with its rule and target before it; those without a rule are the rest of the document.
What is too long for a cell goes on in the next row. A rule without a row was unanswered.
"""

import json
from collections.abc import Iterator
from typing import Any

from xlsxwriter import Workbook

from vger_guide.output.reviews.workbook.names import BASE
from vger_guide.output.reviews.workbook.safe_open import MAX_ROWS
from vger_guide.reviews import store
from vger_guide.reviews.models import Review

# The first cell of the sheet.
MARK = "vger-base-1"
# Characters of a cell, all of them ASCII; a cell may have 32,767.
_CHUNK = 30_000
# Rows beyond which the sheet is left out, as it could not be read back.
_MOST = MAX_ROWS - 10


class NoBaseError(Exception):
    """A workbook does not say what it was exported with; the text says why."""


def add_base(book: "Workbook", review: Review) -> None:
    """Add the sheet, unless the review is too large to be read back."""
    rows = list(_rows(review))
    if len(rows) > _MOST:
        return
    sheet = book.add_worksheet(BASE)
    sheet.very_hidden()
    sheet.write_row(0, 0, (MARK, "Target", "What it was exported with"))
    for number, cells in enumerate(rows, 1):
        for place, text in enumerate(cells):
            sheet.write_string(number, place, text)


def _rows(review: Review) -> Iterator[tuple[str, str, str]]:
    document = json.loads(store.write(review))
    answers = document.pop("answers", {})
    yield from (("", "", chunk) for chunk in _chunks(document))
    for rule, by_target in answers.items():
        for target, answer in by_target.items():
            yield from ((rule, target, chunk) for chunk in _chunks(answer))


def _chunks(part: Any) -> Iterator[str]:
    # Programs take `_x005F_` and its like for escapes of characters.
    text = json.dumps(part, separators=(",", ":"), sort_keys=True).replace("_x", "\\u005fx")
    yield from (text[at : at + _CHUNK] for at in range(0, len(text), _CHUNK))


def read_base(book: Any) -> Review:
    """Return the review that a workbook was exported with. Raises NoBaseError."""
    if BASE not in book.sheetnames:
        raise NoBaseError("it was exported by an older version, or the hidden sheet is gone")
    sheet = book[BASE]
    # What the sheet says of its own size may be wrong.
    sheet.reset_dimensions()
    rows = sheet.iter_rows(max_col=3, max_row=MAX_ROWS, values_only=True)
    if next(rows, ("",))[0] != MARK:
        raise NoBaseError("its hidden sheet is none of this version")
    try:
        return store.read(json.dumps(_document(rows)).encode())
    except store.InvalidReviewError as error:
        raise NoBaseError(f"its hidden sheet was changed: {error.problems[0]}") from None
    except (ValueError, TypeError, RecursionError):
        raise NoBaseError("its hidden sheet was changed") from None


def _document(rows: Iterator[Any]) -> dict[str, Any]:
    """Return the document of the rows. Raises ValueError and TypeError where they hold none."""
    parts: dict[tuple[str, str], list[str]] = {}
    for rule, target, chunk in rows:
        if chunk:
            parts.setdefault((rule or "", target or ""), []).append(chunk)
    document: dict[str, Any] = dict(json.loads("".join(parts.pop(("", ""), ["null"]))))
    answers: dict[str, Any] = {}
    for (rule, target), chunks in parts.items():
        answers.setdefault(rule, {})[target] = json.loads("".join(chunks))
    return {**document, "answers": answers}
