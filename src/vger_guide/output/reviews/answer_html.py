"""An answer of a review as an article of HTML: the rule, what was answered, and what is said of it."""

from collections.abc import Iterator
from html import escape

from vger_guide.output.reviews.answers import AnswerEntry
from vger_guide.output.reviews.text import describe_place, to_line, to_lines
from vger_guide.reviews.labels import NOT_APPLICABLE, VALUES, answer_label
from vger_guide.reviews.models import Evidence, Value
from vger_guide.text.html import escape_line, render_prose
from vger_guide.text.sanitize import safe_link

# What can be ticked on paper.
_BOXES = [*(word for value, word in VALUES.items() if value is not Value.UNANSWERED), NOT_APPLICABLE]
_PAPER = f'<ul class="boxes">{"".join(f"<li>{word}</li>" for word in _BOXES)}<li class="note">Comment</li></ul>'


def render_answer(entry: AnswerEntry) -> str:
    """Return an answer."""
    facts = "".join(_fact(name, render_lines(text)) for name, text in entry.facts() if to_lines(text))
    evidence = "".join(_fact("Evidence", "<br>".join(_render_evidence(each))) for each in entry.answer.evidence)
    return (
        f'<article class="rule {entry.group}"><h4>{render_link(entry)} {render_prose(entry.rule.title)}</h4>'
        f'<p class="muted"><span class="answer">{answer_label(entry.answer)}</span>. {render_prose(entry.about)}</p>'
        f"{_list(facts + evidence)}{_PAPER if entry.group == 'unanswered' else ''}</article>\n"
    )


def render_link(entry: AnswerEntry) -> str:
    """Return the id of a rule as a link to its page."""
    return f'<a href="{escape(entry.address)}">{entry.rule.id}</a>'


def render_lines(text: str) -> str:
    """Return the lines of a text, a break between them."""
    return "<br>".join(map(render_prose, to_lines(text)))


def _fact(name: str, told: str) -> str:
    return f'<dt>{name}</dt><dd dir="auto">{told}</dd>' if told else ""


def _list(items: str) -> str:
    return f"<dl>{items}</dl>" if items else ""


def _render_evidence(evidence: Evidence) -> Iterator[str]:
    yield from map(render_prose, to_lines(evidence.description))
    if address := safe_link(evidence.address):
        yield f'<a href="{escape(address)}" rel="noreferrer">{escape_line(to_line(evidence.address))}</a>'
    if where := describe_place(evidence):
        yield escape_line(where)
