"""`vger review status`: how much is met, by chapter and target, and what somebody should look at."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import click

from vger_guide.catalog.rules import Rule
from vger_guide.cli import output
from vger_guide.cli.opening import catalog_option
from vger_guide.cli.review_files import filled, held
from vger_guide.cli.review_standing import Standing, standing
from vger_guide.exports.forms import Filled
from vger_guide.reports.text import cut
from vger_guide.reviews.document import Target
from vger_guide.reviews.scores import FORMULA, Tally, tally
from vger_guide.reviews.words import FORMULAS, STATES

EXAMPLES = """\b
Examples:
  vger review status review.json
  vger review status review.json --on 2030-01-31
  vger review status review.json --strict
  vger review status review.json --catalog checklists --format json
"""

FOUND = 1
BAR = 20  # characters
SHOWN = 400  # of a line
HEADINGS = {
    "lapsed": "Lapsed",
    "due": "Due",
    "confirm": "To be confirmed",
    "disagreements": "Disagreements with checks",
    "conflicts": "Conflicts of a merge",
    "notices": "Of the review itself",
}


@click.command("status", epilog=EXAMPLES)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    default=lambda: datetime.now(UTC).date().isoformat(),
    show_default="today",
    metavar="YYYY-MM-DD",
    help="As of this day.",
)
@click.option("--strict", is_flag=True, help="End with 1 when somebody has to look at something now.")
@click.option("--format", "form", type=click.Choice(["terminal", "json"]), default="terminal")
@catalog_option
@click.pass_context
def command(context: click.Context, file: Path, on: datetime, strict: bool, form: str) -> None:
    """Say where a review stands.

    With --strict the exit code is 1 when a plan or an accepted risk has lapsed, an answer asks to be confirmed, a
    check disagrees with one, or a merge left conflicts.
    """
    complete = filled(held(file).review, on.date())
    stands = standing(complete)
    if form == "json":
        output.as_json(_record(complete, stands))
    else:
        output.write("\n".join(_lines(complete, stands)))
    context.exit(FOUND if strict and stands.pressing else 0)


def _chapters(complete: Filled) -> list[tuple[str, list[Rule]]]:
    """Return the rules that are asked by the heading of their chapter, and all of them at the end."""
    catalog = complete.catalog

    def heading(rule: Rule) -> str:
        return catalog.section(catalog.section_of(rule).number.partition(".")[0]).heading

    chapters = [(name, list(rules)) for name, rules in groupby(complete.rules, key=heading)]
    return [*chapters, ("All", list(complete.rules))]


def _tally(complete: Filled, rules: Sequence[Rule], target: Target) -> Tally:
    return tally(complete.review, rules, target.id, complete.today)


def _record(complete: Filled, stands: Standing) -> dict[str, Any]:
    review = complete.review
    scores = [
        {"target": target.id, "chapter": name, **_counts(_tally(complete, rules, target))}
        for target in review.targets
        for name, rules in _chapters(complete)
    ]
    return {
        "id": review.id,
        "title": review.title,
        "state": review.state.value,
        "on": complete.today.isoformat(),
        "formula": FORMULA,
        "scores": scores,
        **asdict(stands),
    }


def _counts(counts: Tally) -> dict[str, Any]:
    return {**asdict(counts), "applicable": counts.applicable, "percent": counts.percent}


def _lines(complete: Filled, stands: Standing) -> Iterator[str]:
    review = complete.review
    title = output.line(review.title)
    yield output.heading(f"{title}: {STATES[review.state].lower()}, edition {review.edition}, {complete.today}")
    chapters = _chapters(complete)
    width = max(len(name) for name, _ in chapters)
    for target in review.targets:
        yield from ("", output.heading(output.line(target.name)))
        for name, rules in chapters:
            yield from _score(name.ljust(width), _tally(complete, rules, target))
    yield from ("", output.folded(f"Score: {FORMULAS[FORMULA]}."))
    for name, lines in asdict(stands).items():
        if lines:
            yield from ("", output.heading(f"{HEADINGS[name]} ({len(lines)})"))
            yield from (f"  {output.line(cut(each, SHOWN))}" for each in lines)


def _score(name: str, counts: Tally) -> Iterator[str]:
    percent = counts.percent
    full = BAR * percent // 100 if percent is not None else 0
    bar = "#" * full + "-" * (BAR - full)
    told = f"{percent:3}%" if percent is not None else "none"
    parts = {
        "partly met": counts.partial,
        "not met": counts.not_met,
        "unanswered": counts.unanswered,
        "not applicable": counts.not_applicable,
        "at accepted risk": counts.accepted,
    }
    beside = "".join(f", {count} {word}" for word, count in parts.items() if count)
    yield output.safe(f"  {name}  [{bar}] {told}  {counts.met} of {counts.applicable} met{beside}")
