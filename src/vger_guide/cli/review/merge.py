"""`vger review merge`: two people's copies of a review made one."""

import json
from pathlib import Path
from typing import Any

import click

from vger_guide.cli import console
from vger_guide.cli.options import catalog_option
from vger_guide.cli.review.files import load_review, parse_review, read_file, save_into, signed_off_error
from vger_guide.cli.review.output_options import FORCE
from vger_guide.errors import UserError
from vger_guide.reviews.conflicts import describe_conflict
from vger_guide.reviews.merge import Merged, MergeError, Side, breaks_sign_off, merge
from vger_guide.reviews.models import Review
from vger_guide.text.plural import pluralise
from vger_guide.text.sanitize import single_line

FOUND = 1

EXAMPLES = """\b
Examples:
  vger review merge mine.json hers.json --base before.json
  vger review merge mine.json hers.json --base before.json --output review.json --force
  vger review merge mine.json hers.json --base before.json --keep theirs --format json
  vger review merge --catalog checklists mine.json hers.json --base before.json

\b
To let git merge reviews, register this command as a merge driver:
  git config merge.vger-review.driver "vger review merge %A %B --base %O"
  echo "review.json merge=vger-review" >> .gitattributes

\b
Exit codes:
  0  merged
  1  merged, with conflicts: they are listed, and the file holds both values
  2  bad input: not a review, or two different ones; nothing was written
"""


@click.command("merge", epilog=EXAMPLES)
@click.argument("ours", type=click.Path(path_type=Path))
@click.argument("theirs", type=click.Path(path_type=Path))
@click.option("--base", required=True, type=click.Path(path_type=Path), help="The version both copies started from.")
@click.option("--output", "into", type=click.Path(path_type=Path), help="Write here instead of to OURS.")
@click.option("--force", is_flag=True, help=FORCE)
@click.option(
    "--keep", type=click.Choice([side.value for side in Side]), help="Resolve conflicts with this side's value."
)
@click.option(
    "--format", "form", type=click.Choice(["terminal", "json"]), default="terminal", help="How conflicts are listed."
)
@catalog_option
@click.pass_context
def command(
    context: click.Context,
    ours: Path,
    theirs: Path,
    base: Path,
    into: Path | None,
    force: bool,
    keep: str | None,
    form: str,
) -> None:
    """Merge two copies of a review, field by field.

    The result is saved in OURS. If only one side changed a field, its value is used. If both changed it, the result
    keeps ours and lists both values under 'conflicts', until a new answer or 'vger review decide' resolves them. If the
    base is empty, as in git when both sides added the file, every difference is a conflict. Nothing is merged into a
    review that is signed off.
    """
    mine, other = load_review(ours), load_review(theirs)
    try:
        merged = merge(_base(base), mine.review, other.review, Side(keep) if keep else None)
    except MergeError as why:
        raise UserError(f"{ours} and {theirs} cannot be merged: {why}") from None
    if breaks_sign_off(merged, mine.review, other.review):
        signed = mine if mine.review.is_signed else other
        raise signed_off_error(signed.path, signed.review)
    save_into(mine, merged.review, into, force)
    _tell(merged, form)
    context.exit(FOUND if merged.conflicts and not keep else 0)


def _base(path: Path) -> Review | None:
    data = read_file(path)
    return parse_review(path, data) if data else None


def _tell(merged: Merged, form: str) -> None:
    records: list[dict[str, Any]] = [conflict.model_dump(mode="json") for conflict in merged.conflicts]
    if form == "json":
        console.write_document(json.dumps(records, indent=2, ensure_ascii=False, sort_keys=True) + "\n")
        return
    for conflict in merged.conflicts:
        console.say(f"Conflict: {single_line(describe_conflict(conflict, merged.review))}")
    count = len(records)
    told = f"Merged, with {pluralise(count, 'conflict')}; resolve with 'vger review decide'."
    console.say(told if count else "Merged without conflicts.")
