"""The review as CSV for people's spreadsheets: words for codes, and no text that a spreadsheet runs.

RFC 4180, in UTF-8 with a mark at its beginning, without which Excel takes it for another encoding. A cell that would be
taken for a formula gets an apostrophe (`exports/cells.py`), and so does what stands inside a cell behind a semicolon or
on a new line: where a comma is the decimal sign, a spreadsheet splits rows there
(https://owasp.org/www-community/attacks/CSV_Injection). What has no shape stands as its escape, and what is longer than
a cell may be is cut. So the texts are not those that were typed: the last heading says that the file is not for import.
`csv` is for programs, `xlsx` comes back.
"""

import re
from collections.abc import Sequence
from typing import Any

from vger_guide.output.reviews.formats.csv import rows
from vger_guide.output.reviews.text import describe_place, outcome_label, to_lines
from vger_guide.reviews.context import ReviewContext, person_name
from vger_guide.reviews.labels import CONFIDENCES, PLANS, REASONS, answer_label
from vger_guide.reviews.models import Confidence, Evidence, Plan
from vger_guide.reviews.selection import find_answer
from vger_guide.text.csv import SIGNS, fit_cell, guard_formula, write_rows

SUFFIX = ".safe.csv"
# Excel takes 32,767 units of UTF-16 in a cell
# (https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3).
CELL = 32_000
NOTE = "For reading, not for import: an apostrophe stands before what a spreadsheet would run"

_INSIDE = re.compile(rf"(?<=[;\n])(?=[\s\"']*{SIGNS})")

# Headings in order, with the columns of `csv` that they show.
COLUMNS = {
    "System": "target_name",
    "Rule": "rule",
    "Title": "title",
    "Level": "level",
    "Severity": "severity",
    "Section": "section",
    "Question": "ask",
    "Answer": "value",
    "Why it does not apply": "not_applicable_code",
    "In words": "not_applicable_text",
    "Plan": "plan",
    "Owner": "owner",
    "Until": "until",
    "Approved by": "approver",
    "Ticket": "ticket",
    "Comment": "comment",
    "Evidence": "evidence",
    "Confidence": "confidence",
    "To confirm": "confirm",
    "Answered by": "by",
    "Answered at": "at",
    "Check": "outcome",
    "What it said": "outcome_reason",
    "Edition": "edition",
    "Page": "address",
}


def write(context: ReviewContext) -> bytes:
    """Return the rows of the first system in reading order, then those of the next."""
    cells = ([*map(_cell, _row(context, row)), ""] for row in rows(context))
    return write_rows([*COLUMNS, NOTE], cells).encode("utf-8-sig")


def _row(context: ReviewContext, row: dict[str, Any]) -> list[str]:
    answer = find_answer(context.review, context.catalog.rules[row["rule"]], row["target"])
    outcome = context.review.outcomes.get(row["rule"], {}).get(row["target"])
    words = {
        "level": row["level"].capitalize(),
        "severity": row["severity"].capitalize(),
        "value": answer_label(answer),
        "not_applicable_code": REASONS[answer.not_applicable.code] if answer.not_applicable else "",
        "plan": "" if answer.disposition.plan is Plan.NONE else PLANS[answer.disposition.plan],
        "evidence": _evidence(answer.evidence),
        "confidence": CONFIDENCES[Confidence(row["confidence"])] if row["confidence"] else "",
        "confirm": "Yes" if answer.confirm else "",
        "outcome": outcome_label(outcome) if outcome else "",
        **{name: person_name(context, row[name]) for name in ("owner", "approver", "by")},
    }
    return [str(words.get(column, row[column]) or "") for column in COLUMNS.values()]


def _evidence(given: Sequence[Evidence]) -> str:
    return "\n".join(part for each in given for part in (each.description, each.address, describe_place(each)) if part)


def _cell(text: str) -> str:
    return fit_cell(_INSIDE.sub("'", guard_formula("\n".join(to_lines(text)))), CELL, "…")
