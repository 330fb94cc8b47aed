"""`vger portfolio diff`: which rules fail that did not, and which were mended, repository by repository."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import click

from vger_guide.cli import console
from vger_guide.cli.options import catalog_option
from vger_guide.cli.portfolio.files import file_argument, into_option, read_overview, require_unit, unit_option
from vger_guide.portfolio.compare import RepositoryChange, has_state_before, list_repository_changes
from vger_guide.portfolio.overview import pluralise_repositories

EXAMPLES = """\b
Examples:
  vger portfolio diff portfolio.yml
  vger portfolio diff portfolio.yml --since 2026-11-01 --unit Retail
  vger portfolio diff portfolio.yml --format json --into ~/results
  vger portfolio diff portfolio.yml --catalog ~/code/guide/checklists

\b
Exit codes:
  0    done, whatever has changed
  2    bad input: an unknown unit, a file with problems, or no results yet
"""


@click.command("diff", epilog=EXAMPLES)
@file_argument
@into_option
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    show_default="the state before the last change of each repository",
    help="Compare with the end of this day (UTC).",
)
@unit_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="The output format.")
@catalog_option
def command(file: Path, into: Path | None, since: datetime | None, unit: str, form: str) -> None:
    """Show what changed between two states of a portfolio, as the last runs saw them."""
    overview = read_overview(file, into)
    lines = overview.select(require_unit(overview, unit))
    day = since.date().isoformat() if since else ""
    changes = list(list_repository_changes(lines, day))
    if form == "json":
        console.write_json([_plain(each) for each in changes])
        return
    titles = {rule.id: rule.title for rule in overview.rules.values()}
    compared = sum(has_state_before(each, day) for each in lines)
    console.say("\n".join(_describe(changes, titles, compared, len(lines))))


def _plain(change: RepositoryChange) -> dict[str, object]:
    return {
        "id": change.line.id,
        "repository": change.line.repository.name,
        "unit": change.line.repository.unit,
        "since": change.since,
        "new": change.new,
        "mended": change.mended,
    }


def _describe(changes: Sequence[RepositoryChange], titles: dict[str, str], compared: int, count: int) -> Iterator[str]:
    """Yield the lines of a text about `count` repositories, of which `compared` have an earlier state."""
    for each in changes:
        yield f"{each.line.repository.name}, since {each.since}:"
        yield from (f"  new     {rule} {titles[rule]}" for rule in each.new)
        yield from (f"  mended  {rule} {titles.get(rule, '')}" for rule in each.mended)
    if compared and not changes:
        yield "Nothing has changed."
    if compared < count:
        yield f"Not compared, as there is no earlier state or none now: {pluralise_repositories(count - compared)}."
