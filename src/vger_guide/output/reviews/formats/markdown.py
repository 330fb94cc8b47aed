"""The review as a report in Markdown (https://github.github.com/gfm/), read by GitHub and GitLab.

What is not met comes first. Texts of people stand line by line as they were typed, and none of them is markup.
"""

import re
from collections.abc import Iterator

from vger_guide.catalog.urls import page_url
from vger_guide.output.reviews.answers import GROUPS, AnswerEntry, group_answers, list_answers
from vger_guide.output.reviews.results import Cell, ResultTable, RuleName, format_cell, headline, list_tables
from vger_guide.output.reviews.summary import (
    HEADINGS,
    SHARES,
    count_beside,
    count_chapters,
    describe_formula,
    describe_review,
    describe_score,
    format_share,
)
from vger_guide.output.reviews.text import describe_place, describe_target, target_name, title_of, to_line, to_lines
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.labels import answer_label
from vger_guide.reviews.models import Evidence, Target
from vger_guide.reviews.score import Tally
from vger_guide.text.markdown import escape_prose
from vger_guide.text.sanitize import safe_link

SUFFIX = ".md"

_PIPE = re.compile(r"(?<!\\)\|")


def write(context: ReviewContext) -> bytes:
    """Return the report."""
    targets = context.review.targets
    parts = [_head(context), *_results(context), *(_target(context, target) for target in targets)]
    return "\n".join(parts).encode()


def _head(context: ReviewContext) -> str:
    facts = "".join(f"- {name}: {escape_prose(text)}\n" for name, text in describe_review(context).items())
    return f"# {escape_prose(title_of(context))}\n\n{facts}\n{escape_prose(describe_formula())}\n"


def _results(context: ReviewContext) -> list[str]:
    """Return the results, which an empty checklist has none of."""
    if not context.is_answered:
        return []
    tables = [_result_table(context, table) for table in list_tables(context)]
    return ["\n".join([f"## Results\n\n**{escape_prose(headline(context))}**\n", *tables])]


def _result_table(context: ReviewContext, table: ResultTable) -> str:
    heading = f"### {escape_prose(table.title)}\n\n"
    if not table.rows:
        return f"{heading}{table.empty}\n"
    lines = [[_cell(head) for head in table.headings], [":--"] * len(table.headings)]
    lines += [[_result_cell(context, cell) for cell in row] for row in table.rows]
    return heading + "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _result_cell(context: ReviewContext, cell: Cell) -> str:
    if isinstance(cell, RuleName):
        return f"[{cell.id}](<{page_url(context.site, cell.page)}>) {_cell(cell.title)}"
    return _cell(format_cell(cell))


def _target(context: ReviewContext, target: Target) -> str:
    counts, listed = count_chapters(context, target), list_answers(context, target)
    score, standing = describe_score(counts)
    parts = [
        f"## {escape_prose(target_name(target))}\n",
        *(f"{_text(text, '')}\n" for text in describe_target(target)),
        f"**{score}**: {standing}.\n",
        _table(counts),
        *(_group(f"{GROUPS[key]} ({len(found):,})", found) for key, found in group_answers(listed).items()),
        *_list_disputed([entry for entry in listed if entry.disputed]),
    ]
    return "\n".join(parts)


def _table(counts: dict[str, dict[str, Tally]]) -> str:
    rows = "".join(f"| {' | '.join([_cell(chapter), *_row(levels)])} |\n" for chapter, levels in counts.items())
    return f"| {' | '.join(HEADINGS)} |\n| :-- |{' --: |' * (len(HEADINGS) - 1)}\n{rows}"


def _cell(text: str) -> str:
    # A table is split at every pipe, also at those in code.
    return _PIPE.sub(r"\|", escape_prose(text))


def _row(levels: dict[str, Tally]) -> list[str]:
    return [*(format_share(levels[key]) for key in SHARES), *(f"{count:,}" for count in count_beside(levels["all"]))]


def _group(heading: str, found: list[AnswerEntry]) -> str:
    return f"### {heading}\n\n{''.join(map(_entry, found))}"


def _entry(entry: AnswerEntry) -> str:
    facts = "".join(f"  - {name}: {_text(text, '    ')}\n" for name, text in entry.facts() if to_lines(text))
    evidence = "".join(f"  - Evidence: {each}\n" for each in map(_evidence, entry.answer.evidence) if each)
    return f"- {_name(entry)} ({escape_prose(entry.about)})\n{facts}{evidence}"


def _name(entry: AnswerEntry) -> str:
    return f"[{entry.rule.id}](<{entry.address}>) {escape_prose(entry.rule.title)}"


def _evidence(evidence: Evidence) -> str:
    return "\\\n    ".join(_describe_evidence(evidence))


def _describe_evidence(evidence: Evidence) -> Iterator[str]:
    yield from map(escape_prose, to_lines(evidence.description))
    if address := safe_link(evidence.address):
        yield f"[{escape_prose(to_line(evidence.address))}](<{address}>)"
    if where := describe_place(evidence):
        yield escape_prose(where)


def _list_disputed(found: list[AnswerEntry]) -> list[str]:
    items = "".join(f"- {_name(entry)}: {_both(entry)}\n" for entry in found)
    return [f"### Disagreements with checks ({len(found):,})\n\n{items}"] if found else []


def _both(entry: AnswerEntry) -> str:
    return f"answered '{answer_label(entry.answer).lower()}'. {_text(entry.checked, '  ')}"


def _text(text: str, indent: str) -> str:
    """Return the lines of a text, each on a line of its own in the same paragraph."""
    return f"\\\n{indent}".join(map(escape_prose, to_lines(text)))
