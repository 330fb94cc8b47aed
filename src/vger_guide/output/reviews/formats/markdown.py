"""The review as a report in Markdown (https://github.github.com/gfm/), read by GitHub and GitLab.

What is not met comes first. Texts of people stand line by line as they were typed, and none of them is markup.
"""

import re
from collections.abc import Iterator

from vger_guide.output.reviews.answers import GROUPS, Entry, entries, grouped
from vger_guide.output.reviews.summary import HEADINGS, about, chapters, counted, formula, scored, share, standing
from vger_guide.output.reviews.text import described, line, lines, name_of, place, title_of
from vger_guide.reviews.context import Filled
from vger_guide.reviews.labels import answered
from vger_guide.reviews.models import Evidence, Target
from vger_guide.reviews.score import Tally
from vger_guide.text.markdown import prose
from vger_guide.text.sanitize import link

SUFFIX = ".md"

_PIPE = re.compile(r"(?<!\\)\|")


def write(filled: Filled) -> bytes:
    """Return the report."""
    targets = filled.review.targets
    parts = [_head(filled), *(_target(filled, target) for target in targets)]
    return "\n".join(parts).encode()


def _head(filled: Filled) -> str:
    facts = "".join(f"- {name}: {prose(text)}\n" for name, text in about(filled).items())
    return f"# {prose(title_of(filled))}\n\n{facts}\n{prose(formula())}\n"


def _target(filled: Filled, target: Target) -> str:
    counts, listed = chapters(filled, target), entries(filled, target)
    everything = counts["All"]["all"]
    more = standing(everything)
    parts = [
        f"## {prose(name_of(target))}\n",
        *(f"{_text(text, '')}\n" for text in described(target)),
        f"**{scored(everything)}**: {counted(everything)}{f'; {more}' if more else ''}.\n",
        _table(counts),
        *(_group(f"{GROUPS[key]} ({len(found):,})", found) for key, found in grouped(listed).items()),
        *_disputed([entry for entry in listed if entry.disputed]),
    ]
    return "\n".join(parts)


def _table(counts: dict[str, dict[str, Tally]]) -> str:
    rows = "".join(f"| {' | '.join([_cell(chapter), *_row(levels)])} |\n" for chapter, levels in counts.items())
    return f"| {' | '.join(HEADINGS)} |\n| :-- |{' --: |' * (len(HEADINGS) - 1)}\n{rows}"


def _cell(text: str) -> str:
    # A table is split at every pipe, also at those in code.
    return _PIPE.sub(r"\|", prose(text))


def _row(levels: dict[str, Tally]) -> list[str]:
    whole = levels["all"]
    beside = (whole.partial, whole.not_met, whole.unanswered, whole.not_applicable)
    return [*map(share, levels.values()), *(f"{count:,}" for count in beside)]


def _group(heading: str, found: list[Entry]) -> str:
    return f"### {heading}\n\n{''.join(map(_entry, found))}"


def _entry(entry: Entry) -> str:
    facts = "".join(f"  - {name}: {_text(text, '    ')}\n" for name, text in entry.facts() if lines(text))
    evidence = "".join(f"  - Evidence: {each}\n" for each in map(_evidence, entry.answer.evidence) if each)
    return f"- {_name(entry)} ({prose(entry.about)})\n{facts}{evidence}"


def _name(entry: Entry) -> str:
    return f"[{entry.rule.id}](<{entry.address}>) {prose(entry.rule.title)}"


def _evidence(evidence: Evidence) -> str:
    return "\\\n    ".join(_told(evidence))


def _told(evidence: Evidence) -> Iterator[str]:
    yield from map(prose, lines(evidence.description))
    if address := link(evidence.address):
        yield f"[{prose(line(evidence.address))}](<{address}>)"
    if where := place(evidence):
        yield prose(where)


def _disputed(found: list[Entry]) -> list[str]:
    items = "".join(f"- {_name(entry)}: {_both(entry)}\n" for entry in found)
    return [f"### Disagreements with checks ({len(found):,})\n\n{items}"] if found else []


def _both(entry: Entry) -> str:
    return f"answered '{answered(entry.answer).lower()}'. {_text(entry.checked, '  ')}"


def _text(text: str, indent: str) -> str:
    """Return the lines of a text, each on a line of its own in the same paragraph."""
    return f"\\\n{indent}".join(map(prose, lines(text)))
