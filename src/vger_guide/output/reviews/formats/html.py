"""The review as a page in one file of HTML (https://html.spec.whatwg.org/), for reading, for print and for PDF.

It needs no script and no other file, and asks no host for anything. Texts of people stand line by line as they were
typed, and none of them is markup. The pages of a print name the review and the edition, and count themselves
(https://www.w3.org/TR/css-page-3/).
"""

from dataclasses import dataclass

from markupsafe import Markup, escape

from vger_guide.catalog.urls import page_url
from vger_guide.output.bar_chart import BarChart
from vger_guide.output.html import render
from vger_guide.output.reviews.answers import GROUPS, AnswerEntry, group_answers, list_answers
from vger_guide.output.reviews.results import RuleName, format_cell, headline, list_tables, rate_cell
from vger_guide.output.reviews.summary import (
    COUNTS,
    HEADINGS,
    SHARES,
    count_beside,
    count_chapters,
    describe_formula,
    describe_review,
    describe_score,
    format_counts,
    format_score,
    format_share,
    page_head,
)
from vger_guide.output.reviews.text import describe_place, describe_target, target_name, title_of, to_line, to_lines
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.labels import NOT_APPLICABLE, VALUES, answer_label
from vger_guide.reviews.models import Evidence, Target, Value
from vger_guide.reviews.score import Tally
from vger_guide.text.html import format_prose
from vger_guide.text.sanitize import safe_link

SUFFIX = ".html"
# Classes of the style, by the attributes of a Tally.
CLASSES = {name: name.replace("_", "-") for name in COUNTS}
# What can be ticked on paper.
BOXES = [*(word for value, word in VALUES.items() if value is not Value.UNANSWERED), NOT_APPLICABLE]
LINK = Markup('<a href="{}" rel="noreferrer">{}</a>')


@dataclass(frozen=True)
class TargetPart:
    """What the page says of a target; the answers are by the keys of GROUPS."""

    id: str
    anchor: str
    name: str
    description: list[str]
    score: str
    summary: str
    chart: BarChart
    chapters: dict[str, dict[str, Tally]]
    groups: dict[str, list[AnswerEntry]]
    disputed: list[AnswerEntry]


def write(context: ReviewContext) -> bytes:
    """Return the page."""
    return render(
        "review.html",
        title=title_of(context),
        margins=_margins(context),
        about=describe_review(context),
        site=context.site,
        formula=describe_formula(),
        headline=headline(context) if context.is_answered else "",
        results=list_tables(context) if context.is_answered else [],
        is_rule=lambda cell: isinstance(cell, RuleName),
        page_of=lambda cell: page_url(context.site, cell.page),
        format_cell=format_cell,
        rate_cell=rate_cell,
        shares=SHARES,
        targets=[_target(context, target) for target in context.review.targets],
        headings=HEADINGS,
        groups=GROUPS,
        boxes=BOXES,
        colours={CLASSES[key]: word for key, word in COUNTS.items()},
        to_lines=to_lines,
        answer_label=answer_label,
        evidence=_evidence,
        beside=count_beside,
        format_share=format_share,
    ).encode()


def _margins(context: ReviewContext) -> dict[str, Markup]:
    """Return what stands at the edges of each page of a print, in the syntax of CSS."""
    # Anything but letters, digits and spaces as its number, so that no text can end the string.
    text = "".join(c if c.isalnum() or c == " " else f"\\{ord(c):x} " for c in page_head(context))
    pages = Markup('counter(page) " / " counter(pages)')
    return {"top-left": Markup('"{}"').format(text), "bottom-right": pages}


def _target(context: ReviewContext, target: Target) -> TargetPart:
    counts, listed = count_chapters(context, target), list_answers(context, target)
    score, summary = describe_score(counts)
    # No id of a target has an underscore, so no two of the ids that begin so are alike.
    anchor = f"t-{target.id}"
    return TargetPart(
        id=target.id,
        anchor=anchor,
        name=target_name(target),
        description=describe_target(target),
        score=score,
        summary=summary,
        chart=_chart(f"{anchor}_bars", counts),
        chapters=counts,
        groups=group_answers(listed),
        disputed=[entry for entry in listed if entry.disputed],
    )


def _chart(id_: str, counts: dict[str, dict[str, Tally]]) -> BarChart:
    wholes = {name: levels["all"] for name, levels in counts.items() if name != "All"}
    words = "; ".join(f"{name}: {format_score(whole)}: {format_counts(whole)}" for name, whole in wholes.items())
    rows = {name: {CLASSES[key]: getattr(whole, key) for key in COUNTS} for name, whole in wholes.items()}
    return BarChart(id_, "Answers by chapter", words, rows)


def _evidence(evidence: Evidence) -> list[Markup]:
    """Return the lines that say what shows an answer."""
    lines = list(map(format_prose, to_lines(evidence.description)))
    if address := safe_link(evidence.address):
        lines.append(LINK.format(address, to_line(evidence.address)))
    return lines + ([escape(where)] if (where := describe_place(evidence)) else [])
