"""`vger review migrate`: a review taken to another edition of the guide."""

from pathlib import Path
from typing import Any

import click

from vger_guide.catalog.catalog import Catalog
from vger_guide.cli import console
from vger_guide.cli.catalog import load_chosen_catalog
from vger_guide.cli.options import catalog_option
from vger_guide.cli.review.files import load_editable, now, require_decided, save_into
from vger_guide.cli.review.output_options import FORCE
from vger_guide.errors import UserError
from vger_guide.reviews.migrate import MigrationError, migrate
from vger_guide.reviews.models import Migration, Review

EXAMPLES = """\b
Examples:
  vger review migrate review.json --to next
  vger review migrate review.json --to 2023.09 --output back.json --force
  vger review migrate --catalog checklists review.json --to next --format json
"""


@click.command("migrate", epilog=EXAMPLES)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--to",
    "edition",
    required=True,
    metavar="EDITION",
    help="The edition, such as next; 'vger editions list' lists all.",
)
@click.option("--output", "into", type=click.Path(path_type=Path), help="Write here instead of to FILE.")
@click.option("--force", is_flag=True, help=FORCE)
@click.option("--format", "form", type=click.Choice(["terminal", "json"]), default="terminal")
@catalog_option
def command(file: Path, edition: str, into: Path | None, force: bool, form: str) -> None:
    """Migrate a review to another edition.

    The command lists the answers to confirm. A 'met' answer is kept if its rule was only reworded, weakened or moved.
    If the rule was strengthened, merged or split, somebody has to confirm the answer. Answers to withdrawn rules are
    archived in the file; migrating back restores them.
    """
    held, catalog = load_editable(file), load_chosen_catalog()
    require_decided(held)
    try:
        review = migrate(held.review, catalog, edition, now())
    except MigrationError as why:
        raise UserError(f"{file} cannot be migrated to {edition[:60]}: {why}") from None
    done = review.migrations[len(held.review.migrations) :]
    if done or into is not None:
        save_into(held, review, into, force)
    if form == "json":
        console.write_json([_record(each) for each in done])
    else:
        _tell(held.review, review, done, catalog, into)


def _record(migration: Migration) -> dict[str, Any]:
    return migration.model_dump(mode="json")


def _tell(old: Review, new: Review, done: list[Migration], catalog: Catalog, into: Path | None) -> None:
    if not done:
        console.say(f"The review is of {new.edition} already; {'it was copied' if into else 'nothing was written'}.")
        return
    confirm = done[-1].confirm
    console.say(f"From {old.edition} to {new.edition}: {len(done[-1].kept)} kept, {len(confirm)} to confirm.")
    for rule in confirm:
        console.write(console.fold(f"To confirm: {_title(rule, catalog)}{_why(rule, done, catalog)}", rest="  "))
    for rule in sorted({rule for each in done for rule in each.archived} - set(new.answers)):
        console.write(console.fold(f"Archived: {_title(rule, catalog)}", rest="  "))


def _title(rule: str, catalog: Catalog) -> str:
    known = catalog.rules.get(rule) or catalog.retired.get(rule)
    return f"{rule} {known.title}" if known else rule


def _why(rule: str, done: list[Migration], catalog: Catalog) -> str:
    """Return the reasons given for the rule in the editions that the review came through."""
    names = {name for each in done for name in (each.from_edition, each.to_edition)}
    said = [
        f"{change.verb}: {change.reason}"
        for name in sorted(names & set(catalog.changes))
        for change in catalog.changes[name].rules
        if rule in (change.id, *change.into)
    ]
    return f" ({'; '.join(said)})" if said else ""
