"""`vger validate`: whether a folder of data has problems, and which."""

from pathlib import Path

import click

from vger_guide.authoring.skeletons import find_todos
from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.open import open_extended
from vger_guide.cli import console
from vger_guide.cli.options import catalog_folder, catalog_option

EXAMPLES = """\b
Examples:
  vger validate
  vger validate checklists
  vger validate --catalog checklists
"""


@click.command("validate", epilog=EXAMPLES)
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@catalog_option
def command(folder: Path | None) -> None:
    """Check the data for problems.

    FOLDER holds a guide, as checklists/ does, or an organisation's changes to it, in extends.yml. Each problem is
    reported with its file and line, what is allowed and how to fix it, and the exit code is 2. A TODO left by 'vger
    new' is listed, but is not a problem.
    """
    result = open_extended(folder or catalog_folder())
    console.say(f"No problems: {_counts(result.catalog)}.")
    if left := find_todos(result.catalog):
        console.say(f"Still to be written (TODO): {', '.join(left)}.")
    for change in result.changes:
        console.say(f"The guide with its changes: {change}")


def _counts(catalog: Catalog) -> str:
    counts = [
        (len(catalog.rules), "rule"),
        (len(catalog.tables), "table"),
        (len(catalog.options), "row"),
        (len(catalog.guide.sections), "section"),
        (sum(len(source.claims) for source in catalog.sources.values()), "claim"),
    ]
    return ", ".join(f"{count} {noun}{'' if count == 1 else 's'}" for count, noun in counts)
