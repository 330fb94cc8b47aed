"""GitHub's task lists of rules, in documents that are short enough for the host."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from vger_guide.catalog.rules import Rule
from vger_guide.catalog.urls import page_url
from vger_guide.output.reviews.checkboxes import rule_marker
from vger_guide.output.reviews.text import name_of
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.labels import answer_label
from vger_guide.reviews.models import Target, Value
from vger_guide.reviews.selection import find_answer
from vger_guide.text.markdown import escape_prose
from vger_guide.text.sanitize import truncate

# What GitHub takes in the text of an issue, a pull request or a comment, in characters.
LIMIT = 65_536
# Room for what stands before the first heading.
HEAD = 4_000
NAME = 200


class Item(NamedTuple):
    """A line of a list, and the headings that it stands under."""

    headings: tuple[str, ...]
    text: str


def list_items(context: ReviewContext) -> Iterator[Item]:
    """Yield the rules of the first target, then those of the next."""
    targets = context.review.targets
    for target in targets:
        above = (escape_prose(truncate(name_of(target), NAME)),) if len(targets) > 1 else ()
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
    return render_box(context, rule, named, said, "x" if answer.value is Value.MET else " ")


def render_box(context: ReviewContext, rule: Rule, named: str = "", said: str = "", tick: str = " ") -> str:
    """Return a box for a rule, for the target whose id is `named`."""
    return f"- [{tick}] {_question(context, rule)}{said} <!-- {rule_marker(rule, named, tick == 'x')} -->\n"


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
