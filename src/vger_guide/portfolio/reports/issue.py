"""The text of an issue about a unit (https://github.github.com/gfm/): as long as GitHub takes, and no day in it.

It changes only when the state does, so that nobody is told of nothing.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate

from vger_guide.portfolio.overview import Overview, pluralise_repositories
from vger_guide.portfolio.reports.markdown import (
    REPOSITORY_HEAD,
    WAIVER_HEAD,
    escape_cell,
    format_repository,
    format_row,
    format_rule,
    format_unchecked,
    format_waivers,
)
from vger_guide.portfolio.reports.rules import count_failures
from vger_guide.portfolio.repository_line import RepositoryLine, RuleOverview
from vger_guide.text.sanitize import escape_invisible, truncate

# Characters of a title, and of the rows of each of the four sections; with the rest below GitHub's 65,536.
TITLE = 200
SECTION = 15_000
# Repositories that are named for a rule, and characters of each.
NAMED = 8
NAME = 40
RULE_HEAD = ("| Rule | Level | Severity | Fails in |", "| :-- | :-- | :-- | :-- |")


def write_title(overview: Overview, unit: str) -> str:
    """Return the title of an issue, which is plain text."""
    return truncate(escape_invisible(f"{overview.title}: architecture rules in {unit}"), TITLE)


def write_body(overview: Overview, unit: str) -> str:
    """Return the text of an issue."""
    return "\n".join(_lines(overview.select(unit), unit)) + "\n"


def _lines(lines: Sequence[RepositoryLine], unit: str) -> Iterator[str]:
    checked = [line for line in lines if line.is_checked]
    bad = sum(bool(line.count("must")) for line in checked)
    counts = f"{pluralise_repositories(len(lines))}, {len(checked):,} checked. Rules that must be met fail in {bad:,}."
    yield f"{escape_cell(unit)}: {counts} **Private:** do not copy this to a public place."
    failing = [line for line in checked if line.failed]
    yield from _section("Rules that fail, worst first", RULE_HEAD, _list_rules(checked))
    yield from _section("Repositories, worst first", REPOSITORY_HEAD, [format_repository(line) for line in failing])
    yield from _section("Not checked", (), [format_unchecked(line) for line in lines if not line.is_checked])
    yield from _section("Waivers, the first to end first", WAIVER_HEAD, format_waivers(checked))
    yield ""
    yield "`vger portfolio issue` wrote this text and replaces it when the state changes. Comments stay."


def _section(title: str, head: Sequence[str], rows: Sequence[str]) -> Iterator[str]:
    if not rows:
        return
    yield from ("", f"## {title}", "", *head)
    shown = sum(length <= SECTION for length in accumulate(len(row) + 1 for row in rows))
    yield from rows[:shown]
    if shown < len(rows):
        yield from ("", f"And {len(rows) - shown:,} more: see the pages of the portfolio.")


def _list_rules(checked: Sequence[RepositoryLine]) -> list[str]:
    names: dict[str, list[str]] = {}
    for line in checked:
        for rule in line.failed:
            names.setdefault(rule.id, []).append(line.repository.name)
    return [_format_failure(rule, names[rule.id]) for rule, _ in count_failures(checked)]


def _format_failure(rule: RuleOverview, names: Sequence[str]) -> str:
    more = f" and {len(names) - NAMED:,} more" if len(names) > NAMED else ""
    shown = ", ".join(escape_cell(truncate(name, NAME)) for name in names[:NAMED])
    return format_row(format_rule(rule), rule.level, rule.severity, f"{len(names):,}: {shown}{more}")
