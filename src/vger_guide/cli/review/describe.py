"""`vger review describe`: what a review is about, and who takes part."""

from pathlib import Path

import click

from vger_guide.cli import console
from vger_guide.cli.options import catalog_option
from vger_guide.cli.review.files import LINE, TEXT, load_editable, save
from vger_guide.errors import UserError
from vger_guide.reviews.edit import add_person, count_mentions
from vger_guide.reviews.fields import SHORT
from vger_guide.reviews.models import Review
from vger_guide.text.plural import pluralise
from vger_guide.text.sanitize import single_line

EXAMPLES = """\b
Examples:
  vger review describe review.json --scope "The shop and its till, without the warehouse."
  vger review describe review.json --person "Ada Example=Architect" --person "Bo Example=Owner of the shop"
  vger review describe review.json --remove-person "Bo Example" --title "Before the sale"
  vger review describe --catalog checklists review.json --scope "All of it."
"""


@click.command("describe", epilog=EXAMPLES)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--title", type=LINE, metavar="TEXT", help="The title of the review.")
@click.option("--scope", type=TEXT, metavar="TEXT", help="What is reviewed and what is not; replaces the old text.")
@click.option(
    "--person",
    "people",
    type=TEXT,
    multiple=True,
    metavar="NAME[=ROLE]",
    help="Somebody who takes part, and the role; can be repeated.",
)
@click.option(
    "--remove-person",
    "gone",
    type=LINE,
    multiple=True,
    metavar="NAME",
    help="Somebody who does not take part after all; can be repeated.",
)
@catalog_option
def command(file: Path, title: str | None, scope: str | None, people: tuple[str, ...], gone: tuple[str, ...]) -> None:
    """Describe a review: its title, its scope, and the people who take part, with their roles.

    All exports show it. A person who takes part already gets the new role. Somebody who is named in an answer cannot be
    removed.
    """
    source = load_editable(file)
    given = {"title": title, "scope": scope}
    said = {name: text.strip() for name, text in given.items() if text is not None}
    if not said and not people and not gone:
        raise UserError("say what to change: --title, --scope, --person or --remove-person")
    if said.get("title") == "":
        raise UserError("--title needs a title")
    review = source.review.model_copy(update=said)
    for each in people:
        review = _with_person(review, each)
    for name in gone:
        review = _without_person(review, name)
    save(source, review)
    console.say(single_line(f"{file}: {review.title}; {pluralise(len(review.people), 'participant')}."))


def _without_person(review: Review, name: str) -> Review:
    person = next((each for each in review.people if name in (each.id, each.name)), None)
    if person is None:
        names = ", ".join(each.name for each in review.people) or "nobody"
        raise UserError(f"--remove-person {name[:60]!r}: this review has {names}")
    if count := count_mentions(review, person.id):
        where = f"{pluralise(count, 'answer')}, as reviewer, owner or approver"
        raise UserError(f"--remove-person {name[:60]!r}: named in {where}; change those first")
    return review.model_copy(update={"people": [each for each in review.people if each.id != person.id]})


def _with_person(review: Review, text: str) -> Review:
    name, _, role = (part.strip() for part in text.partition("="))
    if not name or max(len(name), len(role)) > SHORT:
        raise UserError(f"--person {text[:60]!r}: write NAME or NAME=ROLE, each of up to {SHORT} characters")
    joined, id_ = add_person(review, name)
    if not role:
        return joined
    people = [each.model_copy(update={"role": role}) if each.id == id_ else each for each in joined.people]
    return joined.model_copy(update={"people": people})
