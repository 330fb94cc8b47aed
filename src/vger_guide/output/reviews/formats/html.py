"""The review as a page in one file of HTML (https://html.spec.whatwg.org/), for reading, for print and for PDF.

It needs no script and no other file, and asks no host for anything. Texts of people stand line by line as they were
typed, and none of them is markup. The pages of a print name the review and the edition, and count themselves
(https://www.w3.org/TR/css-page-3/).
"""

from collections.abc import Iterator
from html import escape
from pathlib import Path

from vger_guide.output.reviews.answer_html import article, lines_of, linked
from vger_guide.output.reviews.answers import GROUPS, Entry, entries, grouped
from vger_guide.output.reviews.summary import (
    COUNTS,
    HEADINGS,
    about,
    chapters,
    counted,
    formula,
    scored,
    share,
    standing,
)
from vger_guide.output.reviews.text import described, name_of, title_of
from vger_guide.output.runs.bar_chart import bars, legend
from vger_guide.output.stylesheet import STYLE
from vger_guide.reviews.context import Filled
from vger_guide.reviews.labels import answered
from vger_guide.reviews.models import Target
from vger_guide.reviews.score import Tally
from vger_guide.text.html import escaped, page, prose
from vger_guide.text.sanitize import cut

SUFFIX = ".html"
OWN = Path(__file__).parent.parent / "review.css"
# Of the title at the head of each page, in characters.
TITLE = 60
# Classes of the style, by the attributes of a Tally.
CLASSES = {name: name.replace("_", "-") for name in COUNTS}


def write(filled: Filled) -> bytes:
    """Return the page."""
    style = STYLE.read_text("utf-8") + OWN.read_text("utf-8") + _margins(filled)
    main = "".join(_target(filled, target) for target in filled.review.targets)
    return page(escaped(title_of(filled)), style, _head(filled), main).encode()


def _margins(filled: Filled) -> str:
    named = f"{cut(title_of(filled), TITLE)} | {filled.catalog.guide.title}, edition {filled.review.edition}"
    # Anything but letters, digits and spaces as its number, so that no text can end the string.
    text = "".join(c if c.isalnum() or c == " " else f"\\{ord(c):x} " for c in named)
    grey = "font: 8pt system-ui, sans-serif; color: #55565a"
    return (
        f'@page {{ margin: 18mm 16mm; @top-left {{ content: "{text}"; {grey} }} '
        f'@bottom-right {{ content: counter(page) " / " counter(pages); {grey} }} }}\n'
    )


def _head(filled: Filled) -> str:
    title = f'<h1 dir="auto">{escaped(title_of(filled))}</h1>'
    facts = "".join(f'<dt>{name}</dt><dd dir="auto">{escaped(text)}</dd>' for name, text in about(filled).items())
    site = f'<dt>Guide</dt><dd><a href="{escape(filled.site)}">{escaped(filled.site)}</a></dd>'
    return f"{title}\n<dl>{facts}{site}</dl>\n<p>{prose(formula())}</p>{_contents(filled)}"


def _contents(filled: Filled) -> str:
    targets = filled.review.targets
    items = "".join(f'<li><a href="#{_id(target)}">{escaped(name_of(target))}</a></li>' for target in targets)
    return f'\n<nav aria-label="Targets"><ul>{items}</ul></nav>' if len(targets) > 1 else ""


def _id(target: Target, part: str = "") -> str:
    # No id of a target has an underscore, so no two of these are alike.
    return f"t-{target.id}" + (f"_{part}" if part else "")


def _target(filled: Filled, target: Target) -> str:
    return f'<section class="target" id="{_id(target)}">{"".join(_parts(filled, target))}</section>\n'


def _parts(filled: Filled, target: Target) -> Iterator[str]:
    counts, groups = chapters(filled, target), list(_groups(entries(filled, target)))
    everything = counts["All"]["all"]
    more = standing(everything)
    yield f'<h2 dir="auto">{escaped(name_of(target))}</h2>\n'
    yield from (f'<p dir="auto">{lines_of(text)}</p>\n' for text in described(target))
    yield f"<p><strong>{scored(everything)}</strong>: {counted(everything)}{f'; {more}' if more else ''}.</p>\n"
    yield _score(target, counts)
    links = "".join(f'<li><a href="#{_id(target, key)}">{heading}</a></li>' for key, heading, _ in groups)
    yield f'<nav aria-label="Answers: {target.id}"><ul class="legend">{links}</ul></nav>\n' if groups else ""
    yield from (f'<h3 id="{_id(target, key)}">{heading}</h3>\n{body}' for key, heading, body in groups)


def _groups(listed: list[Entry]) -> Iterator[tuple[str, str, str]]:
    """Yield the answers by what has to be done about them: a key, a heading and what stands below it."""
    for key, found in grouped(listed).items():
        yield key, f"{GROUPS[key]} ({len(found):,})", "".join(map(article, found))
    if disputed := [entry for entry in listed if entry.disputed]:
        items = "".join(f'<li dir="auto">{linked(entry)}: {_both(entry)}</li>' for entry in disputed)
        yield "disputed", f"Disagreements with checks ({len(disputed):,})", f'<ul class="disputed">{items}</ul>\n'


def _both(entry: Entry) -> str:
    return f"answered '{answered(entry.answer).lower()}'. {lines_of(entry.checked)}"


def _score(target: Target, counts: dict[str, dict[str, Tally]]) -> str:
    wholes = {name: levels["all"] for name, levels in counts.items() if name != "All"}
    words = "; ".join(f"{name}: {scored(whole)}: {counted(whole)}" for name, whole in wholes.items())
    rows = {name: {CLASSES[key]: getattr(whole, key) for key in COUNTS} for name, whole in wholes.items()}
    drawn = bars(_id(target, "bars"), "Answers by chapter", words, rows)
    return f"{drawn}\n{legend({CLASSES[key]: word for key, word in COUNTS.items()})}\n{_table(target, counts)}"


def _table(target: Target, counts: dict[str, dict[str, Tally]]) -> str:
    heads = "".join(f'<th scope="col">{name}</th>' for name in HEADINGS)
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
