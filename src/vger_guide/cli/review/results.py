"""`vger review results`: what a review came to, for those who decide about it."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from vger_guide.cli import console
from vger_guide.cli.options import catalog_option
from vger_guide.cli.review.files import load_context, load_review
from vger_guide.cli.review.output_options import today_option
from vger_guide.output.reviews.results import Cell, ResultTable, format_cell, headline, list_tables
from vger_guide.output.reviews.summary import describe_sign_off
from vger_guide.output.reviews.text import title_of, to_line
from vger_guide.reviews.context import ReviewContext
from vger_guide.text.sanitize import single_line, truncate

SHOWN = 90  # characters of a cell
KEYS = ("targets", "open", "risks", "actions", "trend", "changes")
EXAMPLES = """\b
Examples:
  vger review results review.json
  vger review results review.json --only actions --today 2030-01-31
  vger review results review.json --catalog checklists --format json
"""


@click.command("results", epilog=EXAMPLES)
@click.argument("file", type=click.Path(path_type=Path))
@today_option
@click.option("--only", type=click.Choice(KEYS), help="Show one table.")
@click.option(
    "--format", "form", type=click.Choice(["terminal", "json"]), default="terminal", help="The output format."
)
@catalog_option
def command(file: Path, today: datetime, only: str | None, form: str) -> None:
    """Show what a review came to.

    It shows the targets side by side, the must and critical rules that are open, what is open by level and severity,
    the actions with owner, day and state, what changed since the last milestone, and the trend over the milestones.
    """
    complete = load_context(load_review(file).review, today.date())
    tables = [table for table in list_tables(complete) if only in (None, table.key)]
    if form == "json":
        console.write_json(_record(complete, tables))
        return
    if only is None:
        _tell_head(complete)
    for table in tables:
        _tell(table)


def _record(complete: ReviewContext, tables: Sequence[ResultTable]) -> dict[str, Any]:
    review = complete.review
    log = [each.model_dump(mode="json", exclude_none=True) for each in review.sign_offs]
    return {
        "id": review.id,
        "title": review.title,
        "state": review.state.value,
        "conclusion": review.conclusion.value if review.conclusion else None,
        "conditions": review.conditions,
        "scope": review.scope,
        "sign_offs": log,
        "today": complete.today.isoformat(),
        **{table.key: [_named(table, row) for row in table.rows] for table in tables},
    }


def _named(table: ResultTable, row: Sequence[Cell]) -> dict[str, Any]:
    told = [cell if isinstance(cell, str | int) else asdict(cell) for cell in row]
    return dict(zip((heading or "Count" for heading in table.headings), told, strict=True))


def _tell_head(complete: ReviewContext) -> None:
    console.write(console.format_heading(single_line(f"{title_of(complete)}: {headline(complete)}")))
    facts = {**describe_sign_off(complete.review), "Scope": to_line(complete.review.scope)}
    for name, text in facts.items():
        if text:
            console.write(console.fold(single_line(f"{name}: {text}")))


def _tell(table: ResultTable) -> None:
    # Only a list, which may be empty, is counted: the rows of other tables are the same in every review.
    title = single_line(f"{table.title} ({len(table.rows)})" if table.empty else table.title)
    rows = [[_cell(cell) for cell in row] for row in table.rows]
    console.write("")
    if rows and console.is_decorated():
        console.write_table(title, table.headings, rows)
        return
    console.write(console.format_heading(title))
    if rows:
        # A column of a target or a severity says nothing without its heading, in a pipe too.
        console.write_table(title, [], [[single_line(heading) for heading in table.headings], *rows])
    else:
        console.write(f"  {table.empty}")


def _cell(cell: Cell) -> str:
    return single_line(truncate(format_cell(cell), SHOWN))
