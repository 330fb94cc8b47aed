"""`vger review import`: the answers of a form that came back."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from vger_guide.cli import console
from vger_guide.cli.options import catalog_option
from vger_guide.cli.review.changes import describe_change, sort_changes
from vger_guide.cli.review.files import (
    load_context,
    load_editable,
    read_bytes,
    require_current_edition,
    save,
    validate_review,
)
from vger_guide.cli.review.output_options import FormName
from vger_guide.cli.review.problems import format_problems
from vger_guide.errors import UserError
from vger_guide.output.reviews.formats import formats_for_file, importable_formats, read_format
from vger_guide.output.reviews.import_result import ImportRejectedError
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.models import Review
from vger_guide.reviews.store import MAX_BYTES
from vger_guide.text.plural import pluralise
from vger_guide.text.sanitize import single_line

EXAMPLES = """\b
Examples:
  vger review import review.json review.xlsx
  vger review import review.json issue.md --format tasks --dry-run
  vger review import --catalog checklists review.json copy.json
"""

# What says by itself nothing about the review.
_STAMPS = {"updated", "generator"}


@click.command("import", epilog=EXAMPLES)
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("returned", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "name",
    type=FormName(importable_formats),
    metavar="FORMAT",
    help="The format of RETURNED, if its file extension does not show it.",
)
@click.option("--dry-run", is_flag=True, help="Show what would change, but write nothing.")
@catalog_option
def command(file: Path, returned: Path, name: str | None, dry_run: bool) -> None:
    """Import answers from an exported file that people filled in.

    FILE is the review, and RETURNED is the exported file.

    These formats can be imported: xlsx, tasks, pull-request, issue-form and json. The others, such as csv, cannot.

    Each answer that changes is shown. If RETURNED has a problem, nothing is imported.
    """
    source = load_editable(file)
    complete = load_context(source.review)
    require_current_edition(source, complete.catalog)
    review, remarks = _taken(returned, name or _form_of(returned), complete)
    if review.id != source.review.id:
        raise UserError(f"{returned} is not a copy of {file}: their 'id' differs")
    changed = sort_changes(source.review.answers, review.answers, complete.catalog)
    others = _others(source.review, review)
    if (others or review.answers != source.review.answers) and not dry_run:
        save(source, review)
    after = replace(complete, review=review)
    for change in changed:
        console.say(single_line(describe_change(change, after)))
    verb = "would change" if dry_run else "changed"
    besides = f", and besides: {', '.join(others)}" if others else ""
    console.say(f"{file}: {pluralise(len(changed), 'answer')} {verb}{besides}.")
    if remarks:
        console.complain(format_problems(returned, remarks))


def _others(old: Review, new: Review) -> list[str]:
    """Return the keys of the document, other than the answers, that differ."""
    before, after = (review.model_dump(by_alias=True, exclude={"answers", *_STAMPS}) for review in (old, new))
    return sorted(key for key in {*before, *after} if before.get(key) != after.get(key))


def _taken(returned: Path, name: str, complete: ReviewContext) -> tuple[Review, Sequence[str]]:
    """Return the review with the answers of a file, and remarks on it. Raises UserError with every problem."""
    data = read_bytes(returned)
    if len(data) > MAX_BYTES:
        raise UserError(f"{returned} is too large; {MAX_BYTES:,} bytes are allowed")
    try:
        review, remarks = read_format(name, data, complete)
    except ImportRejectedError as error:
        raise UserError(format_problems(returned, error.problems)) from None
    return validate_review(returned, review), remarks


def _form_of(returned: Path) -> str:
    names = formats_for_file(returned.name)
    if len(names) != 1:
        some = f"may be {' or '.join(names)}" if names else "has an unknown file extension"
        raise UserError(f"{returned} {some}; choose one with --format: {', '.join(importable_formats())}")
    return names[0]
