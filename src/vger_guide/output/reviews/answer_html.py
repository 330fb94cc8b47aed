"""An answer of a review as an article of HTML: the rule, what was answered, and what is said of it."""

from collections.abc import Iterator
from html import escape

from vger_guide.output.reviews.answers import Entry
from vger_guide.output.reviews.text import line, lines, place
from vger_guide.reviews.labels import NOT_APPLICABLE, VALUES, answered
from vger_guide.reviews.models import Evidence, Value
from vger_guide.text.html import escaped, prose
from vger_guide.text.sanitize import link

# What can be ticked on paper.
_BOXES = [*(word for value, word in VALUES.items() if value is not Value.UNANSWERED), NOT_APPLICABLE]
_PAPER = f'<ul class="boxes">{"".join(f"<li>{word}</li>" for word in _BOXES)}<li class="note">Comment</li></ul>'


def article(entry: Entry) -> str:
    """Return an answer."""
    facts = "".join(_fact(name, lines_of(text)) for name, text in entry.facts() if lines(text))
    evidence = "".join(_fact("Evidence", "<br>".join(_told(each))) for each in entry.answer.evidence)
    return (
        f'<article class="rule {entry.group}"><h4>{linked(entry)} {prose(entry.rule.title)}</h4>'
        f'<p class="muted"><span class="answer">{answered(entry.answer)}</span>. {prose(entry.about)}</p>'
        f"{_list(facts + evidence)}{_PAPER if entry.group == 'unanswered' else ''}</article>\n"
    )


def linked(entry: Entry) -> str:
    """Return the id of a rule as a link to its page."""
    return f'<a href="{escape(entry.address)}">{entry.rule.id}</a>'


def lines_of(text: str) -> str:
    """Return the lines of a text, a break between them."""
    return "<br>".join(map(prose, lines(text)))


def _fact(name: str, told: str) -> str:
    return f'<dt>{name}</dt><dd dir="auto">{told}</dd>' if told else ""


def _list(items: str) -> str:
    return f"<dl>{items}</dl>" if items else ""


def _told(evidence: Evidence) -> Iterator[str]:
    yield from map(prose, lines(evidence.description))
    if address := link(evidence.address):
        yield f'<a href="{escape(address)}" rel="noreferrer">{escaped(line(evidence.address))}</a>'
    if where := place(evidence):
        yield escaped(where)
