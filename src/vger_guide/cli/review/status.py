"""`vger review status`: how much is met, by chapter and target, and what somebody should look at."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from vger_guide.catalog.rules import Rule
from vger_guide.cli import console
from vger_guide.cli.options import catalog_option
from vger_guide.cli.review.files import load_context, load_review
from vger_guide.cli.review.output_options import today_option
from vger_guide.output.reviews.summary import by_chapter, describe_sign_off
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.labels import FORMULAS, STATES
from vger_guide.reviews.models import Target
from vger_guide.reviews.score import FORMULA, Tally, binding, optional, tally
from vger_guide.reviews.status import ReviewStatus, review_status
from vger_guide.text.sanitize import single_line, truncate

EXAMPLES = """\b
Examples:
  vger review status review.json
  vger review status review.json --today 2030-01-31
  vger review status review.json --strict
  vger review status review.json --catalog checklists --format json
"""

FOUND = 1
BAR = 20  # characters
NAME = 40  # of the name of a target
SHOWN = 400  # of a line
ALL, MAY = "Must and should", "May"
HEADINGS = {
    "lapsed": "Lapsed",
    "incomplete": "Accepted risks without an answer, end, owner or approver",
    "due": "To come",
    "confirm": "To be confirmed",
    "disagreements": "Disagreements with checks",
    "conflicts": "Conflicts of a merge",
    "broken": "Not what was signed",
    "milestones": "Milestones",
    "notices": "About the review",
}


@click.command("status", epilog=EXAMPLES)
@click.argument("file", type=click.Path(path_type=Path))
@today_option
@click.option("--strict", is_flag=True, help="Set exit code 1 if anything needs attention now.")
@click.option(
    "--format", "form", type=click.Choice(["terminal", "json"]), default="terminal", help="The output format."
)
@catalog_option
@click.pass_context
def command(context: click.Context, file: Path, strict: bool, form: str, today: datetime) -> None:
    """Show the progress of a review and what needs attention.

    With --strict, the exit code is 1 if a plan or an accepted risk has lapsed, an accepted risk lacks an end, an owner
    or an approver, an answer has to be confirmed, a check disagrees with an answer, a merge left conflicts, or the
    review was changed after it was signed.
    """
    complete = load_context(load_review(file).review, today.date())
    stands = review_status(complete)
    if form == "json":
        console.write_json(_record(complete, stands))
    else:
        _tell(complete, stands)
    context.exit(FOUND if strict and stands.needs_attention else 0)


def _parts(complete: ReviewContext) -> dict[str, list[Rule]]:
    """Return the musts and shoulds by chapter and all together, and the rules of level may apart."""
    *chapters, (_, every) = by_chapter(complete).items()
    parts = {name: binding(rules) for name, rules in chapters}
    may = optional(every)
    return {
        **{name: rules for name, rules in parts.items() if rules},
        ALL: binding(every),
        **({MAY: may} if may else {}),
    }


def _tally(complete: ReviewContext, rules: Sequence[Rule], target: Target) -> Tally:
    return tally(complete.review, rules, target.id, complete.today)


def _record(complete: ReviewContext, stands: ReviewStatus) -> dict[str, Any]:
    review = complete.review
    scores = [
        {"target": target.id, "chapter": name, **_counts(_tally(complete, rules, target))}
        for target in review.targets
        for name, rules in _parts(complete).items()
    ]
    return {
        "id": review.id,
        "title": review.title,
        "state": review.state.value,
        "conclusion": review.conclusion.value if review.conclusion else None,
        "signature": review.signature.model_dump(mode="json") if review.signature else None,
        "today": complete.today.isoformat(),
        "formula": FORMULA,
        "scores": scores,
        **asdict(stands),
    }


def _counts(counts: Tally) -> dict[str, Any]:
    derived = ("answered", "applicable", "percent", "percent_of_applicable")
    return {**asdict(counts), **{name: getattr(counts, name) for name in derived}}


def _tell(complete: ReviewContext, stands: ReviewStatus) -> None:
    review = complete.review
    rows = [
        _row(target, name, _tally(complete, rules, target))
        for target in review.targets
        for name, rules in _parts(complete).items()
    ]
    title = single_line(f"{review.title}: {STATES[review.state].lower()}, edition {review.edition}, {complete.today}")
    if not console.is_decorated():
        console.write(title)
    console.write_table(title, ["Target", "Chapter", "Met", "Score", "Answers"], rows)
    console.write(console.fold(f"Score: {FORMULAS[FORMULA]}."))
    for name, text in describe_sign_off(review).items():
        if text:
            console.write(console.fold(single_line(f"{name}: {truncate(text, SHOWN)}")))
    for name, lines in asdict(stands).items():
        if lines:
            console.write("\n" + console.format_heading(f"{HEADINGS[name]} ({len(lines)})"))
            console.write("\n".join(f"  {single_line(truncate(each, SHOWN))}" for each in lines))


def _row(target: Target, chapter: str, counts: Tally) -> list[str]:
    percent = counts.percent
    full = BAR * percent // 100 if percent is not None else 0
    parts = {
        "partly met": counts.partial,
        "not met": counts.not_met,
        "open": counts.unanswered,
        "not applicable": counts.not_applicable,
        "at accepted risk": counts.accepted,
        "at accepted risk without an answer, end, owner or approver": counts.incomplete,
    }
    beside = "".join(f", {count} {word}" for word, count in parts.items() if count)
    met = f"{counts.met} of {counts.answered} answered met" if counts.answered else "none answered"
    told = f"{percent:3}%" if percent is not None else "none"
    bar = "#" * full + "-" * (BAR - full)
    name = single_line(truncate(target.name, NAME))
    return [name, chapter, bar, told, f"{met}{beside}"]
