"""GitHub's task lists of rules, in documents that are short enough for the host."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from vger_guide.catalog.rules import Rule
from vger_guide.catalog.urls import address
from vger_guide.output.reviews.checkboxes import marker
from vger_guide.output.reviews.text import name_of
from vger_guide.reviews.context import Filled
from vger_guide.reviews.labels import answered
from vger_guide.reviews.models import Target, Value
from vger_guide.reviews.selection import answer_of
from vger_guide.text.markdown import prose
from vger_guide.text.sanitize import cut

# What GitHub takes in the text of an issue, a pull request or a comment, in characters.
LIMIT = 65_536
# Room for what stands before the first heading.
HEAD = 4_000
NAME = 200


class Item(NamedTuple):
    """A line of a list, and the headings that it stands under."""

    headings: tuple[str, ...]
    text: str


def items(filled: Filled) -> Iterator[Item]:
    """Yield the rules of the first target, then those of the next."""
    targets = filled.review.targets
    for target in targets:
        above = (prose(cut(name_of(target), NAME)),) if len(targets) > 1 else ()
        named = target.id if len(targets) > 1 else ""
        for rule in filled.rules:
            yield Item((*above, *_headings(filled, rule)), _answered(filled, rule, target, named))


def _headings(filled: Filled, rule: Rule) -> tuple[str, ...]:
    section = filled.catalog.section_of(rule)
    chapter = filled.catalog.chapter_of(rule)
    return tuple(dict.fromkeys((prose(chapter.heading), prose(section.heading))))


def _answered(filled: Filled, rule: Rule, target: Target, named: str) -> str:
    answer = answer_of(filled.review, rule, target.id)
    if answer.not_applicable:
        return f"- {answered(answer)}: {_question(filled, rule)}\n"
    said = f" ({answered(answer)})" if answer.value in (Value.PARTIAL, Value.NOT_MET) else ""
    return box(filled, rule, named, said, "x" if answer.value is Value.MET else " ")


def box(filled: Filled, rule: Rule, named: str = "", said: str = "", tick: str = " ") -> str:
    """Return a box for a rule, for the target whose id is `named`."""
    return f"- [{tick}] {_question(filled, rule)}{said} <!-- {marker(rule, named, tick == 'x')} -->\n"


def _question(filled: Filled, rule: Rule) -> str:
    return f"{prose(rule.ask)} [{rule.id}](<{address(filled.site, rule.page)}>)"


def packed(listed: Sequence[Item], limit: int) -> list[str]:
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
