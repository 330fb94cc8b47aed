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
    """Look for problems in the data.

    FOLDER holds a guide, as checklists/ does, or an organisation's changes to it, in extends.yml. Every problem is
    told with its file and line, what is allowed and how to mend it; the exit code is then 2. What 'vger new' left
    to be written is no problem, and is told too.
    """
    result = open_extended(folder or catalog_folder())
    console.say(f"No problems: {_counts(result.catalog)}.")
    if left := find_todos(result.catalog):
        console.say(f"Still to be written, where TODO stands: {', '.join(left)}.")
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
