"""`vger review import`: the answers of a form that came back."""

from dataclasses import replace
from pathlib import Path

import click

from vger_guide.cli import console
from vger_guide.cli.options import catalog_option
from vger_guide.cli.review.changes import describe_change, sort_changes
from vger_guide.cli.review.files import (
    LINE,
    ReviewFile,
    load_context,
    load_editable,
    now,
    read_file,
    require_current_edition,
    save,
    validate_review,
)
from vger_guide.cli.review.output_options import FormName
from vger_guide.cli.review.problems import format_problems
from vger_guide.errors import UserError
from vger_guide.output.reviews.formats import (
    extract_review,
    formats_for_file,
    importable_formats,
    is_one_way,
    is_other_spreadsheet,
    read_format,
)
from vger_guide.output.reviews.import_result import Imported, Importer, ImportRejectedError
from vger_guide.reviews import store
from vger_guide.reviews.conflicts import explain_conflict
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.edit import begin_anew, touch
from vger_guide.reviews.merge import Side
from vger_guide.reviews.models import Review
from vger_guide.text.plural import pluralise
from vger_guide.text.sanitize import single_line

FOUND = 1

EXAMPLES = """\b
Examples:
  vger review import review.json review.xlsx --by "Ada Example"
  vger review import review.json issue.md --format tasks --dry-run
  vger review import review.json review.xlsx --keep theirs --accept-losses
  vger review import --new mailed.json review.xlsx
  vger review import --catalog checklists review.json copy.json

\b
Exit codes:
  0  imported
  1  imported, with conflicts or with losses that were held back: they are listed
  2  bad input: nothing was written
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
@click.option(
    "--by",
    type=LINE,
    default="",
    show_default=False,
    metavar="NAME",
    help="Who imports; changed answers get it unless RETURNED names somebody.",
)
@click.option(
    "--keep", type=click.Choice([side.value for side in Side]), help="Resolve conflicts with this side's value."
)
@click.option("--accept-losses", is_flag=True, help="Also take what empties an answer, a comment or another field.")
@click.option("--new", is_flag=True, help="Create FILE from RETURNED alone, an xlsx or json file.")
@click.option("--dry-run", is_flag=True, help="Show what would change, but write nothing.")
@catalog_option
@click.pass_context
def command(
    context: click.Context,
    file: Path,
    returned: Path,
    name: str | None,
    by: str,
    keep: str | None,
    accept_losses: bool,
    new: bool,
    dry_run: bool,
) -> None:
    """Import answers from an exported file that people filled in.

    FILE is the review, and RETURNED is the exported file.

    These formats can be imported: xlsx, tasks, pull-request, issue-form and json. The others, such as csv, cannot.

    The import is a three-way merge with what RETURNED was exported with. Rows that nobody touched change nothing. What
    was changed both there and in FILE is a conflict: FILE keeps its value and lists both under 'conflicts', until a new
    answer or 'vger review decide' resolves them. What would empty an answer or a comment is held back and shown; it is
    taken only with --accept-losses. A changed answer gets the day of the import and the name in --by, unless RETURNED
    names another.

    Each answer that changes is shown. If RETURNED has a problem, nothing is imported.
    """
    form = name or _form_of(returned)
    source = _begin(file, returned, form) if new else _load(file, returned)
    complete = load_context(source.review)
    if not new:
        require_current_edition(source, complete.catalog)
    done = _taken(returned, form, complete, by, Side(keep) if keep else None)
    review = validate_review(returned, done.lossy if accept_losses else done.review)
    if new:
        review = _create(source, review, dry_run)
    elif review != source.review and not dry_run:
        save(source, review)
    held = [] if accept_losses else list(done.losses)
    _tell(source, replace(complete, review=review), done, held, dry_run)
    if done.remarks:
        console.complain(format_problems(returned, done.remarks))
    context.exit(FOUND if held or (done.conflicts and not keep) else 0)


def _load(file: Path, returned: Path) -> ReviewFile:
    if not file.exists():
        raise UserError(f"{file} does not exist; create it from {returned} with --new")
    return load_editable(file)


def _begin(file: Path, returned: Path, form: str) -> ReviewFile:
    """Return the review that a file was exported from, as one that is not written yet. Raises UserError."""
    if file.exists() or file.is_symlink():
        raise UserError(f"{file} already exists; import into it without --new, or name another file")
    try:
        found = extract_review(form, _bytes(returned))
    except ImportRejectedError as error:
        raise UserError(format_problems(returned, error.problems)) from None
    return ReviewFile(file, b"", begin_anew(found, now()))


def _create(source: ReviewFile, review: Review, dry_run: bool) -> Review:
    fresh = touch(review, now())
    if not dry_run:
        source.path.parent.mkdir(parents=True, exist_ok=True)
        store.save(source.path, fresh)
        console.say(single_line(f"Wrote {source.path}: {review.title}, {pluralise(len(review.targets), 'target')}."))
    return fresh


def _tell(source: ReviewFile, after: ReviewContext, done: Imported, held: list[str], dry_run: bool) -> None:
    changed = sort_changes(source.review.answers, after.review.answers, after.catalog)
    for change in changed:
        console.say(single_line(describe_change(change, after)))
    for conflict in done.conflicts:
        console.say(f"Conflict: {single_line(explain_conflict(conflict, done.review, after.catalog))}")
    for loss in held:
        console.say(f"Held back: {single_line(loss)}")
    verb = "would change" if dry_run else "changed"
    then = ", resolve with 'vger review decide'" if after.review.conflicts else ""
    others = _others(source.review, after.review)
    parts = [
        f"; also changed: {', '.join(others)}" if others else "",
        f"; {pluralise(len(done.conflicts), 'conflict')}{then}" if done.conflicts else "",
        f"; {_count_losses(len(held))} held back, take with --accept-losses" if held else "",
    ]
    console.say(f"{source.path}: {pluralise(len(changed), 'answer')} {verb}{''.join(parts)}.")


def _count_losses(count: int) -> str:
    return f"{count:,} loss" if count == 1 else f"{count:,} losses"


def _others(old: Review, new: Review) -> list[str]:
    """Return the keys of the document that differ, other than the answers and the conflicts, which are told apart."""
    before, after = (
        review.model_dump(by_alias=True, exclude={"answers", "conflicts", *_STAMPS}) for review in (old, new)
    )
    return sorted(key for key in {*before, *after} if before.get(key) != after.get(key))


def _taken(returned: Path, name: str, complete: ReviewContext, by: str, keep: Side | None) -> Imported:
    """Return the review with the answers of a file, and what else there is to say. Raises UserError."""
    try:
        return read_format(name, _bytes(returned), complete, Importer(by.strip(), now()), keep)
    except ImportRejectedError as error:
        raise UserError(format_problems(returned, error.problems)) from None


def _bytes(returned: Path) -> bytes:
    data = read_file(returned)
    if len(data) > store.MAX_BYTES:
        raise UserError(f"{returned} is too large; {store.MAX_BYTES:,} bytes are allowed")
    return data


def _form_of(returned: Path) -> str:
    if is_other_spreadsheet(returned.name):
        raise UserError(f"{returned} is another kind of spreadsheet; save it as .xlsx and import that")
    if is_one_way(returned.name):
        raise UserError(
            f"{returned} is of a format that cannot be imported; export the review as xlsx, fill that in and import it"
        )
    names = formats_for_file(returned.name)
    if len(names) != 1:
        some = (
            f"may be {' or '.join(names)}" if names else "is in no format that can be imported, by its file extension"
        )
        raise UserError(f"{returned} {some}; choose one with --format: {', '.join(names or importable_formats())}")
    return names[0]
