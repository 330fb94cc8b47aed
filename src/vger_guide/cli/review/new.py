"""`vger review new`: an empty review in a file."""

from pathlib import Path
from typing import Any

import click

from vger_guide.cli import console
from vger_guide.cli.catalog import load_chosen_catalog
from vger_guide.cli.options import catalog_option
from vger_guide.cli.review.files import DEFAULT, now, validate_review
from vger_guide.cli.review.selection_options import ReviewOptions, make_review, selection_options
from vger_guide.cli.review.template import begin_from_file
from vger_guide.errors import UserError
from vger_guide.reviews import store
from vger_guide.reviews.selection import selected_rules
from vger_guide.text.sanitize import single_line

EXAMPLES = """\b
Examples:
  vger review new
  vger review new api.json --profile api --stage growing --workload oltp
  vger review new reviews/2026.json --chapter 2 --target "Web shop=." --target Till=../till --title "Before the sale"
  vger review new shop.json --template review.json --target "Web shop=."
  vger review new --catalog checklists all.json
"""


@click.command("new", epilog=EXAMPLES)
@click.argument("file", type=click.Path(path_type=Path), default=Path(DEFAULT))
@selection_options
@click.option(
    "--template",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Begin from this template or review: its rules, targets, people and answers.",
)
@catalog_option
def command(file: Path, template: Path | None, **selected: Any) -> None:
    """Create a review in FILE, review.json by default.

    Without --target, the review is about the current folder, or the targets of the template. 'vger review export FILE
    template' makes a template. A target that the template does not have gets the answers of the only one there. An
    existing file is not overwritten.
    """
    catalog = load_chosen_catalog()
    wanted = ReviewOptions(**selected)
    made = begin_from_file(catalog, template, wanted, file) if template else make_review(catalog, wanted, now(), file)
    review = validate_review(file, made)
    if file.exists() or file.is_symlink():
        raise UserError(f"{file} already exists; name another file, or remove it first")
    file.parent.mkdir(parents=True, exist_ok=True)
    store.save(file, review)
    count = len(selected_rules(catalog, review.selection))
    names = ", ".join(f"{target.name} ({target.id})" for target in review.targets)
    console.say(single_line(f"Wrote {file}: {count} rules for {names}."))
