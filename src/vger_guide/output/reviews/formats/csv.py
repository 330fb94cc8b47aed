"""The review as CSV for programs: a row a rule and target, codes and no labels, texts as they were typed.

RFC 4180, in UTF-8 without a mark at its beginning; `csv_schema` describes it as a Table Schema
(https://specs.frictionlessdata.io/table-schema/). Evidence is an array of JSON. What a spreadsheet would run stands
here as it was typed. Keys that the document has besides are in the JSON only.

As `csv-safe` it is for people's spreadsheets: words for codes, and no text that a spreadsheet runs. A mark stands at
its beginning, without which Excel takes it for another encoding. A cell that would be taken for a formula gets an
apostrophe, and so does what stands inside a cell behind a semicolon or on a new line: where a comma is the decimal
sign, a spreadsheet splits rows there (https://owasp.org/www-community/attacks/CSV_Injection). What has no shape stands
as its escape, and what is longer than a cell may be is cut. So the texts are not those that were typed: the last
heading says that the file is not for import. `xlsx` comes back.
"""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from vger_guide.catalog.rules import Level, Rule, Severity
from vger_guide.catalog.urls import page_url
from vger_guide.output.reviews.text import describe_place, outcome_label, to_lines
from vger_guide.reviews.context import ReviewContext, person_name
from vger_guide.reviews.labels import CONCLUSIONS, CONFIDENCES, GAPS, OUTCOMES, PLANS, REASONS, STATES, answer_label
from vger_guide.reviews.models import Conclusion, Confidence, Evidence, Inapplicability, Plan, State, Target, Value
from vger_guide.reviews.score import gaps
from vger_guide.reviews.selection import find_answer
from vger_guide.text.csv import SIGNS, fit_cell, guard_formula, write_rows

SUFFIX = ".csv"

_ASKED = {"constraints": {"required": True}}
_DATE = {"type": "date", "format": "%Y-%m-%d"}
_MOMENT = {"type": "datetime", "format": "%Y-%m-%dT%H:%M:%SZ"}


def _one_of(codes: Any, **more: bool) -> dict[str, Any]:
    return {"constraints": {"enum": [str(code) for code in codes], **more}}


# The columns in order, as fields of the schema; a new one comes last.
FIELDS: dict[str, dict[str, Any]] = {
    "review": {"description": "The id of the review.", **_ASKED},
    "edition": {"description": "The edition of the guide.", **_ASKED},
    "target": {"description": "The id of the system.", **_ASKED},
    "target_name": {"description": "Its name.", **_ASKED},
    "rule": {"description": "The id of the rule.", "constraints": {"required": True, "pattern": "[A-Z]{3}[0-9]{3}"}},
    "title": {"description": "What the rule asks for.", **_ASKED},
    "level": {"description": "How strongly it asks (RFC 2119).", **_one_of(Level, required=True)},
    "severity": {"description": "How bad it is not to meet it.", **_one_of(Severity, required=True)},
    "section": {"description": "The number of its section.", **_ASKED},
    "ask": {"description": "The question.", **_ASKED},
    "address": {"description": "The page of the rule.", "format": "uri", **_ASKED},
    "revision": {"description": "The revision of the rule that was answered.", "type": "integer", **_ASKED},
    "text_hash": {"description": "What tells its wording from others.", **_ASKED},
    "value": {"description": "The answer.", **_one_of(Value, required=True)},
    "applicable": {"description": "Whether the rule applies to the system.", "type": "boolean", **_ASKED},
    "not_applicable_code": {"description": "Why it does not.", **_one_of(Inapplicability)},
    "not_applicable_text": {"description": "The same in words."},
    "plan": {"description": "What is done about it.", **_one_of(Plan, required=True)},
    "owner": {"description": "Who does it."},
    "until": {"description": "When a plan is due, or an accepted risk reopens.", **_DATE},
    "approver": {"description": "Who accepted it."},
    "ticket": {"description": "Where it is tracked."},
    "comment": {"description": "What the reviewer says."},
    "evidence": {"description": "What shows the answer: a list of objects of the document.", "type": "array"},
    "confidence": {"description": "How sure the reviewer is.", **_one_of(Confidence)},
    "by": {"description": "The id of the person who answered."},
    "at": {"description": "When.", **_MOMENT},
    "carried_from": {"description": "The edition that the answer was taken over from."},
    "confirm": {"description": "Whether somebody has to confirm the answer.", "type": "boolean", **_ASKED},
    "outcome": {"description": "What a check said.", **_one_of(OUTCOMES)},
    "outcome_waived": {"description": "Whether the repository accepts that it failed.", "type": "boolean"},
    "outcome_strength": {"description": "What a pass is worth.", **_one_of(["proof", "indication"])},
    "outcome_reason": {"description": "The same in words."},
    "outcome_findings": {"description": "How much it found.", "type": "integer"},
    "outcome_places": {"description": "Where.", "type": "array"},
    "outcome_commit": {"description": "The commit that it looked at."},
    "outcome_tool": {"description": "What looked."},
    "outcome_at": {"description": "When.", **_MOMENT},
    "risk_lacks": {"description": "What an accepted risk lacks: answer, end, owner, approver.", "type": "array"},
    "review_state": {"description": "How far the review has come.", **_one_of(State, required=True)},
    "review_conclusion": {"description": "What it came to.", **_one_of(Conclusion)},
    "signed_by": {"description": "Who signed it, if it is signed off."},
    "signed_on": {"description": "The day of the signature.", **_DATE},
}
# The fields of an answer that are columns as they are: it may have others, which another tool gave any name.
_ANSWERED = ("revision", "text_hash", "value", "comment", "confidence", "by", "at", "carried_from", "confirm")


def csv_schema() -> dict[str, Any]:
    """Return the Table Schema of the file."""
    fields = [{"name": name, "type": "string", **field} for name, field in FIELDS.items()]
    return {"fields": fields, "missingValues": [""], "primaryKey": ["target", "rule"]}


def write(context: ReviewContext, *, safe: bool = False) -> bytes:
    """Return the rows of the first system in reading order, then those of the next; `safe` for spreadsheets."""
    if safe:
        return _write_safe(context)
    return write_rows(list(FIELDS), ([_cell(row[name]) for name in FIELDS] for row in rows(context))).encode()


def rows(context: ReviewContext) -> Iterator[dict[str, Any]]:
    """Yield what each row holds, by column: texts, numbers, booleans, lists of plain data, and None for nothing."""
    for target in context.review.targets:
        for rule in context.rules:
            yield {**_about(context, rule, target), **_answer(context, rule, target), **_outcome(context, rule, target)}


def _about(context: ReviewContext, rule: Rule, target: Target) -> dict[str, Any]:
    return {
        "review": context.review.id,
        "edition": context.review.edition,
        "target": target.id,
        "target_name": target.name,
        "rule": rule.id,
        "title": rule.title,
        "level": rule.level.value,
        "severity": rule.severity.value,
        "section": context.catalog.section_of(rule).number,
        "ask": rule.ask,
        "address": page_url(context.site, rule.page),
        **_signed(context),
    }


def _signed(context: ReviewContext) -> dict[str, Any]:
    review = context.review
    signature = review.signature
    return {
        "review_state": review.state.value,
        "review_conclusion": review.conclusion.value if review.conclusion else None,
        "signed_by": signature.by if signature else None,
        "signed_on": signature.on.isoformat() if signature else None,
    }


def _answer(context: ReviewContext, rule: Rule, target: Target) -> dict[str, Any]:
    answer = find_answer(context.review, rule, target.id)
    told = answer.model_dump(mode="json", exclude={"evidence"})
    reason = told["not_applicable"] or {}
    return {
        **{name: told[name] for name in _ANSWERED},
        **{name: told["disposition"][name] for name in ("plan", "owner", "until", "approver", "ticket")},
        "risk_lacks": gaps(answer),
        "applicable": answer.not_applicable is None,
        "not_applicable_code": reason.get("code"),
        "not_applicable_text": reason.get("text"),
        "evidence": [each.model_dump(mode="json", exclude_defaults=True) for each in answer.evidence],
    }


def _outcome(context: ReviewContext, rule: Rule, target: Target) -> dict[str, Any]:
    outcome = context.review.outcomes.get(rule.id, {}).get(target.id)
    told = outcome.model_dump(mode="json") if outcome else {}
    named = {name: told.get(name.removeprefix("outcome_")) for name in FIELDS if name.startswith("outcome_")}
    return {**named, "outcome": told.get("outcome")}


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False, sort_keys=True) if value else ""
    return "" if value is None else str(value)


# Excel takes 32,767 units of UTF-16 in a cell
# (https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3).
CELL = 32_000
NOTE = "For reading, not for import: an apostrophe stands before what a spreadsheet would run"

_INSIDE = re.compile(rf"(?<=[;\n])(?=[\s\"']*{SIGNS})")

# Headings in order, with the columns of `csv` that they show.
SAFE_COLUMNS = {
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
    "The risk lacks": "risk_lacks",
    "State of the review": "review_state",
    "Conclusion": "review_conclusion",
    "Signed by": "signed_by",
    "Signed on": "signed_on",
}


def _write_safe(context: ReviewContext) -> bytes:
    cells = ([*map(_safe_cell, _safe_row(context, row)), ""] for row in rows(context))
    return write_rows([*SAFE_COLUMNS, NOTE], cells).encode("utf-8-sig")


def _safe_row(context: ReviewContext, row: dict[str, Any]) -> list[str]:
    answer = find_answer(context.review, context.catalog.rules[row["rule"]], row["target"])
    outcome = context.review.outcomes.get(row["rule"], {}).get(row["target"])
    words = {
        "level": row["level"].capitalize(),
        "severity": row["severity"].capitalize(),
        "value": answer_label(answer),
        "not_applicable_code": REASONS[answer.not_applicable.code] if answer.not_applicable else "",
        "plan": "" if answer.disposition.plan is Plan.NONE else PLANS[answer.disposition.plan],
        "evidence": _evidence_text(answer.evidence),
        "confidence": CONFIDENCES[Confidence(row["confidence"])] if row["confidence"] else "",
        "confirm": "Yes" if answer.confirm else "",
        "outcome": outcome_label(outcome) if outcome else "",
        "risk_lacks": ", ".join(GAPS[each] for each in gaps(answer)),
        "review_state": STATES[context.review.state],
        "review_conclusion": CONCLUSIONS[context.review.conclusion] if context.review.conclusion else "",
        **{name: person_name(context, row[name]) for name in ("owner", "approver", "by")},
    }
    return [str(words.get(column, row[column]) or "") for column in SAFE_COLUMNS.values()]


def _evidence_text(given: Sequence[Evidence]) -> str:
    return "\n".join(part for each in given for part in (each.description, each.address, describe_place(each)) if part)


def _safe_cell(text: str) -> str:
    return fit_cell(_INSIDE.sub("'", guard_formula("\n".join(to_lines(text)))), CELL, "…")
