"""`vger review export`: a review in a form to be taken away."""

from pathlib import Path

import click

from vger_guide.cli.opening import catalog_option
from vger_guide.cli.review_files import filled, held
from vger_guide.cli.review_giving import FormName, give
from vger_guide.exports.forms import form

EXAMPLES = """\b
Examples:
  vger review export review.json --format json
  vger review export review.json --format json --output copy.json
  vger review export --catalog checklists review.json --format json > copy.json
"""


@click.command("export", epilog=EXAMPLES)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--format", "name", type=FormName(), required=True, help="What to write.")
@click.option("--output", "into", type=click.Path(path_type=Path), help="Write into this file.")
@catalog_option
def command(file: Path, name: str, into: Path | None) -> None:
    """Write a review in another form, to the standard output or into a file, over one that is there.

    What is no text is not written to a terminal.
    """
    give(form(name).write(filled(held(file).review)), into)
