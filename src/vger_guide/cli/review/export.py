"""`vger review export`: a review in a form to be taken away."""

from datetime import datetime
from pathlib import Path

import click

from vger_guide.cli.options import catalog_option
from vger_guide.cli.review.files import load_context, load_review
from vger_guide.cli.review.output_options import output_options, today_option, write_output
from vger_guide.errors import UserError
from vger_guide.output.reviews.formats import format_names, load_format

EXAMPLES = f"""\b
Examples:
  vger review export review.json xlsx --output review.xlsx
  vger review export review.json html --output review.html --force
  vger review export review.json jira --today 2030-01-31 > actions.csv
  vger review export --catalog checklists review.json csv > review.csv

FORMAT is one of {", ".join(format_names())}.
"""


@click.command("export", epilog=EXAMPLES)
@click.argument("file", type=click.Path(path_type=Path))
@output_options
@today_option
@catalog_option
def command(file: Path, name: str, into: Path | None, force: bool, today: datetime) -> None:
    """Export a review to standard output or a file.

    On the same day, the same review always has the same bytes. Formats that are not text need --output in a terminal.
    """
    source = load_review(file)
    if into and into.resolve() == file.resolve():
        raise UserError(f"{into} is the review itself; name another file with --output")
    write_output(load_format(name).write(load_context(source.review, today.date())), into, force)
