"""`vger review state`: how far a review has come, and the answers as they stood then."""

from pathlib import Path

import click

from vger_guide.cli import console
from vger_guide.cli.options import catalog_option, enum_choice
from vger_guide.cli.review.files import LINE, load_context, load_editable, now, require_current_edition, save
from vger_guide.errors import UserError
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.edit import add_milestone
from vger_guide.reviews.labels import STATES
from vger_guide.reviews.models import State
from vger_guide.reviews.score import tally
from vger_guide.text.plural import pluralise
from vger_guide.text.sanitize import single_line

EXAMPLES = """\b
Examples:
  vger review state review.json in-review
  vger review state review.json in-review --milestone "Before the sale"
  vger review state review.json draft --catalog checklists
"""


@click.command("state", epilog=EXAMPLES)
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("state", type=enum_choice(State))
@click.option("--milestone", type=LINE, metavar="TITLE", help="Record the current answers and score under this title.")
@catalog_option
def command(file: Path, state: str, milestone: str | None) -> None:
    """Change the state of a review to draft or in-review.

    'vger review sign' signs it off, and 'vger review reopen' opens it again.
    """
    source = load_editable(file)
    if State(state) is State.SIGNED_OFF:
        raise UserError(f"a review is signed off by somebody; use 'vger review sign {file} --by NAME'")
    review = source.review.model_copy(update={"state": State(state)})
    complete = load_context(review)
    if milestone is not None:
        require_current_edition(source, complete.catalog)
        review = add_milestone(review, milestone, complete.rules, complete.today, now())
    save(source, review)
    kept = f", kept as '{milestone}'" if milestone is not None else ""
    missing = pluralise(_count_unanswered(complete), "answer")
    console.say(single_line(f"{file}: {STATES[review.state].lower()}{kept}; {missing} missing."))


def _count_unanswered(complete: ReviewContext) -> int:
    return sum(
        tally(complete.review, complete.rules, target.id, complete.today).unanswered
        for target in complete.review.targets
    )
