"""`vger review sign`: somebody signs a review, which closes it to changes."""

import sys
from datetime import datetime
from pathlib import Path

import click

from vger_guide.catalog.editions import NEXT
from vger_guide.cli import console
from vger_guide.cli.options import catalog_option, day_option, enum_choice
from vger_guide.cli.review.files import (
    LINE,
    TEXT,
    load_context,
    load_editable,
    now,
    require_current_edition,
    save,
)
from vger_guide.errors import UserError
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.edit import add_milestone
from vger_guide.reviews.fields import CONDITIONS
from vger_guide.reviews.labels import CONCLUSIONS, answer_label
from vger_guide.reviews.models import Conclusion
from vger_guide.reviews.results import ActionState, count_open_musts, list_actions, list_open
from vger_guide.reviews.sign_off import Signing, SignOffError, describe_signature, sign
from vger_guide.text.plural import pluralise
from vger_guide.text.sanitize import single_line

SHOWN = 20  # open musts
EXAMPLES = """\b
Examples:
  vger review sign review.json --by "Ada Example" --conclusion approved --on 2026-03-02 --yes
  vger review sign review.json --by Ada --conclusion approved-with-conditions --condition "Sessions leave the database"
  vger review sign review.json --by Ada --conclusion rejected --remark "See the minutes." --milestone "Board of March"
  vger review sign review.json --by Ada --conclusion approved --catalog checklists
"""


@click.command("sign", epilog=EXAMPLES)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--by", type=LINE, metavar="NAME", help="Who signs. A terminal asks for it if you leave it out.")
@day_option("--on", "The day of the signature.")
@click.option("--conclusion", type=enum_choice(Conclusion), help="What the review came to.")
@click.option(
    "--condition", "conditions", type=TEXT, multiple=True, metavar="TEXT", help="A condition; replaces earlier ones."
)
@click.option("--remark", type=TEXT, default="", show_default=False, metavar="TEXT", help="A remark that is kept.")
@click.option("--milestone", type=LINE, metavar="TITLE", help="Record the answers and score under this title.")
@click.option("--yes", is_flag=True, help="Do not ask whether to sign while must rules are open.")
@catalog_option
def command(
    file: Path,
    by: str | None,
    on: datetime,
    conclusion: str | None,
    conditions: tuple[str, ...],
    remark: str,
    milestone: str | None,
    yes: bool,
) -> None:
    """Sign a review off: who, when, and with which conclusion.

    The command lists the must rules that are open, then closes the review. No command, import or merge changes it until
    somebody opens it with 'vger review reopen'. Conflicts have to be resolved first.
    """
    source = load_editable(file)
    review = source.review
    if conditions:
        review = review.model_copy(update={"conditions": _limited(conditions)})
    complete = load_context(review)
    signer = by if by is not None else _ask("Your name", "say who signs, by --by NAME")
    chosen = Conclusion(conclusion) if conclusion else review.conclusion
    musts = _count_musts(complete)
    if milestone is not None:
        require_current_edition(source, complete.catalog)
        review = add_milestone(review, milestone, complete.rules, complete.today, now())
    try:
        signed = sign(review, Signing(signer, on.date(), now(), remark), chosen, musts)
    except SignOffError as error:
        raise UserError(f"{file} {error}{_mend(str(error))}") from None
    _tell_open(complete, musts)
    if musts is not None:
        _tell_risks(complete)
    if musts and not yes and sys.stdin.isatty():
        click.confirm("Sign it all the same?", abort=True)
    save(source, signed)
    console.say(single_line(f"{file}: {CONCLUSIONS[chosen].lower() if chosen else ''}, {describe_signature(signed)}."))


def _limited(conditions: tuple[str, ...]) -> list[str]:
    if len(conditions) > CONDITIONS:
        raise UserError(f"--condition is given {len(conditions)} times; {CONDITIONS} are allowed")
    if not all(each.strip() for each in conditions):
        raise UserError("--condition needs words")
    return [each.strip() for each in conditions]


def _ask(question: str, otherwise: str) -> str:
    if not sys.stdin.isatty():
        raise UserError(otherwise)
    return str(click.prompt(question))


def _mend(problem: str) -> str:
    if "conflicts" in problem:
        return " with 'vger review decide'"
    return " (--conclusion, --condition)" if "condition" in problem or "conclusion" in problem else ""


def _count_musts(complete: ReviewContext) -> int | None:
    """Return how many musts are open, over all targets; None where the rules at hand are of another edition."""
    return count_open_musts(complete) if complete.review.edition in (complete.catalog.edition, NEXT) else None


def _tell_open(complete: ReviewContext, count: int | None) -> None:
    """Say which musts are open."""
    if count is None:
        console.say(f"The review is of edition {complete.review.edition}: its must rules are not counted here.")
        return
    names = {target.id: target.name for target in complete.review.targets}
    musts = [each for each in list_open(complete) if each.rule.level == "must"]
    if not count:
        console.say("No must rule is open.")
        return
    console.say(f"{pluralise(count, 'answer')} to must rules {'is' if count == 1 else 'are'} open:")
    for each in musts[:SHOWN]:
        where = ", ".join(f"{names[id_]}: {answer_label(each.answers[id_]).lower()}" for id_ in each.open_for)
        console.say(single_line(f"  {each.rule.id} {each.rule.title} ({where})"))
    if len(musts) > SHOWN:
        console.say(f"  and {len(musts) - SHOWN} more rules; 'vger review results' lists them all")


def _tell_risks(complete: ReviewContext) -> None:
    """Say how many risks were accepted that lack something: of a risk that nobody approved, who signs should know."""
    count = sum(each.state is ActionState.INCOMPLETE for each in list_actions(complete))
    if count:
        lacks = f"{'lacks' if count == 1 else 'lack'} an answer, an end, an owner or an approver"
        console.say(f"{pluralise(count, 'accepted risk')} {lacks}; 'vger review status' lists them.")
