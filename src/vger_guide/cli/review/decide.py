"""`vger review decide`: what a merge or an import left open."""

from pathlib import Path

import click

from vger_guide.catalog.lookup import resolve
from vger_guide.cli import console
from vger_guide.cli.options import catalog_option, enum_choice
from vger_guide.cli.review.completion import complete_conflicts
from vger_guide.cli.review.files import load_editable, save
from vger_guide.errors import UserError
from vger_guide.reviews.edit import decide_conflicts
from vger_guide.reviews.merge import MergeError, Side
from vger_guide.text.plural import pluralise

EXAMPLES = """\b
Examples:
  vger review decide merged.json theirs answers.SES004.shop.comment
  vger review decide merged.json ours --catalog checklists
"""


@click.command("decide", epilog=EXAMPLES)
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("side", type=enum_choice(Side))
@click.argument("places", nargs=-1, metavar="[PLACE]...", shell_complete=complete_conflicts)
@catalog_option
def command(file: Path, side: str, places: tuple[str, ...]) -> None:
    """Resolve the conflicts of a merge or an import with the value of one side.

    'ours' is the value that stands in FILE, 'theirs' that of the file that was merged or imported. PLACE is a conflict,
    as shown by 'vger review status'. Without it, all conflicts are resolved.
    """
    source = load_editable(file)
    review = source.review
    known = {".".join(conflict.place): conflict for conflict in review.conflicts}
    if not known:
        raise UserError(f"{file} has no conflicts")
    chosen = resolve("conflict", places, known) if places else review.conflicts
    try:
        review = decide_conflicts(review, chosen, Side(side))
    except MergeError as why:
        raise UserError(f"{file}: {why}") from None
    save(source, review)
    console.say(f"{file}: {pluralise(len(chosen), 'conflict')} decided, {len(review.conflicts)} left.")
