"""The columns of a target's sheet: what the guide asks, what people answer, and what tells the rows apart."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from vger_guide.output.reviews.workbook import evidence
from vger_guide.output.reviews.workbook.text import to_cell
from vger_guide.reviews.labels import CONFIDENCES, NOT_APPLICABLE, PLANS, REASONS, VALUES
from vger_guide.reviews.models import Answer, Plan, Value

CONFIRM = "To confirm"
# What a cell for a date takes.
YEARS = range(2000, 2200)
Cell = str | date


class ColumnKind(Enum):
    """Who a column is for."""

    GUIDE = auto()
    ANSWER = auto()
    HIDDEN = auto()


@dataclass(frozen=True)
class SheetColumn:
    """A column: its heading, its width in characters, what it means, and the words it is chosen from, if any."""

    key: str
    heading: str
    width: float
    kind: ColumnKind
    meaning: str
    choices: tuple[str, ...] = ()
    date: bool = False
    printed: bool = False


_A, _G, _H = ColumnKind.ANSWER, ColumnKind.GUIDE, ColumnKind.HIDDEN
_PLANS = tuple(label for plan, label in PLANS.items() if plan is not Plan.NONE)

COLUMNS = (
    SheetColumn("rule", "Rule", 8, _G, "The rule's id; it leads to the rule's page, with why and how.", printed=True),
    SheetColumn("level", "Level", 7, _G, "How strongly the guide asks: must, should or may.", printed=True),
    SheetColumn("section", "Section", 15, _G, "Where the rule stands in the guide.", printed=True),
    SheetColumn(
        "ask", "Question", 36, _G, "Yes means that the rule is met. The editors' words, not the source's.", printed=True
    ),
    SheetColumn("value", "Answer", 12, _A, "Choose one.", choices=tuple(VALUES.values()), printed=True),
    SheetColumn("comment", "Comment", 32, _A, "Anything that a reader should know.", printed=True),
    SheetColumn(
        "evidence",
        "Evidence",
        28,
        _A,
        "What shows it, one a line: an address, or path:line, or words. A dash and words may stand behind a place.",
        printed=True,
    ),
    SheetColumn(
        "reason",
        NOT_APPLICABLE,
        16,
        _A,
        "Where the rule does not apply: why, whatever the answer is. Empty where it applies.",
        choices=tuple(REASONS.values()),
        printed=True,
    ),
    SheetColumn("because", "Because", 20, _A, "The same in words; needed where a rule does not apply.", printed=True),
    SheetColumn("plan", "Plan", 11, _A, "What is done about a rule that is not met.", choices=_PLANS, printed=True),
    SheetColumn("owner", "Owner", 11, _A, "Who does it.", printed=True),
    SheetColumn(
        "until",
        "Until",
        11,
        _A,
        "When the plan is due, or the last day of the accepted risk. Red and bold when it is over.",
        date=True,
        printed=True,
    ),
    SheetColumn("approver", "Approver", 14, _A, "Who accepted the risk."),
    SheetColumn("ticket", "Ticket", 14, _A, "Where it is followed."),
    SheetColumn("confidence", "Confidence", 12, _A, "How sure the reviewer is.", choices=tuple(CONFIDENCES.values())),
    SheetColumn(
        "confirm",
        "Confirm",
        12,
        _A,
        "The rule has changed since it was answered: look again, and empty the cell.",
        choices=(CONFIRM,),
    ),
    SheetColumn("by", "Reviewer", 16, _A, "Who answered."),
    SheetColumn("at", "Answered on", 12, _A, "When it was answered.", date=True),
    SheetColumn("checks", "Checks say", 36, _G, "What a check saw in the repository. It never changes the answer."),
    SheetColumn("severity", "Severity", 10, _G, "How bad it is not to meet the rule."),
    SheetColumn("show", "What to show", 80, _G, "What would be evidence."),
    SheetColumn("state", "Counts as", 15, _G, "What the summary counts; a formula."),
    SheetColumn("id", "Rule id", 9, _H, "Tells the rows apart."),
    SheetColumn("revision", "Revision", 9, _H, "Of the rule as this sheet asks it."),
    SheetColumn("hash", "Text hash", 18, _H, "Of the question as this sheet asks it."),
    SheetColumn("chapter", "Chapter", 20, _H, "What the summary counts by."),
)
PLACES = {column.key: place for place, column in enumerate(COLUMNS)}
ANSWERED = tuple(column for column in COLUMNS if column.kind is ColumnKind.ANSWER)
PRINTED = max(place for place, column in enumerate(COLUMNS) if column.printed)


def cell_values(answer: Answer, names: Mapping[str, str]) -> dict[str, Cell]:
    """Return the values of an answer in the answer columns: texts and dates, "" for nothing.

    `names` has the people by their ids.
    """
    reason, disposition = answer.not_applicable, answer.disposition
    cells: dict[str, Cell] = {
        # What does not apply says so in the next columns: "Unanswered" beside it would be an order to answer.
        "value": "" if reason and answer.value is Value.UNANSWERED else VALUES[answer.value],
        "comment": answer.comment,
        "evidence": evidence.lines(answer.evidence),
        "reason": REASONS[reason.code] if reason else "",
        "because": reason.text if reason else "",
        "plan": PLANS[disposition.plan] if disposition.plan is not Plan.NONE else "",
        "owner": names.get(disposition.owner, disposition.owner),
        "until": _day(disposition.until),
        "approver": names.get(disposition.approver, disposition.approver),
        "ticket": disposition.ticket,
        "confidence": CONFIDENCES[answer.confidence] if answer.confidence else "",
        "confirm": CONFIRM if answer.confirm else "",
        "by": names.get(answer.by, answer.by),
        "at": _day(answer.at.date() if answer.at else None),
    }
    return {key: to_cell(value) if isinstance(value, str) else value for key, value in cells.items()}


def _day(day: date | None) -> Cell:
    # The days of spreadsheets begin in 1900, and those of its first months are off by one.
    return "" if day is None else day if day.year > 1900 else day.isoformat()
