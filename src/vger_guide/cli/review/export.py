"""`vger review export`: a review in a form to be taken away."""

from datetime import datetime
from pathlib import Path

import click

from vger_guide.cli.options import catalog_option
from vger_guide.cli.review.files import filled, held
from vger_guide.cli.review.output_options import give, giving_options, today_option
from vger_guide.errors import UserError
from vger_guide.output.reviews.formats import form, forms

EXAMPLES = f"""\b
Examples:
  vger review export review.json xlsx --output review.xlsx
  vger review export review.json html --output review.html --force
  vger review export review.json jira --today 2030-01-31 > actions.csv
  vger review export --catalog checklists review.json csv > review.csv

FORM is one of {", ".join(forms())}.
"""


@click.command("export", epilog=EXAMPLES)
@click.argument("file", type=click.Path(path_type=Path))
@giving_options
@today_option
@catalog_option
def command(file: Path, name: str, into: Path | None, force: bool, today: datetime) -> None:
    """Write the review in FILE as FORM, to the standard output or into another file.

    The same review has the same bytes on the same day. What is no text is not written to a terminal.
    """
    source = held(file)
    if into and into.resolve() == file.resolve():
        raise UserError(f"{into} is the review itself; name another file by --output")
    give(form(name).write(filled(source.review, today.date())), into, force)
