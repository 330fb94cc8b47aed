"""A report as Markdown (https://github.github.com/gfm/): the state, the repositories, the rules that fail."""

import re
from collections.abc import Iterator, Sequence

from vger_guide.portfolio.overview import Overview, pluralise_repositories
from vger_guide.portfolio.reports.rules import count_failures
from vger_guide.portfolio.repository_line import RepositoryLine, RuleOverview
from vger_guide.text.markdown import escape_prose
from vger_guide.text.sanitize import safe_link, truncate

CELL = 200
_PIPE = re.compile(r"(?<!\\)\|")
REPOSITORY_HEAD = (
    "| Repository | Owner | Critical | Must | All | New | Mended |",
    "| :-- | :-- | --: | --: | --: | --: | --: |",
)
WAIVER_HEAD = ("| Until | Repository | Rule | Accepted by | Reason |", "| :-- | :-- | :-- | :-- | :-- |")


def write(overview: Overview, unit: str) -> bytes:
    """Return the report about a unit, or about all of them for an empty name."""
    return ("\n".join(_lines(overview, overview.select(unit), unit)) + "\n").encode()


def _lines(overview: Overview, lines: Sequence[RepositoryLine], unit: str) -> Iterator[str]:
    checked = [line for line in lines if line.is_checked]
    bad = sum(bool(line.count("must")) for line in checked)
    yield f"# {escape_cell(overview.title)}{f': {escape_cell(unit)}' if unit else ''}"
    yield ""
    yield f"State of {overview.today}, edition {escape_cell(overview.edition)}. **Private:** do not publish it."
    yield ""
    yield f"{pluralise_repositories(len(lines))}, {len(checked):,} checked. Rules that must be met fail in {bad:,}."
    yield from _list_repositories(checked)
    yield from _list_unchecked([line for line in lines if not line.is_checked])
    yield from _list_rules(checked)
    yield from _list_waivers(checked)


def _list_repositories(checked: Sequence[RepositoryLine]) -> Iterator[str]:
    if checked:
        yield from ("", "## Repositories, worst first", "", *REPOSITORY_HEAD)
        yield from map(format_repository, checked)


def format_repository(line: RepositoryLine) -> str:
    """Return the row of a repository that was checked, below REPOSITORY_HEAD."""
    counts = (line.count("critical"), line.count("must"), len(line.failed), len(line.new), len(line.mended))
    return format_row(escape_cell(line.repository.name), escape_cell(line.repository.owner), *map(str, counts))


def _list_unchecked(unchecked: Sequence[RepositoryLine]) -> Iterator[str]:
    if unchecked:
        yield from ("", "## Not checked", "", *map(format_unchecked, unchecked))


def format_unchecked(line: RepositoryLine) -> str:
    """Return the item of a repository that could not be checked."""
    return f"- {escape_cell(line.repository.name)} ({line.result['status']}): {escape_cell(line.result['reason'])}"


def _list_rules(checked: Sequence[RepositoryLine]) -> Iterator[str]:
    failures = count_failures(checked)
    if failures:
        yield from ("", "## Rules that fail, worst first", "", "| Rule | Level | Severity | Fails in |")
        yield "| :-- | :-- | :-- | --: |"
    for rule, count in failures:
        yield format_row(format_rule(rule), rule.level, rule.severity, f"{count:,}")


def format_rule(rule: RuleOverview) -> str:
    """Return the id of a rule, as a link where it has a page, with its title."""
    page = safe_link(rule.address)
    name = f"[{escape_cell(rule.id)}](<{page}>)" if page else escape_cell(rule.id)
    return f"{name} {escape_cell(rule.title)}"


def _list_waivers(checked: Sequence[RepositoryLine]) -> Iterator[str]:
    rows = format_waivers(checked)
    if rows:
        yield from ("", "## Waivers, the first to end first", "", *WAIVER_HEAD, *rows)


def format_waivers(lines: Sequence[RepositoryLine]) -> list[str]:
    """Return the rows of the waivers of repositories, below WAIVER_HEAD."""
    found = [(each, line.repository.name) for line in lines for each in line.waivers]
    return [
        format_row(f"{each.until} ({each.state})", *map(escape_cell, (name, each.rule, each.owner, each.reason)))
        for each, name in sorted(found, key=lambda pair: (pair[0].until, pair[1], pair[0].rule))
    ]


def format_row(*cells: str) -> str:
    """Return the row of a table."""
    return f"| {' | '.join(cells)} |"


def escape_cell(text: str) -> str:
    """Return foreign text as Markdown, and not too much of it; a bar in code would end the cell of a table."""
    return _PIPE.sub(r"\|", escape_prose(truncate(text, CELL)))
