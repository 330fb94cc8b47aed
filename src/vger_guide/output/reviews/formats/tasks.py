"""The review as GitHub's task lists (https://github.github.com/gfm/#task-list-items-extension-), which come back.

GitHub takes 65,536 characters in an issue or a comment: a longer list is in several parts, and in the file a line that
says so stands between them. The parts come back one at a time or all together, in any order, and so do their boxes.
A tick makes a rule met, and a tick that is taken away makes it unanswered again. A box that nobody touched leaves the
answer as it is, so that an old list takes nothing away; its comment says what the answer was when it was written.

As `pull-request` it is a short checklist for a template of pull requests: the rules that a change can break, which must
be met and show in a repository, which is to say that a check looks at its files or its history. No box is ticked,
because each change is asked anew; so one that comes back without a tick says nothing, and only a tick is taken. The
list stands once: where a review has several targets, the one that is changed is written into it.

As `issue-form` it is a form for `.github/ISSUE_TEMPLATE/`, one set of boxes a section, with no answers in it either.
https://docs.github.com/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-githubs-form-schema
has the keys, and GitHub refuses besides labels that are alike, a name of fewer than 3 and a description of more than
200 characters. It names no most for the elements of a form; what it does limit is the issue, to 65,536 characters, and
into that it writes every label, ticked or not. So all targets share one set of questions, and the form asks which is
meant. An issue made of it comes back.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

import yaml

from vger_guide.catalog.guide import Section
from vger_guide.catalog.rules import Level, Rule
from vger_guide.catalog.urls import page_url
from vger_guide.output.reviews.checkboxes import import_checkboxes, rule_marker
from vger_guide.output.reviews.import_result import Importer, Returned
from vger_guide.output.reviews.text import target_name, title_of
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.labels import answer_label
from vger_guide.reviews.models import Target, Value
from vger_guide.reviews.selection import find_answer
from vger_guide.text.markdown import escape_prose
from vger_guide.text.sanitize import truncate

SUFFIX = ".tasks.md"
# What GitHub takes in the text of an issue, a pull request or a comment, in characters.
LIMIT = 65_536
# Room for what stands before the first heading.
HEAD = 4_000
# Of the title or a target's name, in characters; a form has less room.
NAME, FORM_NAME = 200, 80
CUT = "\n<!-- vger: cut here, the next part begins below -->\n\n"


def write(context: ReviewContext, *, pull_request: bool = False, issue_form: bool = False) -> bytes:
    """Return all parts, with CUT between them; or a short list for a `pull_request`, or an `issue_form`."""
    if pull_request:
        return _write_pull_request(context)
    return _write_issue_form(context) if issue_form else CUT.join(parts(context)).encode()


def parts(context: ReviewContext, limit: int = LIMIT) -> list[str]:
    """Return the parts, each of at most `limit` characters as the host counts them."""
    bodies = fit_items(list(list_items(context)), limit - HEAD) or ["\nNo rule is asked.\n"]
    return [_head(context, number, len(bodies)) + body for number, body in enumerate(bodies, 1)]


def _head(context: ReviewContext, number: int, count: int) -> str:
    review = context.review
    part = f" (part {number} of {count})" if count > 1 else ""
    return (
        f"# {escape_prose(truncate(title_of(context), NAME))}{part}\n\n"
        f"[{escape_prose(context.catalog.guide.title)}](<{context.site}>), edition {review.edition}. "
        "Tick what is met, and leave the comment behind each question: `vger review import` knows the rule by it.\n"
    )


def read(data: bytes, context: ReviewContext, importer: Importer) -> Returned:
    """Return what the ticks of a text say, which holds any of the parts. Raises ImportRejectedError."""
    return import_checkboxes(data, context, importer)


class Item(NamedTuple):
    """A line of a list, and the headings that it stands under."""

    headings: tuple[str, ...]
    text: str


def list_items(context: ReviewContext) -> Iterator[Item]:
    """Yield the rules of the first target, then those of the next."""
    targets = context.review.targets
    for target in targets:
        above = (escape_prose(truncate(target_name(target), NAME)),) if len(targets) > 1 else ()
        named = target.id if len(targets) > 1 else ""
        for rule in context.rules:
            yield Item((*above, *_headings(context, rule)), _answer_text(context, rule, target, named))


def _headings(context: ReviewContext, rule: Rule) -> tuple[str, ...]:
    section = context.catalog.section_of(rule)
    chapter = context.catalog.chapter_of(rule)
    return tuple(dict.fromkeys((escape_prose(chapter.heading), escape_prose(section.heading))))


def _answer_text(context: ReviewContext, rule: Rule, target: Target, named: str) -> str:
    answer = find_answer(context.review, rule, target.id)
    if answer.not_applicable:
        return f"- {answer_label(answer)}: {_question(context, rule)}\n"
    said = f" ({answer_label(answer)})" if answer.value in (Value.PARTIAL, Value.NOT_MET) else ""
    return render_box(context, rule, named, said, answer.value)


def render_box(
    context: ReviewContext, rule: Rule, named: str = "", said: str = "", value: Value = Value.UNANSWERED
) -> str:
    """Return a box for a rule with an answer of some value, for the target whose id is `named`."""
    tick = "x" if value is Value.MET else " "
    return f"- [{tick}] {_question(context, rule)}{said} <!-- {rule_marker(rule, named, value)} -->\n"


def _question(context: ReviewContext, rule: Rule) -> str:
    return f"{escape_prose(rule.ask)} [{rule.id}](<{page_url(context.site, rule.page)}>)"


def fit_items(listed: Sequence[Item], limit: int) -> list[str]:
    """Return texts of at most `limit` characters as the host counts them; each begins with all its headings."""
    texts = [""]
    room = limit
    above: tuple[str, ...] = ()
    for item in listed:
        text = _under(above, item)
        if size(text) > room:
            text, room = _under((), item), limit
            texts.append("")
        texts[-1] += text
        room -= size(text)
        above = item.headings
    return [text for text in texts if text]


def _under(above: tuple[str, ...], item: Item) -> str:
    """Return an item below those of its headings that do not stand already."""
    same = next((i for i, pair in enumerate(zip(above, item.headings, strict=False)) if pair[0] != pair[1]), len(above))
    if above == item.headings:
        return item.text
    new = "".join(f"\n{'#' * (level + 2)} {item.headings[level]}\n" for level in range(same, len(item.headings)))
    return f"{new}\n{item.text}"


def size(text: str) -> int:
    """Return the length of a text as a browser sends it: in units of UTF-16, each line end two of them."""
    return len(text.encode("utf-16-le")) // 2 + text.count("\n")


def _write_pull_request(context: ReviewContext) -> bytes:
    """Return the list."""
    boxes = [render_box(context, rule) for rule in context.rules if _breakable(rule) and _applies(context, rule)]
    listed = "".join(boxes) or "No rule of the review shows in a repository.\n"
    return f"## What this change keeps\n\n{_target_line(context)}{listed}".encode()


def _target_line(context: ReviewContext) -> str:
    ids = [target.id for target in context.review.targets]
    return f"<!-- What you change, one of: {', '.join(ids)} -->\nTarget:\n\n" if len(ids) > 1 else ""


def _breakable(rule: Rule) -> bool:
    # The settings of the hosting service are not changed by a pull request.
    return rule.level is Level.MUST and rule.check is not None and not _forge(rule.check.plain()["expect"])


def _forge(condition: dict[str, Any]) -> bool:
    parts = [part for name in ("all", "any") for part in condition.get(name, [])]
    return "forge" in condition or any(map(_forge, parts))


def _applies(context: ReviewContext, rule: Rule) -> bool:
    """Return whether a rule applies to any of the targets."""
    answers = (find_answer(context.review, rule, target.id) for target in context.review.targets)
    return any(answer.not_applicable is None for answer in answers)


def _write_issue_form(context: ReviewContext) -> bytes:
    """Return the form."""
    form = {
        "name": f"Architecture review: {truncate(title_of(context), FORM_NAME)}",
        "description": f"{context.catalog.guide.title}, edition {context.review.edition}: tick what is met.",
        "title": "Architecture review: ",
        "body": [_make_opening(context), *_which(context), *_sections(context), _remarks()],
    }
    return yaml.safe_dump(form, allow_unicode=True, sort_keys=False, width=100_000).encode()


def _make_opening(context: ReviewContext) -> dict[str, Any]:
    title = escape_prose(context.catalog.guide.title)
    told = f"[{title}](<{context.site}>), edition {context.review.edition}. Tick what is met."
    named = "".join(
        f"\n- {target.id}: {escape_prose(truncate(target_name(target), FORM_NAME))}"
        for target in context.review.targets
    )
    return {"type": "markdown", "attributes": {"value": f"{told}\n\nTargets:\n{named}\n"}}


def _which(context: ReviewContext) -> list[dict[str, Any]]:
    """Return the question for the target. The issue says the option as it is, so that it is known when it comes."""
    targets = [f"Target: {target.id}" for target in context.review.targets]
    attributes = {"label": "What is reviewed?", "options": targets}
    required = {"required": True}
    asked = {"type": "dropdown", "id": "target", "attributes": attributes, "validations": required}
    return [asked] if len(targets) > 1 else []


def _sections(context: ReviewContext) -> list[dict[str, Any]]:
    grouped = groupby(context.rules, key=context.catalog.section_of)
    return [_section(context, section, list(rules)) for section, rules in grouped]


def _section(context: ReviewContext, section: Section, rules: list[Rule]) -> dict[str, Any]:
    options = [{"label": _label(context, rule)} for rule in rules]
    return {"type": "checkboxes", "id": section.anchor, "attributes": {"label": section.heading, "options": options}}


def _label(context: ReviewContext, rule: Rule) -> str:
    return f"{escape_prose(rule.ask)} [{rule.id}]({page_url(context.site, rule.page)}) ({rule_marker(rule)})"


def _remarks() -> dict[str, Any]:
    return {"type": "textarea", "id": "remarks", "attributes": {"label": "Remarks"}}
