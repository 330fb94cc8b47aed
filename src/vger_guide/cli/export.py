"""`vger export`: an empty checklist in a form to be taken away."""

from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import click

from vger_guide.cli.opening import catalog_option, opened
from vger_guide.cli.review_giving import FormName, give
from vger_guide.cli.review_making import Wanted, made, making_options, newest
from vger_guide.exports.forms import Filled, form
from vger_guide.reviews import storage
from vger_guide.reviews.document import Review

EXAMPLES = """\b
Examples:
  vger export --format json
  vger export --format json --profile api --stage growing --workload oltp --output checklist.json
  vger export --format json --chapter 2 --chapter 3 --target "Web shop" --target Till --title "Before the sale"
  vger export --format json --catalog checklists > all.json
"""


@click.command("export", epilog=EXAMPLES)
@click.option("--format", "name", type=FormName(), required=True, help="What to write.")
@making_options
@click.option("--output", "into", type=click.Path(path_type=Path), help="Write into this file.")
@catalog_option
def command(
    name: str,
    profile: str,
    stage: str,
    workload: str,
    chapters: tuple[str, ...],
    targets: tuple[str, ...],
    title: str,
    into: Path | None,
) -> None:
    """Write a checklist that nobody has filled in yet: all rules, or those of a kind of system or a chapter.

    The same checklist of the same guide has the same bytes each time.
    """
    catalog = opened()
    wanted = Wanted(profile, stage, workload, chapters, targets, title or "Checklist")
    day = newest(catalog)
    review = _named(made(catalog, wanted, day))
    give(form(name).write(Filled(catalog, review, day.date())), into)


def _named(review: Review) -> Review:
    """Return an empty review with an id that is made of what it says, in place of a random one."""
    nameless = storage.write(review.model_copy(update={"id": ""}))
    return review.model_copy(update={"id": str(uuid5(NAMESPACE_URL, nameless))})
