r"""The open actions of a review as CSV for Jira's importer: what is not met or partly met, and risks that lapsed.

Columns have the names that the importer maps to its fields
(https://support.atlassian.com/jira-cloud-administration/docs/import-data-from-a-csv-file/): `Labels` stands once for
each label, as several values of a field do there. Give `yyyy-MM-dd` as the format of dates. An assignee is who owns the
plan, as the review has it, and has to be an account there. Descriptions are in Jira's wiki markup
(https://jira.atlassian.com/secure/WikiRendererHelpAction.jspa?section=all), in which a backslash takes the meaning of
the next sign away. No cell is a formula for a spreadsheet that opens the file first.
"""

import re
from collections.abc import Iterator

from vger_guide.output.reviews.answers import AnswerEntry, list_answers
from vger_guide.output.reviews.text import describe_place, target_name, to_line, to_lines
from vger_guide.reviews.context import ReviewContext, person_name
from vger_guide.reviews.models import Target
from vger_guide.text.csv import guard_formula, write_rows
from vger_guide.text.sanitize import safe_link, truncate

SUFFIX = ".jira.csv"
# What Jira takes (https://support.atlassian.com/jira-cloud-administration/docs/configure-advanced-settings/).
SUMMARY = 255
DESCRIPTION = 32_000

COLUMNS = (
    "Summary",
    "Description",
    "Issue Type",
    "Priority",
    "Assignee",
    "Due date",
    "Labels",
    "Labels",
    "Labels",
    "Labels",
)
PRIORITIES = {"critical": "Highest", "high": "High", "medium": "Medium", "low": "Low"}

# Two backslashes are a line break, and `:D` is an emoticon that no backslash prevents; a sign without width does.
_GAP = "\u200b"
_SPECIAL = re.compile(r"[{}\[\]|*_?+^~!#()@%\\]|(?<!\w)-|-(?!\w)|:(?=[DP](?!\w))")
_START = re.compile(r"(h[1-6]|bq)\.")


def write(context: ReviewContext) -> bytes:
    """Return an action a row, those of the first target in reading order, then those of the next."""
    rows = (_row(target, entry) for target in context.review.targets for entry in _open(context, target))
    return write_rows(COLUMNS, ([guard_formula(cell) for cell in row] for row in rows)).encode()


def _open(context: ReviewContext, target: Target) -> list[AnswerEntry]:
    return [entry for entry in list_answers(context, target) if entry.group in ("not-met", "partial")]


def _row(target: Target, entry: AnswerEntry) -> list[str]:
    rule, given = entry.rule, entry.answer.disposition
    return [
        truncate(f"{rule.id}: {rule.title} ({target_name(target)})", SUMMARY),
        _description(target, entry),
        "Task",
        PRIORITIES[rule.severity.value],
        to_line(person_name(entry.filled, given.owner)),
        given.until.isoformat() if given.until else "",
        *(rule.id, "vger", target.id, f"rfc2119-{rule.level.value}"),
    ]


def _description(target: Target, entry: AnswerEntry) -> str:
    """Return the rule and what the review says of it; whole lines are left out where there is no room for them."""
    told: list[str] = []
    room = DESCRIPTION
    for text in _describe(target, entry):
        room -= len(text) + 1
        if room < 0:
            return "\n".join([*told, "The review says more."])
        told.append(text)
    return "\n".join(told)


def _describe(target: Target, entry: AnswerEntry) -> Iterator[str]:
    yield f"[{entry.rule.id}|{entry.address}] {plain(entry.rule.statement)}"
    yield f"Target: {plain(target_name(target))}"
    for name, text in entry.facts():
        yield from _fact(name, text)
    for evidence in entry.answer.evidence:
        yield from _fact("Evidence", f"{evidence.description}\n{describe_place(evidence)}")
        if address := safe_link(evidence.address):
            yield f"[{address}]"


def _fact(name: str, text: str) -> Iterator[str]:
    for number, part in enumerate(to_lines(text)):
        yield f"{name}: {plain(part)}" if number == 0 else plain(part)


def plain(text: str) -> str:
    """Return a line of text as wiki markup that shows it letter by letter."""
    return (_GAP if _START.match(text) else "") + _SPECIAL.sub(_escape, text)


def _escape(sign: re.Match[str]) -> str:
    return sign[0] + _GAP if sign[0] in "\\:" else f"\\{sign[0]}"
