"""`vger due`: the rules and rows whose review is due."""

from datetime import date, datetime
from itertools import groupby

import click

from vger_guide.catalog.review_dates import DueItem, list_due
from vger_guide.cli import console
from vger_guide.cli.catalog import load_chosen_catalog
from vger_guide.cli.options import catalog_option, on_option
from vger_guide.text.markdown import escape_prose

EXAMPLES = """\b
Examples:
  vger due
  vger due --on 2028-12-24
  vger due --format json
  vger due --catalog checklists --format markdown > issue.md
"""

FOUND = 1


@click.command("due", epilog=EXAMPLES)
@on_option
@click.option("--format", "form", type=click.Choice(["table", "json", "markdown"]), default="table")
@catalog_option
@click.pass_context
def command(context: click.Context, on: datetime, form: str) -> None:
    """List the rules and rows that are due for review.

    A rule or row is due 18 months after its last review, and overdue after 24. The exit code is 1 if any is due.
    """
    items = list_due(load_chosen_catalog(), on.date())
    pending = [item for item in items if item.pending]
    if form == "json":
        console.write_json([_record(item) for item in pending])
    elif form == "markdown":
        console.say(_markdown(pending, items, on.date()))
    else:
        _table(pending, items)
    context.exit(FOUND if pending else 0)


def _record(item: DueItem) -> dict[str, str]:
    return {
        "kind": item.kind.value,
        "id": item.id,
        "title": item.title,
        "within": item.within,
        "place": item.place,
        "reviewed": item.reviewed.isoformat(),
        "due": item.due.isoformat(),
        "overdue": item.overdue.isoformat(),
        "state": item.state.value,
    }


def _table(pending: list[DueItem], items: list[DueItem]) -> None:
    heads = ["State", "Reviewed", "Kind", "Id", "Title"]
    lines = [[i.state.value, i.reviewed.isoformat(), i.kind.value, i.id, i.title] for i in pending]
    console.write_table(f"{len(pending)} of {len(items)} rules and rows", heads, lines)
    if not pending:
        console.complain(_describe_none_due(items))


def _markdown(pending: list[DueItem], items: list[DueItem], on: date) -> str:
    """Return the text of an issue: a list to tick off, the most urgent first."""
    if not pending:
        return _describe_none_due(items)
    head = f"On {on}, {len(pending)} of {len(items)} rules and rows of tables are due for review."
    blocks = [head]
    for state, group in groupby(pending, key=lambda item: item.state):
        blocks.append("\n".join([f"## {state.value.capitalize()}", "", *(_task(item) for item in group)]))
    return "\n\n".join(blocks)


def _task(item: DueItem) -> str:
    times = f"reviewed {item.reviewed}, due since {item.due}"
    return "- [ ] " + escape_prose(f"{item.id} {item.title} ({item.kind}, {item.within}): {times}")


def _describe_none_due(items: list[DueItem]) -> str:
    soonest = min((item.due for item in items), default=None)
    return "Nothing is due." + (f" The next review is due on {soonest}." if soonest else "")
