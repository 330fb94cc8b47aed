"""`vger tables`: the recommendations, table by table."""

import click

from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.document import to_records
from vger_guide.catalog.lookup import resolve
from vger_guide.catalog.tables import Option, Verdict
from vger_guide.cli import console
from vger_guide.cli.catalog import load_chosen_catalog
from vger_guide.cli.options import catalog_option
from vger_guide.output.catalog.records import tables_as_csv, with_rows

NONE = "none"
WORDS = [*(each.value for each in Verdict), NONE]

EXAMPLES = """\b
Examples:
  vger tables
  vger tables session-frameworks
  vger tables --verdict avoid --verdict none
  vger tables code-analysis --format json
  vger tables --catalog checklists --format csv > tables.csv
"""


@click.command("tables", epilog=EXAMPLES)
@click.argument("table", required=False)
@click.option(
    "--verdict", multiple=True, type=click.Choice(WORDS, case_sensitive=False), help="Only rows with this verdict."
)
@click.option("--format", "form", type=click.Choice(["table", "json", "csv"]), default="table")
@catalog_option
def command(table: str | None, verdict: tuple[str, ...], form: str) -> None:
    """List the recommendations.

    TABLE is the id of a table; without it, the rows of all tables are listed.
    """
    catalog = load_chosen_catalog()
    tables = resolve("table", [table], catalog.tables) if table else list(catalog.tables.values())
    rows = {row.id for each in tables for row in each.rows if not verdict or _word(row) in verdict}
    selection = with_rows(catalog, rows)
    if form == "json":
        console.write_json(to_records(selection)["tables"])
    elif form == "csv":
        console.write_document(tables_as_csv(selection))
    else:
        _show(selection)


def _show(catalog: Catalog) -> None:
    if not console.is_decorated():
        console.write_table("", [], [[table.id, *_cells(row)] for table, row in catalog.options.values()])
        return
    for table in catalog.tables.values():
        heads = ["Row", "Name", "Verdict", table.reason_label]
        console.write_table(f"{table.title} ({table.id})", heads, [_cells(row) for row in table.rows])


def _cells(row: Option) -> list[str]:
    return [row.id, row.name, _word(row), row.reason or ""]


def _word(row: Option) -> str:
    return row.verdict.value if row.verdict else NONE
