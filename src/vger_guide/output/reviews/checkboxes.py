"""Ticked boxes that come back: a rule that is ticked is met.

A box is known by the marker behind it, `<!-- vger SES004 r1 -->` or `(vger SES004 r1)` with the rule's id and revision,
and the target's id where a review has several: its text may be edited, its place changed, its line broken. Behind a
semicolon the marker says what the answer was when the box was written, as `; was met`, unless it was unanswered: so a
box that nobody touched says nothing, and a tick is no answer where the review says something else since. A line
`Target: shop` names the target of all markers behind it that name none.
Boxes without a marker are somebody else's, and a marker without a box says nothing: where that may be an answer that
an editor or a mail has damaged, it is told.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from vger_guide.catalog.editions import text_hash
from vger_guide.catalog.rules import Rule
from vger_guide.output.reviews.import_result import Importer, ImportRejectedError, Returned
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.edit import AnswerChange, add_person, current_wording, record_answers
from vger_guide.reviews.models import Answer, Review, Value
from vger_guide.reviews.selection import find_answer
from vger_guide.reviews.store import MAX_BYTES, SHOWN_PROBLEMS, first_problems

_ITEM = re.compile(r"\s{0,200}(?:[-*+•]|\d{1,9}[.)])\s")
_BEFORE_BOX = re.compile(r"\s{0,200}(?:[-*+•]|\d{1,9}[.)])?\s{0,9}")
# As people type one, and as editors write what they show: with blanks within, escaped, or as a sign of its own.
_BOX = re.compile(r"\\?\[\s{0,3}([xX✓✔]?)\s{0,3}\\?\](?![\[(])|([☑☒✅✓✔])|☐")
# An editor makes one dash of two, and a mail breaks a line where it is long.
_MARK = re.compile(
    r"(?:\\?<!(?:--|[\u2013\u2014])\s{0,9}|\()vger\s{1,9}([A-Z]{3}[0-9]{3})\s{1,9}r([0-9]{1,6})(?:\s{1,9}([a-z0-9-]{1,80}))?"
    r"(?:;\s{1,9}was\s{1,9}(met|partial|not-met))?\s{0,9}(?:(?:--|[\u2013\u2014])\\?>|\))"
)
# How an item names its rule besides: by the link of its question, and by what is left of a marker.
_NAMED = re.compile(r"\[([A-Z]{3}[0-9]{3})\]\(|\bvger\s{1,9}([A-Z]{3}[0-9]{3})\b")
# A question of an issue form that nobody has sent yet: its boxes are made by the forge.
_FORM_LABEL = re.compile(r"\s{0,200}(?:-\s{1,9})?label:\s")
_TARGET = re.compile(r"Target: ([a-z0-9-]{1,80})\s*")


_NO_MARK = (
    "holds no comment that names a rule; is it the file that was exported, and did an editor take its comments out?"
)


@dataclass
class _Block:
    """Lines that belong together: an item with its box, or a text, whose box is None; and the target it is under."""

    first: int
    target: str
    box: re.Match[str] | None
    lines: list[str]

    @cached_property
    def text(self) -> str:
        """All of its lines, asked for when there are no more."""
        return "\n".join(self.lines)

    @property
    def ticked(self) -> bool:
        """Whether it has a box with a tick."""
        return bool(self.box and (self.box[1] or self.box[2]))

    def line_of(self, mark: re.Match[str]) -> int:
        """Return the number of the line that a part of the text begins on."""
        return self.first + self.text.count("\n", 0, mark.start())


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
    ticks, remarks = _locate(data, context)
    for tick in dict.fromkeys(replace(tick, line=0) for tick in ticks):
        rule = context.catalog.rules.get(tick.rule)
        answer = rule and find_answer(ours, rule, tick.target)
        if rule and answer and _changes(answer, tick):
            asked = current_wording(rule.revision, text_hash(rule))
            value = {"value": Value.MET if tick.ticked else Value.UNANSWERED, "not_applicable": None}
            if not _stands(answer, tick):
                was[tick.rule, tick.target] = (_blank(answer, tick.was), ())
            said[tick.rule, tick.target] = (answer.model_copy(update={**asked, **value, **stamp}), value)
    base = ours.model_copy(update={"answers": record_answers(ours, was).answers})
    return Returned(base, record_answers(people if said else ours, said), remarks)


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


def _locate(data: bytes, context: ReviewContext) -> tuple[list[Checkbox], list[str]]:
    """Return the boxes, each with its target, and what may be one and cannot be read.

    Raises ImportRejectedError with what is wrong with those that are ticked.
    """
    text = _text(data)
    if not _MARK.search(text):
        raise ImportRejectedError([_NO_MARK])
    blocks = list(_parse_blocks(text))
    ticks = [_with_target(tick, context) for tick in _parse_checkboxes(blocks)]
    asked = {rule.id: rule for rule in context.rules}
    problems = [f"line {tick.line}: {problem}" for tick in ticks if (problem := _problem(tick, context.review, asked))]
    problems += _disagreements(ticks)
    if problems:
        raise ImportRejectedError(first_problems(problems, SHOWN_PROBLEMS))
    known = {target.id for target in context.review.targets}
    remarks = [remark for block in blocks for remark in _unread(block)]
    return [tick for tick in ticks if tick.target in known], first_problems(remarks, SHOWN_PROBLEMS)


def _text(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise ImportRejectedError([f"has {len(data):,} bytes; it may have {MAX_BYTES:,}"])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ImportRejectedError([f"is not UTF-8 (byte {error.start + 1:,}); save it as UTF-8"]) from None


def _parse_blocks(text: str) -> Iterator[_Block]:
    """Yield the items, and the texts between them: a text may be broken into lines."""
    block, target = None, ""
    for number, line in enumerate(text.splitlines(), 1):
        if named := _TARGET.fullmatch(line):
            target = named[1]
        start = _BEFORE_BOX.match(line)
        box = _BOX.match(line, start.end()) if start else None
        # The next item, a heading or a blank line ends one.
        if block and not (box or _ITEM.match(line) or not line.strip() or line.startswith("#")):
            block.lines.append(line)
            continue
        if block:
            yield block
        block = _Block(number, target, box, [line]) if line.strip() else None
    if block:
        yield block


def _parse_checkboxes(blocks: Iterable[_Block]) -> Iterator[Checkbox]:
    for block in blocks:
        if block.box and (mark := _MARK.search(block.text)):
            was = Value(mark[4]) if mark[4] else Value.UNANSWERED
            target = mark[3] or block.target
            yield Checkbox(block.line_of(mark), mark[1], int(mark[2]), target, block.ticked, was)


def _unread(block: _Block) -> Iterator[str]:
    """Yield what is said of a block that may have been an answer: what is left aside is never left in silence."""
    marks = list(_MARK.finditer(block.text))
    if _FORM_LABEL.match(block.text):
        return
    for mark in marks[1:] if block.box else marks:
        yield f"line {block.line_of(mark)}: {mark[1]} has no box of its own that can be read; it was left aside"
    if block.ticked and not marks and (named := _NAMED.search(block.text)):
        rule = named[1] or named[2]
        yield f"line {block.first}: {rule} is ticked, but its comment is gone or damaged; it was left aside"


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
