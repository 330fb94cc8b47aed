"""Ticked boxes that come back: a rule that is ticked is met.

A box is known by the marker behind it, `<!-- vger SES004 r1 -->` or `(vger SES004 r1)` with the rule's id and revision,
and the target's id where a review has several: its text may be edited, its place changed, its line broken. Behind a
semicolon the marker says what the answer was when the box was written, as `; was met`, unless it was unanswered: so a
box that nobody touched says nothing, and a tick is no answer where the review says something else since. A line
`Target: shop` names the target of all markers behind it that name none.
Boxes without a marker are somebody else's, and a marker without a box says nothing.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from vger_guide.catalog.editions import text_hash
from vger_guide.catalog.rules import Rule
from vger_guide.output.reviews.import_result import Importer, ImportRejectedError, Returned
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.edit import AnswerChange, add_person, current_wording, record_answers
from vger_guide.reviews.models import Answer, Review, Value
from vger_guide.reviews.selection import find_answer
from vger_guide.reviews.store import MAX_BYTES, SHOWN_PROBLEMS, first_problems

_ITEM = re.compile(r"\s{0,200}(?:[-*+]|\d{1,9}[.)])\s{1,9}(?:\[([\sxX])\])?")
_MARK = re.compile(
    r"(?:<!--\s?|\()vger ([A-Z]{3}[0-9]{3}) r([0-9]{1,6})(?: ([a-z0-9-]{1,80}))?(?:; was (met|partial|not-met))?"
    r"\s?(?:-->|\))"
)
_TARGET = re.compile(r"Target: ([a-z0-9-]{1,80})\s*")


@dataclass(frozen=True)
class Checkbox:
    """A box with its marker, and the line that the marker stands on."""

    line: int
    rule: str
    revision: int
    target: str
    ticked: bool
    was: Value

    @property
    def touched(self) -> bool:
        """Whether somebody ticked it, or took its tick away."""
        return self.ticked is not (self.was is Value.MET)


def rule_marker(rule: Rule, target: str = "", was: Value = Value.UNANSWERED) -> str:
    """Return the text of a marker."""
    said = "" if was is Value.UNANSWERED else f"; was {was.value}"
    return f"vger {rule.id} r{rule.revision}" + (f" {target}" if target else "") + said


def import_checkboxes(data: bytes, context: ReviewContext, importer: Importer) -> Returned:
    """Return the review as the boxes were written, and the same with those ticked and cleared that somebody touched.

    A tick is met, and a tick that was taken away is unanswered. Who imports answers, and then. Raises
    ImportRejectedError for what cannot be taken: no marker at all, a tick for a rule that is not asked or that has
    changed since, or two boxes that disagree.
    """
    ours = context.review
    people, by = add_person(ours, importer.name) if importer.name else (ours, "")
    stamp = {"by": by, "at": importer.moment(context)}
    was: dict[tuple[str, str], AnswerChange] = {}
    said: dict[tuple[str, str], AnswerChange] = {}
    for tick in dict.fromkeys(replace(tick, line=0) for tick in _locate(data, context)):
        rule = context.catalog.rules.get(tick.rule)
        answer = rule and find_answer(ours, rule, tick.target)
        if rule and answer and _changes(answer, tick):
            asked = current_wording(rule.revision, text_hash(rule))
            value = {"value": Value.MET if tick.ticked else Value.UNANSWERED, "not_applicable": None}
            if not _stands(answer, tick):
                was[tick.rule, tick.target] = (_blank(answer, tick.was), ())
            said[tick.rule, tick.target] = (answer.model_copy(update={**asked, **value, **stamp}), value)
    base = ours.model_copy(update={"answers": record_answers(ours, was).answers})
    return Returned(base, record_answers(people if said else ours, said))


def _changes(answer: Answer, tick: Checkbox) -> bool:
    """Return whether a box says what the review does not say already."""
    says = answer.not_applicable is None and (answer.value is Value.MET) is tick.ticked
    return tick.touched and not says


def _stands(answer: Answer, tick: Checkbox) -> bool:
    """Return whether the answer is the one that the box was written with."""
    return answer.not_applicable is None and answer.value is tick.was


def _blank(answer: Answer, value: Value) -> Answer:
    """Return an answer with another verdict, of which no more is known than its value."""
    return answer.model_copy(update={"value": value, "not_applicable": None})


def _locate(data: bytes, context: ReviewContext) -> list[Checkbox]:
    """Return the boxes, each with its target.

    Raises ImportRejectedError with what is wrong with those that are ticked.
    """
    text = _text(data)
    if not _MARK.search(text):
        raise ImportRejectedError(["holds no marker of a rule; is it the file that was exported?"])
    ticks = [_with_target(tick, context) for tick in _parse_checkboxes(text)]
    asked = {rule.id: rule for rule in context.rules}
    problems = [f"line {tick.line}: {problem}" for tick in ticks if (problem := _problem(tick, context.review, asked))]
    problems += _disagreements(ticks)
    if problems:
        raise ImportRejectedError(first_problems(problems, SHOWN_PROBLEMS))
    known = {target.id for target in context.review.targets}
    return [tick for tick in ticks if tick.target in known]


def _text(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise ImportRejectedError([f"has {len(data):,} bytes; it may have {MAX_BYTES:,}"])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ImportRejectedError([f"is not UTF-8 (byte {error.start + 1:,}); save it as UTF-8"]) from None


def _parse_checkboxes(text: str) -> Iterator[Checkbox]:
    box, target = "", ""
    for number, line in enumerate(text.splitlines(), 1):
        if named := _TARGET.fullmatch(line):
            target = named[1]
        item = _ITEM.match(line)
        # A text may be broken into lines; an item, a heading or a blank line ends it.
        if item or not line.strip() or line.startswith("#"):
            box = (item[1] or "") if item else ""
        for mark in _MARK.finditer(line):
            if box:
                was = Value(mark[4]) if mark[4] else Value.UNANSWERED
                yield Checkbox(number, mark[1], int(mark[2]), mark[3] or target, box in "xX", was)
                box = ""


def _with_target(tick: Checkbox, context: ReviewContext) -> Checkbox:
    targets = context.review.targets
    return replace(tick, target=targets[0].id) if not tick.target and len(targets) == 1 else tick


def _problem(tick: Checkbox, review: Review, asked: Mapping[str, Rule]) -> str:
    """Return why a tick cannot be taken; a box without one, or that nobody touched, says nothing that could be lost."""
    if not tick.ticked or not tick.touched:
        return ""
    targets = [target.id for target in review.targets]
    if tick.target not in targets:
        wrong = f"the target '{tick.target}' is not in the review" if tick.target else "no target is named"
        return f"{wrong}; write 'Target: ' with one of these on a line above {tick.rule}: {', '.join(targets)}"
    rule = asked.get(tick.rule)
    return _refusal(tick, rule, review) if rule else f"{tick.rule} is not asked by this review; remove the line"


def _refusal(tick: Checkbox, rule: Rule, review: Review) -> str:
    answer = find_answer(review, rule, tick.target)
    if tick.revision != rule.revision and answer.value is not Value.MET:
        return (
            f"{rule.id} was ticked in revision {tick.revision}, and is in revision {rule.revision} now; "
            f"read it again and write r{rule.revision} into the marker if it is met"
        )
    return ""


def _disagreements(ticks: list[Checkbox]) -> list[str]:
    earlier: dict[tuple[str, str], Checkbox] = {}
    problems = []
    for tick in ticks:
        other = earlier.setdefault((tick.rule, tick.target), tick)
        if other.ticked is not tick.ticked:
            yes, no = (tick, other) if tick.ticked else (other, tick)
            both = f"is ticked on line {yes.line} and not on line {no.line}"
            problems.append(f"line {tick.line}: {tick.rule} {both}; keep one of them")
    return problems
