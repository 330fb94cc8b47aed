"""`vger review diff`: the answers that changed between two files of a review, or two of its milestones."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from vger_guide.catalog.lookup import resolve_by_name
from vger_guide.cli import console
from vger_guide.cli.options import catalog_option
from vger_guide.cli.review.changes import describe_change, sort_changes
from vger_guide.cli.review.completion import complete_milestones
from vger_guide.cli.review.files import load_context, load_review
from vger_guide.errors import UserError
from vger_guide.output.reviews.summary import format_score
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.diff import AnswerDiff
from vger_guide.reviews.models import Review
from vger_guide.reviews.score import binding, tally
from vger_guide.text.markdown import escape_prose
from vger_guide.text.sanitize import single_line

EXAMPLES = """\b
Examples:
  vger review diff before.json review.json
  vger review diff review.json --from spring
  vger review diff review.json --from spring --to autumn
  vger review diff before.json review.json --format markdown > comment.md
  vger review diff --catalog checklists before.json review.json --format json
"""


@click.command("diff", epilog=EXAMPLES)
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path), required=False)
@click.option(
    "--from", "since", metavar="MILESTONE", shell_complete=complete_milestones, help="The answers that OLD had then."
)
@click.option(
    "--to", "until", metavar="MILESTONE", shell_complete=complete_milestones, help="The answers that NEW had then."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["terminal", "markdown", "json"]),
    default="terminal",
    help="The output format.",
)
@catalog_option
def command(old: Path, new: Path | None, since: str | None, until: str | None, form: str) -> None:
    """List what changed between two reviews or milestones.

    These are answers and scores. Without NEW, two milestones of OLD are compared, or one milestone with the current
    answers. Who answered and when is ignored.
    """
    if new is None and since is None:
        raise UserError("name two files, or a milestone with --from")
    before = _then(load_review(old).review, since)
    after = _then(load_review(new or old).review, until)
    complete = load_context(after)
    changed = sort_changes(before.answers, after.answers, complete.catalog)
    if form == "json":
        console.write_json([_record(change) for change in changed])
        return
    lines = [describe_change(change, complete) for change in changed] or ["No answer changed."]
    lines += _scores(before, complete)
    marked = (
        f"- {escape_prose(line.replace('`', chr(39)))}" if form == "markdown" else single_line(line) for line in lines
    )
    console.write("\n".join(marked))


def _then(review: Review, name: str | None) -> Review:
    """Return a review with the answers that a milestone of it kept. Raises UserError where it has no such milestone."""
    if name is None:
        return review
    if not review.milestones:
        raise UserError(
            "this review has no milestones; record one with 'vger review state FILE STATE --milestone TITLE'"
        )
    milestones = {milestone.id: milestone for milestone in review.milestones}
    kept = resolve_by_name("milestone", name, milestones, lambda milestone: milestone.title)
    return review.model_copy(update={"answers": kept.answers})


def _record(change: AnswerDiff) -> dict[str, Any]:
    sides = {"before": change.before, "after": change.after}
    told_ = {
        name: answer.model_dump(mode="json", exclude_defaults=True) if answer else None
        for name, answer in sides.items()
    }
    return {"rule": change.rule, "target": change.target, "fields": change.fields, **told_}


def _scores(before: Review, complete: ReviewContext) -> Iterator[str]:
    """Yield the score of each target before and after, by the musts and shoulds that are asked now."""
    for target in complete.review.targets:
        was, now = (
            format_score(tally(review, binding(complete.rules), target.id, complete.today))
            for review in (before, complete.review)
        )
        yield f"{target.name}: {was} -> {now}" if was != now else f"{target.name}: {now}, as before"
