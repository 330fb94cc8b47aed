"""`vger export`: an empty checklist in a form to be taken away."""

from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import click

from vger_guide.cli.options import catalog_option, opened
from vger_guide.cli.review.output_options import give, giving_options
from vger_guide.cli.review.selection_options import Wanted, made, making_options, newest
from vger_guide.output.reviews.formats import form, forms
from vger_guide.reviews import store
from vger_guide.reviews.context import Filled
from vger_guide.reviews.models import Review

EXAMPLES = f"""\b
Examples:
  vger export markdown
  vger export xlsx --profile api --stage growing --workload oltp --output checklist.xlsx
  vger export xlsx --chapter 2 --chapter 3 --target "Web shop" --target Till --title Sale --output sale.xlsx --force
  vger export csv --catalog checklists > all.csv

FORM is one of {", ".join(forms())}.
"""


@click.command("export", epilog=EXAMPLES)
@giving_options
@making_options
@catalog_option
def command(
    name: str,
    into: Path | None,
    force: bool,
    profile: str,
    stage: str,
    workload: str,
    chapters: tuple[str, ...],
    targets: tuple[str, ...],
    title: str,
) -> None:
    """Write a checklist that nobody has filled in yet as FORM: all rules, or those of a kind of system or a chapter.

    The same checklist of the same guide has the same bytes each time.
    """
    catalog = opened()
    wanted = Wanted(profile, stage, workload, chapters, targets, title or "Checklist")
    day = newest(catalog)
    review = _named(made(catalog, wanted, day))
    give(form(name).write(Filled(catalog, review, day.date())), into, force)


def _named(review: Review) -> Review:
    """Return an empty review with an id that is made of what it says, in place of a random one."""
    nameless = store.write(review.model_copy(update={"id": ""}))
    return review.model_copy(update={"id": str(uuid5(NAMESPACE_URL, nameless))})
