"""`vger export`: an empty checklist in a form to be taken away."""

from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import click

from vger_guide.cli.catalog import load_chosen_catalog
from vger_guide.cli.options import catalog_option
from vger_guide.cli.review.output_options import output_options, write_output
from vger_guide.cli.review.selection_options import ReviewOptions, make_review, newest_edition, selection_options
from vger_guide.output.reviews.formats import format_names, load_format
from vger_guide.reviews import store
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.models import Review

EXAMPLES = f"""\b
Examples:
  vger export markdown
  vger export xlsx --profile api --stage growing --workload oltp --output checklist.xlsx
  vger export xlsx --chapter 2 --chapter 3 --target "Web shop" --target Till --title Sale --output sale.xlsx --force
  vger export csv --catalog checklists > all.csv

FORMAT is one of {", ".join(format_names())}.
"""


@click.command("export", epilog=EXAMPLES)
@output_options
@selection_options
@catalog_option
def command(name: str, into: Path | None, force: bool, **selected: Any) -> None:
    """Write an empty checklist in any format.

    It contains all rules, or those of a kind of system or a chapter. The same checklist of the same guide always has
    the same bytes.
    """
    catalog = load_chosen_catalog()
    wanted = ReviewOptions(**{**selected, "title": selected["title"] or "Checklist"})
    day = newest_edition(catalog)
    review = _with_derived_id(make_review(catalog, wanted, day))
    write_output(load_format(name).write(ReviewContext(catalog, review, day.date())), into, force)


def _with_derived_id(review: Review) -> Review:
    """Return an empty review with an id that is made of what it says, in place of a random one."""
    nameless = store.write(review.model_copy(update={"id": ""}))
    return review.model_copy(update={"id": str(uuid5(NAMESPACE_URL, nameless))})
