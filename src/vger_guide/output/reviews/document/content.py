"""What the document of a review says, in the order in which a board reads it: facts, results, then the answers."""

from collections.abc import Iterable, Iterator, Sequence

from vger_guide.catalog.urls import page_url
from vger_guide.output.reviews.answers import GROUPS, AnswerEntry, group_answers, list_answers
from vger_guide.output.reviews.document.blocks import (
    Bars,
    Block,
    Cell,
    Facts,
    Heading,
    Line,
    Paragraph,
    PrintDocument,
    TableBlock,
    TextRun,
    prose,
)
from vger_guide.output.reviews.results import Cell as ResultCell
from vger_guide.output.reviews.results import ResultTable, RuleName, format_cell, headline, list_tables, rate_cell
from vger_guide.output.reviews.summary import (
    COUNTS,
    HEADINGS,
    SHARES,
    count_beside,
    count_chapters,
    describe_edition,
    describe_formula,
    describe_review,
    describe_score,
    format_share,
    page_head,
)
from vger_guide.output.reviews.text import describe_place, describe_target, target_name, title_of, to_line, to_lines
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.labels import NOT_APPLICABLE, VALUES, answer_label
from vger_guide.reviews.models import Evidence, Target, Value
from vger_guide.reviews.score import Tally
from vger_guide.text.sanitize import safe_link

# Targets whose columns a page has room for upright.
UPRIGHT = 4
BOXES = "   ".join(f"☐ {word}" for value, word in VALUES.items() if value is not Value.UNANSWERED)
# Answers that are listed in a table; each of the others has a heading and facts of its own.
LISTED = ("unanswered", "met")
# Columns of the results that stand below others, so that a page has room for the table: by heading, the one above.
BELOW = {"Level": "Rule", "Severity": "Rule", "Ticket": "Approver"}
# The widths of columns, relative to one of NARROW.
NARROW = 3
WIDTHS = {"Rule": 10, "Must and should": 6, **dict.fromkeys(("Target", "State", "Owner", "Due", "Approver", ""), 4)}
# Of the table of scores by chapter.
CHAPTER_WIDTHS = (6, *[4] * (len(SHARES) - 1), 5, 3, 3, 5, 5)


def compose(context: ReviewContext) -> PrintDocument:
    """Return the document of a review, or of an empty checklist to be filled in on paper."""
    return PrintDocument(
        title=title_of(context),
        subtitle=f"{'Review' if context.is_answered else 'Checklist'} against the {describe_edition(context)}",
        head=page_head(context),
        across=len(context.review.targets) > UPRIGHT,
        blocks=[*_front(context), *_results(context), *_targets(context)],
    )


def _front(context: ReviewContext) -> Iterator[Block]:
    if context.is_answered:
        yield Paragraph([prose(headline(context))], "lead")
    guide = TextRun(context.site, link=context.site)
    yield Facts([*((name, [prose(text)]) for name, text in describe_review(context).items()), ("Guide", [[guide]])])
    yield Paragraph([prose(describe_formula())], "note")


def _results(context: ReviewContext) -> Iterator[Block]:
    if not context.is_answered:
        return
    yield Heading(1, [TextRun("Results")])
    for table in list_tables(context):
        yield Heading(2, prose(table.title))
        yield _result_table(context, table) if table.rows else Paragraph([[TextRun(table.empty)]])


def _result_table(context: ReviewContext, table: ResultTable) -> TableBlock:
    """Return a table of the results, with some columns below others."""
    headings = list(table.headings)
    below = {at: headings.index(BELOW[name]) for at, name in enumerate(headings) if BELOW.get(name) in headings}
    kept = [at for at in range(len(headings)) if at not in below]
    named = [_heading(headings, [at, *(n for n, onto in below.items() if onto == at)]) for at in kept]
    rows = [
        [_result_cell(context, row[at], [row[n] for n, onto in below.items() if onto == at]) for at in kept]
        for row in table.rows
    ]
    return TableBlock(named, rows, [WIDTHS.get(headings[at], NARROW) for at in kept])


def _heading(headings: Sequence[str], places: Sequence[int]) -> str:
    first, *others = (headings[at] for at in places)
    return ", ".join([first, *map(str.lower, others)])


def _result_cell(context: ReviewContext, cell: ResultCell, below: Sequence[ResultCell]) -> Cell:
    more = ", ".join(filter(None, map(format_cell, below)))
    lines = [_result_line(context, cell), prose(more)]
    return Cell([line for line in lines if line], rate_cell(cell))


def _result_line(context: ReviewContext, cell: ResultCell) -> Line:
    if isinstance(cell, RuleName):
        return _rule(cell.id, cell.title, page_url(context.site, cell.page))
    return prose(format_cell(cell))


def _rule(id_: str, title: str, address: str) -> list[TextRun]:
    return [TextRun(id_, "strong", address), TextRun(" "), *prose(title)]


def _targets(context: ReviewContext) -> Iterator[Block]:
    for target in context.review.targets:
        yield from _target(context, target)


def _target(context: ReviewContext, target: Target) -> Iterator[Block]:
    listed = list_answers(context, target)
    yield Heading(1, prose(target_name(target)), breaks=context.is_answered)
    yield from (Paragraph(_lines(text)) for text in describe_target(target))
    if context.is_answered:
        yield from _scores(context, target)
    for key, found in group_answers(listed).items():
        yield Heading(2, [TextRun(f"{GROUPS[key]} ({len(found):,})" if context.is_answered else "Questions")])
        yield from [_table(context, key, found)] if key in LISTED else _articles(found)
    yield from _disputed([entry for entry in listed if entry.disputed])


def _scores(context: ReviewContext, target: Target) -> Iterator[Block]:
    counts = count_chapters(context, target)
    score, standing = describe_score(counts)
    yield Paragraph([[*prose(score, "strong"), *prose(f": {standing}.")]])
    wholes = {name: levels["all"] for name, levels in counts.items() if name != "All"}
    yield Bars({name: _counts(whole) for name, whole in wholes.items()}, COUNTS)
    yield _chapters(counts)


def _counts(whole: Tally) -> dict[str, int]:
    return {name: getattr(whole, name) for name in COUNTS}


def _chapters(counts: dict[str, dict[str, Tally]]) -> TableBlock:
    rows = [
        [_cell(name), *(_cell(format_share(levels[key])) for key in SHARES), *map(_count, count_beside(levels["all"]))]
        for name, levels in counts.items()
    ]
    return TableBlock(HEADINGS, rows, CHAPTER_WIDTHS)


def _cell(text: str) -> Cell:
    return Cell([prose(text)])


def _count(count: int) -> Cell:
    return _cell(f"{count:,}")


def _table(context: ReviewContext, key: str, found: Iterable[AnswerEntry]) -> TableBlock:
    """Return the answers of a group in a table; on an empty checklist there are boxes to tick."""
    boxes = [] if context.is_answered else [[TextRun(f"{BOXES}   ☐ {NOT_APPLICABLE}")], [TextRun("Comment:")]]
    heading = "Question" if key == "unanswered" else "What is known of it"
    rows = [[_name_cell(each), Cell([*_said(each), *boxes])] for each in found]
    return TableBlock(["Rule", heading], rows, [5, 5])


def _name_cell(entry: AnswerEntry) -> Cell:
    return Cell([_rule(entry.rule.id, entry.rule.title, entry.address), prose(entry.about)])


def _said(entry: AnswerEntry) -> list[Line]:
    """Return the facts of an entry as lines, each with its name; a question needs none below its heading."""
    lines: list[Line] = []
    for name, (first, *rest) in _facts(entry):
        lines += [first if name == "Question" else [TextRun(f"{name}: ", "strong"), *first], *rest]
    return lines


def _articles(found: Iterable[AnswerEntry]) -> Iterator[Block]:
    for entry in found:
        yield Heading(3, _rule(entry.rule.id, entry.rule.title, entry.address))
        yield Paragraph([prose(entry.about)], "note")
        yield Facts(list(_facts(entry)))


def _facts(entry: AnswerEntry) -> Iterator[tuple[str, list[Line]]]:
    for name, text in entry.facts():
        if lines := _lines(text):
            yield name, lines
    for each in entry.answer.evidence:
        if shown := list(_evidence(each)):
            yield "Evidence", shown


def _evidence(evidence: Evidence) -> Iterator[Line]:
    yield from _lines(evidence.description)
    if address := safe_link(evidence.address):
        yield [TextRun(to_line(evidence.address), link=address)]
    if where := describe_place(evidence):
        yield [TextRun(where)]


def _disputed(found: Sequence[AnswerEntry]) -> Iterator[Block]:
    if found:
        yield Heading(2, [TextRun(f"Disagreements with checks ({len(found):,})")])
        yield TableBlock(
            ["Rule", "Answer and check"], [[_name_cell(each), Cell(_both(each))] for each in found], [5, 5]
        )


def _both(entry: AnswerEntry) -> list[Line]:
    return [[TextRun("Answer: ", "strong"), TextRun(answer_label(entry.answer))], *_lines(entry.checked)]


def _lines(text: str) -> list[Line]:
    return [prose(line) for line in to_lines(text)]
