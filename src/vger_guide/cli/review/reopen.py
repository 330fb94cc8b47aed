"""`vger review reopen`: a review that is signed off is opened again, and why is kept."""

from datetime import datetime
from pathlib import Path

import click

from vger_guide.cli import console
from vger_guide.cli.options import catalog_option, day_option
from vger_guide.cli.review.files import LINE, TEXT, load_locked, now, save
from vger_guide.errors import UserError
from vger_guide.reviews.sign_off import Signing, SignOffError, describe_signature, reopen
from vger_guide.text.sanitize import single_line

EXAMPLES = """\b
Examples:
  vger review reopen review.json --by "Ada Example" --why "A target was missing."
  vger review reopen review.json --by Ada --why "The board asked for it." --on 2026-03-02 --catalog checklists
"""


@click.command("reopen", epilog=EXAMPLES)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--by", type=LINE, metavar="NAME", required=True, help="Who opens it.")
@click.option("--why", type=TEXT, metavar="TEXT", required=True, help="Why; it is kept in the review.")
@day_option("--on", "The day of it.")
@catalog_option
def command(file: Path, by: str, why: str, on: datetime) -> None:
    """Open a review that is signed off, so that it can be changed.

    The signature, and who opened the review again, when and why, stay in the review and in its exports.
    """
    source = load_locked(file)
    try:
        opened = reopen(source.review, Signing(by, on.date(), now(), why))
    except SignOffError as error:
        raise UserError(f"{file} {error}") from None
    save(source, opened)
    console.say(single_line(f"{file}: in review again; it was {describe_signature(source.review)}."))
