"""The review as a page in one file of HTML (https://html.spec.whatwg.org/), for reading, for print and for PDF.

It needs no script and no other file, and asks no host for anything. Texts of people stand line by line as they were
typed, and none of them is markup. The pages of a print name the edition and count themselves
(https://www.w3.org/TR/css-page-3/).
"""

from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path

from vger_guide.exports.contents import (
    COUNTS,
    GROUPS,
    Entry,
    about,
    chapters,
    counted,
    entries,
    formula,
    grouped,
    share,
    standing,
)
from vger_guide.exports.forms import Filled
from vger_guide.exports.texts import line, lines, place
from vger_guide.reports.page import STYLE, escaped, page, prose
from vger_guide.reports.picture import bars, legend
from vger_guide.reports.text import link
from vger_guide.reviews.document import Evidence, Target
from vger_guide.reviews.scores import Tally
from vger_guide.reviews.words import NOT_APPLICABLE, VALUES, answered

SUFFIX = ".html"
OWN = Path(__file__).parent.parent / "review.css"
# Classes of the style, by the attributes of a Tally.
CLASSES = {name: name.replace("_", "-") for name in COUNTS}


def write(filled: Filled) -> bytes:
    """Return the page."""
    style = STYLE.read_text("utf-8") + OWN.read_text("utf-8") + _margins(filled)
    main = "".join(_target(filled, target) for target in filled.review.targets)
    return page(_title(filled), style, _head(filled), main).encode()


def _title(filled: Filled) -> str:
    return escaped(line(filled.review.title)) or "Review"


def _margins(filled: Filled) -> str:
    named = f"{filled.catalog.guide.title}, edition {filled.review.edition}"
    # Anything but letters, digits and spaces as its number, so that no text can end the string.
    text = "".join(c if c.isalnum() or c == " " else f"\\{ord(c):x} " for c in named)
    grey = "font: 8pt system-ui, sans-serif; color: #55565a"
    return (
        f'@page {{ margin: 18mm 16mm; @top-left {{ content: "{text}"; {grey} }} '
        f'@bottom-right {{ content: counter(page) " / " counter(pages); {grey} }} }}\n'
    )


def _head(filled: Filled) -> str:
    listed = "".join(f"<dt>{name}</dt><dd>{escaped(text)}</dd>" for name, text in about(filled).items())
    site = f'<dt>Guide</dt><dd><a href="{escape(filled.site)}">{escaped(filled.site)}</a></dd>'
    return (
        f'<h1 dir="auto">{_title(filled)}</h1>\n<dl>{listed}{site}</dl>\n<p>{prose(formula())}</p>{_contents(filled)}'
    )


def _contents(filled: Filled) -> str:
    targets = filled.review.targets
    items = "".join(f'<li><a href="#t-{target.id}">{_name(target)}</a></li>' for target in targets)
    return f'\n<nav aria-label="Targets"><ul>{items}</ul></nav>' if len(targets) > 1 else ""


def _name(target: Target) -> str:
    return escaped(line(target.name)) or target.id


def _target(filled: Filled, target: Target) -> str:
    return f'<section class="target" id="t-{target.id}">{"".join(_parts(filled, target))}</section>\n'


def _parts(filled: Filled, target: Target) -> Iterator[str]:
    counts, listed = chapters(filled, target), entries(filled, target)
    everything = counts["All"]["all"]
    more = standing(everything)
    yield f'<h2 dir="auto">{_name(target)}</h2>\n{_text(target.description)}{_text(target.repository)}'
    yield f"<p><strong>{share(everything)} met</strong>: {counted(everything)}{f'; {more}' if more else ''}.</p>\n"
    yield _score(target, counts)
    for key, found in grouped(listed).items():
        yield f"<h3>{GROUPS[key]} ({len(found):,})</h3>\n{''.join(map(_rule, found))}"
    if disputed := [entry for entry in listed if entry.disputed]:
        items = "".join(f"<li>{_link(entry)}: answered '{answered(entry.answer).lower()}'</li>" for entry in disputed)
        yield f'<h3>Disagreements with checks ({len(disputed):,})</h3>\n<ul class="disputed">{items}</ul>\n'


def _score(target: Target, counts: dict[str, dict[str, Tally]]) -> str:
    wholes = {name: levels["all"] for name, levels in counts.items() if name != "All"}
    words = "; ".join(f"{name}: {share(whole)} met: {counted(whole)}" for name, whole in wholes.items())
    rows = {name: {CLASSES[key]: getattr(whole, key) for key in COUNTS} for name, whole in wholes.items()}
    drawn = bars(f"t-{target.id}", "Answers by chapter", words, rows)
    return f"{drawn}\n{legend({CLASSES[key]: word for key, word in COUNTS.items()})}\n{_table(target, counts)}"


def _table(target: Target, counts: dict[str, dict[str, Tally]]) -> str:
    names = ("Chapter", "Must", "Should", "May", "All", "Partly met", "Not met", "Unanswered", "Not applicable")
    heads = "".join(f'<th scope="col">{name}</th>' for name in names)
    rows = "".join(map(_row, counts, counts.values()))
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    label = f"Score by chapter and level: {target.id}"
    return f'<div class="scroll" tabindex="0" role="region" aria-label="{label}">{table}</div>\n'


def _row(name: str, levels: dict[str, Tally]) -> str:
    whole = levels["all"]
    beside = (whole.partial, whole.not_met, whole.unanswered, whole.not_applicable)
    # A score breaks before its percentage only.
    shares = (share(counts).replace(" of ", "&nbsp;of&nbsp;") for counts in levels.values())
    cells = [*shares, *(f"{count:,}" for count in beside)]
    return f'<tr><th scope="row">{escaped(name)}</th>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>'


def _rule(entry: Entry) -> str:
    facts = "".join(f'<dt>{name}</dt><dd dir="auto">{_text(text)}</dd>' for name, text in entry.facts() if lines(text))
    evidence = "".join(
        f'<dt>Evidence</dt><dd dir="auto">{_paragraph(_told(each))}</dd>' for each in entry.answer.evidence
    )
    boxes = _boxes() if entry.group == "unanswered" else ""
    return (
        f'<article class="rule {entry.group}"><h4>{_link(entry)} {prose(entry.rule.title)}</h4>'
        f'<p class="muted"><span class="answer">{answered(entry.answer)}</span>. {prose(entry.about)}</p>'
        f"{_list(facts + evidence)}{boxes}</article>\n"
    )


def _list(items: str) -> str:
    return f"<dl>{items}</dl>" if items else ""


def _boxes() -> str:
    """Return what can be ticked on paper."""
    words = [word for value, word in VALUES.items() if value != "unanswered"]
    return f'<ul class="boxes">{"".join(f"<li>{word}</li>" for word in [*words, NOT_APPLICABLE])}</ul>'


def _link(entry: Entry) -> str:
    return f'<a href="{escape(entry.address)}">{entry.rule.id}</a>'


def _told(evidence: Evidence) -> Iterator[str]:
    yield from map(prose, lines(evidence.description))
    if address := link(evidence.address):
        yield f'<a href="{escape(address)}" rel="noreferrer">{escaped(line(evidence.address))}</a>'
    if where := place(evidence):
        yield escaped(where)


def _text(text: str) -> str:
    return _paragraph(map(prose, lines(text)))


def _paragraph(parts: Iterable[str]) -> str:
    joined = "<br>".join(parts)
    return f"<p>{joined}</p>" if joined else ""
