"""The run as Markdown for a comment on a pull request, or for the summary of a step.

It is read by GitHub (https://github.github.com/gfm/) and by GitLab. GitHub takes 65,536 characters in a comment and
1,048,576 bytes in a summary; the limit counts bytes, of which a text never has fewer than characters.
"""

from collections.abc import Iterator
from dataclasses import replace

from vger_guide.checks.results import Result, Run, of
from vger_guide.matchers.findings import Finding
from vger_guide.output.runs.summary import (
    HEADINGS,
    acceptances,
    coverage,
    headline,
    open_findings,
    place,
    remarks,
    worst_notices_first,
)
from vger_guide.text.markdown import code, prose
from vger_guide.text.plural import number
from vger_guide.text.sanitize import cut, link
from vger_guide.text.size_limit import Block, packed

COMMENT = 65_536
# Of one rule, so that every failing rule has its turn.
MOST = 20
TITLE = 200
PROSE = 500
CODE = 200


def write(run: Run, limit: int = COMMENT) -> str:
    """Return the report in at most `limit` bytes, failures worst first. Raises ValueError where that is too few."""
    return packed(_head(run), _blocks(run), limit)


def _head(run: Run) -> str:
    at = f" at {code(cut(run.commit, TITLE))}" if run.commit else ""
    about = [f"{_prose(run.tool)}, edition {_prose(run.edition)}, {_prose(run.profile)}"]
    about.append(f"looked at {code(cut(run.target, TITLE))}{at}")
    files = f"{number(run.files, 'file')} in it, of which {run.read:,} were read"
    return f"## {headline(run)}\n\n{_table(run)}\n{coverage(run)}\n\n{', '.join([*about, files])}.\n"


def _table(run: Run) -> str:
    rows = "".join(f"| {HEADINGS[key]} | {count:,} |\n" for key, count in run.counts.items())
    return f"| Outcome | Rules |\n| :-- | --: |\n{rows}"


def _blocks(run: Run) -> Iterator[Block]:
    if run.notices:
        items = [f"- {'**Error:** ' if n.error else ''}{_prose(n.message)}\n" for n in worst_notices_first(run)]
        yield Block("\n### Notices\n\n", items, noun="notice")
    yield from (_failure(result) for result in of(run, "fail"))
    for key, heading in HEADINGS.items():
        found = of(run, key)
        if found and key != "fail":
            opening = f"\n<details>\n<summary>{heading}: {len(found):,}</summary>\n\n"
            yield Block(opening, [_entry(result) for result in found], "\n</details>\n", "rule")


def _failure(result: Result) -> Block:
    rule = result.rule
    preview = ", preview" if result.preview else ""
    about = f"{_prose(rule.level.capitalize())}, {_prose(rule.severity)}{preview}. {_prose(rule.why)}"
    opening = f"\n### {_name(result)}\n\n{about}\n\n**Mend it:** {_prose(rule.mend)}\n\n"
    items = [f"- {_finding(finding)}\n" for finding in open_findings(result)]
    rest = [f"- {_prose(text)}\n" for text in (*acceptances(result), *remarks(result))]
    return Block(opening, [*_some(items, ""), *_some(rest, "")])


def _entry(result: Result) -> str:
    """Return a rule that does not fail, and below it what else there is to say."""
    below = [f"  - {_finding(finding)}\n" for finding in result.findings]
    texts = [f"  - {_prose(text)}\n" for text in (*acceptances(result), *remarks(result))]
    return "".join([f"- {_name(result)}: {_prose(result.reason)}\n", *_some(below, "  "), *_some(texts, "  ")])


def _name(result: Result) -> str:
    rule, page = result.rule, link(result.rule.address)
    name = prose(cut(rule.id, TITLE))
    return f"{f'[{name}](<{page}>)' if page else name} {prose(cut(rule.title, TITLE))}"


def _finding(finding: Finding) -> str:
    text = f" {code(cut(finding.text, CODE))}" if finding.text else ""
    where = code(place(replace(finding, path=cut(finding.path, CODE)))) if finding.path else "The repository as a whole"
    return f"{where}: {_prose(finding.message)}{text}"


def _some(lines: list[str], indent: str) -> list[str]:
    more = len(lines) - MOST
    return [*lines[:MOST], f"{indent}- and {more:,} more\n"] if more > 0 else lines


def _prose(text: str) -> str:
    return prose(cut(text, PROSE))
