"""The run as Markdown for a comment on a pull request, or for the summary of a step.

It is read by GitHub (https://github.github.com/gfm/) and by GitLab. GitHub takes 65,536 characters in a comment and
1,048,576 bytes in a summary; the limit counts bytes, of which a text never has fewer than characters.
"""

from collections.abc import Iterator
from dataclasses import replace

from vger_guide.checks.results import Result, Run, select_results
from vger_guide.matchers.findings import Finding
from vger_guide.output.runs.summary import (
    HEADINGS,
    format_acceptances,
    format_coverage,
    format_headline,
    format_place,
    format_reason,
    format_remarks,
    format_scope,
    list_open_findings,
    sort_notices,
)
from vger_guide.text.markdown import escape_prose, format_code
from vger_guide.text.plural import pluralise
from vger_guide.text.sanitize import safe_link, truncate
from vger_guide.text.size_limit import Block, fit_blocks

COMMENT = 65_536
# Of one rule, so that every failing rule has its turn.
MOST = 20
TITLE = 200
PROSE = 500
CODE = 200


def write(run: Run, limit: int = COMMENT) -> str:
    """Return the report in at most `limit` bytes, failures worst first. Raises ValueError where that is too few."""
    return fit_blocks(_head(run), _blocks(run), limit)


def _head(run: Run) -> str:
    at = f" at {format_code(truncate(run.commit, TITLE))}" if run.commit else ""
    about = [f"{_prose(run.tool)}, edition {_prose(run.edition)}, {_prose(run.profile)}"]
    about.append(f"looked at {format_code(truncate(run.target, TITLE))}{at}")
    files = f"{pluralise(run.files, 'file')} in it, of which {run.read:,} were read"
    return f"## {format_headline(run)}\n\n{_table(run)}\n{format_coverage(run)}\n\n{', '.join([*about, files])}.\n"


def _table(run: Run) -> str:
    rows = "".join(f"| {HEADINGS[key]} | {count:,} |\n" for key, count in run.counts.items())
    return f"| Outcome | Rules |\n| :-- | --: |\n{rows}"


def _blocks(run: Run) -> Iterator[Block]:
    if scope := format_scope(run):
        yield Block("\n", [f"- {_prose(text)}\n" for text in scope], noun="line")
    if run.notices:
        items = [f"- {'**Error:** ' if n.error else ''}{_prose(n.message)}\n" for n in sort_notices(run)]
        yield Block("\n### Notices\n\n", items, noun="notice")
    yield from (_failure(result) for result in select_results(run, "fail"))
    for key, heading in HEADINGS.items():
        found = select_results(run, key)
        if found and key != "fail":
            opening = f"\n<details>\n<summary>{heading}: {len(found):,}</summary>\n\n"
            yield Block(opening, [_entry(result) for result in found], "\n</details>\n", "rule")


def _failure(result: Result) -> Block:
    rule = result.rule
    preview = ", preview" if result.preview else ""
    about = f"{_prose(rule.level.capitalize())}, {_prose(rule.severity)}{preview}. {_prose(rule.why)}"
    opening = f"\n### {_name(result)}\n\n{about}\n\n**How to fix it:** {_prose(rule.mend)}\n\n"
    items = [f"- {_finding(finding)}\n" for finding in list_open_findings(result)]
    rest = [f"- {_prose(text)}\n" for text in (*format_acceptances(result), *format_remarks(result))]
    return Block(opening, [*_some(items, ""), *_some(rest, "")])


def _entry(result: Result) -> str:
    """Return a rule that does not fail, and below it what else there is to say."""
    below = [f"  - {_finding(finding)}\n" for finding in result.findings]
    texts = [f"  - {_prose(text)}\n" for text in (*format_acceptances(result), *format_remarks(result))]
    return "".join([f"- {_name(result)}: {_prose(format_reason(result))}\n", *_some(below, "  "), *_some(texts, "  ")])


def _name(result: Result) -> str:
    rule, page = result.rule, safe_link(result.rule.address)
    name = escape_prose(truncate(rule.id, TITLE))
    return f"{f'[{name}](<{page}>)' if page else name} {escape_prose(truncate(rule.title, TITLE))}"


def _finding(finding: Finding) -> str:
    text = f" {format_code(truncate(finding.text, CODE))}" if finding.text else ""
    where = (
        format_code(format_place(replace(finding, path=truncate(finding.path, CODE))))
        if finding.path
        else "The repository as a whole"
    )
    return f"{where}: {_prose(finding.message)}{text}"


def _some(lines: list[str], indent: str) -> list[str]:
    more = len(lines) - MOST
    return [*lines[:MOST], f"{indent}- and {more:,} more\n"] if more > 0 else lines


def _prose(text: str) -> str:
    return escape_prose(truncate(text, PROSE))
