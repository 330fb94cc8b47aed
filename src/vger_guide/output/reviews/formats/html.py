"""The review as a page in one file of HTML (https://html.spec.whatwg.org/), for reading, for print and for PDF.

It needs no script and no other file, and asks no host for anything. Texts of people stand line by line as they were
typed, and none of them is markup. The pages of a print name the review and the edition, and count themselves
(https://www.w3.org/TR/css-page-3/).
"""

from collections.abc import Iterator
from html import escape
from pathlib import Path

from vger_guide.output.reviews.answer_html import render_answer, render_lines, render_link
from vger_guide.output.reviews.answers import GROUPS, AnswerEntry, group_answers, list_answers
from vger_guide.output.reviews.summary import (
    COUNTS,
    HEADINGS,
    count_chapters,
    describe_formula,
    describe_review,
    format_counts,
    format_score,
    format_share,
    format_standing,
)
from vger_guide.output.reviews.text import describe_target, name_of, title_of
from vger_guide.output.runs.bar_chart import draw_bars, draw_legend
from vger_guide.output.stylesheet import STYLE
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.labels import answer_label
from vger_guide.reviews.models import Target
from vger_guide.reviews.score import Tally
from vger_guide.text.html import escape_line, render_page, render_prose
from vger_guide.text.sanitize import truncate

SUFFIX = ".html"
OWN = Path(__file__).parent.parent / "review.css"
# Of the title at the head of each page, in characters.
TITLE = 60
# Classes of the style, by the attributes of a Tally.
CLASSES = {name: name.replace("_", "-") for name in COUNTS}


def write(context: ReviewContext) -> bytes:
    """Return the page."""
    style = STYLE.read_text("utf-8") + OWN.read_text("utf-8") + _margins(context)
    main = "".join(_target(context, target) for target in context.review.targets)
    return render_page(escape_line(title_of(context)), style, _head(context), main).encode()


def _margins(context: ReviewContext) -> str:
    named = f"{truncate(title_of(context), TITLE)} | {context.catalog.guide.title}, edition {context.review.edition}"
    # Anything but letters, digits and spaces as its number, so that no text can end the string.
    text = "".join(c if c.isalnum() or c == " " else f"\\{ord(c):x} " for c in named)
    grey = "font: 8pt system-ui, sans-serif; color: #55565a"
    return (
        f'@page {{ margin: 18mm 16mm; @top-left {{ content: "{text}"; {grey} }} '
        f'@bottom-right {{ content: counter(page) " / " counter(pages); {grey} }} }}\n'
    )


def _head(context: ReviewContext) -> str:
    title = f'<h1 dir="auto">{escape_line(title_of(context))}</h1>'
    facts = "".join(
        f'<dt>{name}</dt><dd dir="auto">{escape_line(text)}</dd>' for name, text in describe_review(context).items()
    )
    site = f'<dt>Guide</dt><dd><a href="{escape(context.site)}">{escape_line(context.site)}</a></dd>'
    return f"{title}\n<dl>{facts}{site}</dl>\n<p>{render_prose(describe_formula())}</p>{_contents(context)}"


def _contents(context: ReviewContext) -> str:
    targets = context.review.targets
    items = "".join(f'<li><a href="#{_id(target)}">{escape_line(name_of(target))}</a></li>' for target in targets)
    return f'\n<nav aria-label="Targets"><ul>{items}</ul></nav>' if len(targets) > 1 else ""


def _id(target: Target, part: str = "") -> str:
    # No id of a target has an underscore, so no two of these are alike.
    return f"t-{target.id}" + (f"_{part}" if part else "")


def _target(context: ReviewContext, target: Target) -> str:
    return f'<section class="target" id="{_id(target)}">{"".join(_parts(context, target))}</section>\n'


def _parts(context: ReviewContext, target: Target) -> Iterator[str]:
    counts, groups = count_chapters(context, target), list(_groups(list_answers(context, target)))
    everything = counts["All"]["all"]
    more = format_standing(everything)
    yield f'<h2 dir="auto">{escape_line(name_of(target))}</h2>\n'
    yield from (f'<p dir="auto">{render_lines(text)}</p>\n' for text in describe_target(target))
    summary = format_counts(everything) + (f"; {more}" if more else "")
    yield f"<p><strong>{format_score(everything)}</strong>: {summary}.</p>\n"
    yield _score(target, counts)
    links = "".join(f'<li><a href="#{_id(target, key)}">{heading}</a></li>' for key, heading, _ in groups)
    yield f'<nav aria-label="Answers: {target.id}"><ul class="legend">{links}</ul></nav>\n' if groups else ""
    yield from (f'<h3 id="{_id(target, key)}">{heading}</h3>\n{body}' for key, heading, body in groups)


def _groups(listed: list[AnswerEntry]) -> Iterator[tuple[str, str, str]]:
    """Yield the answers by what has to be done about them: a key, a heading and what stands below it."""
    for key, found in group_answers(listed).items():
        yield key, f"{GROUPS[key]} ({len(found):,})", "".join(map(render_answer, found))
    if disputed := [entry for entry in listed if entry.disputed]:
        items = "".join(f'<li dir="auto">{render_link(entry)}: {_both(entry)}</li>' for entry in disputed)
        yield "disputed", f"Disagreements with checks ({len(disputed):,})", f'<ul class="disputed">{items}</ul>\n'


def _both(entry: AnswerEntry) -> str:
    return f"answered '{answer_label(entry.answer).lower()}'. {render_lines(entry.checked)}"


def _score(target: Target, counts: dict[str, dict[str, Tally]]) -> str:
    wholes = {name: levels["all"] for name, levels in counts.items() if name != "All"}
    words = "; ".join(f"{name}: {format_score(whole)}: {format_counts(whole)}" for name, whole in wholes.items())
    rows = {name: {CLASSES[key]: getattr(whole, key) for key in COUNTS} for name, whole in wholes.items()}
    drawn = draw_bars(_id(target, "bars"), "Answers by chapter", words, rows)
    return f"{drawn}\n{draw_legend({CLASSES[key]: word for key, word in COUNTS.items()})}\n{_table(target, counts)}"


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
    shares = (format_share(counts).replace(" of ", "&nbsp;of&nbsp;") for counts in levels.values())
    cells = [*shares, *(f"{count:,}" for count in beside)]
    return f'<tr><th scope="row">{escape_line(name)}</th>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>'
