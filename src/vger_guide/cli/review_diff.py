"""`vger review diff`: the answers that changed between two files of a review."""

from pathlib import Path
from typing import Any

import click

from vger_guide.catalog import Catalog
from vger_guide.cli import output
from vger_guide.cli.opening import catalog_option, opened
from vger_guide.cli.review_files import held
from vger_guide.reports.marks import prose
from vger_guide.reports.text import cut
from vger_guide.reviews.comparing import Change, changes
from vger_guide.reviews.document import Answer, Review
from vger_guide.reviews.words import PLANS, answered

EXAMPLES = """\b
Examples:
  vger review diff before.json review.json
  vger review diff before.json review.json --format markdown > comment.md
  vger review diff --catalog checklists before.json review.json --format json
"""

NOTHING = "Unanswered"
SHOWN = 200  # characters of a text that changed


@click.command("diff", epilog=EXAMPLES)
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["terminal", "markdown", "json"]), default="terminal")
@catalog_option
def command(old: Path, new: Path, form: str) -> None:
    """List the answers that changed from OLD to NEW, rule by rule.

    Who answered and when is no change of an answer.
    """
    before, after = held(old).review, held(new).review
    catalog = opened()
    order = {rule: place for place, rule in enumerate(catalog.rules)}
    found = sorted(changes(before.answers, after.answers), key=lambda change: order.get(change.rule, len(order)))
    if form == "json":
        output.as_json([_record(change) for change in found])
        return
    lines = [_line(change, catalog, after, form == "markdown") for change in found]
    output.write("\n".join(lines or ["No answer changed."]))


def _record(change: Change) -> dict[str, Any]:
    sides = {"before": change.before, "after": change.after}
    told = {
        name: answer.model_dump(mode="json", exclude_defaults=True) if answer else None
        for name, answer in sides.items()
    }
    return {"rule": change.rule, "target": change.target, "fields": change.fields, **told}


def _line(change: Change, catalog: Catalog, review: Review, markdown: bool) -> str:
    rule = catalog.rules.get(change.rule) or catalog.retired.get(change.rule)
    names = {target.id: target.name for target in review.targets}
    head = " ".join([change.rule, *([rule.title] if rule else []), f"({names.get(change.target, change.target)})"])
    text = f"{head}: {'; '.join(_told(change))}"
    return f"- {prose(text.replace('`', chr(39)))}" if markdown else output.line(text)


def _told(change: Change) -> list[str]:
    """Return what changed in words, the answer first."""
    told = [f"{_label(change.before)} -> {_label(change.after)}"] if "answer" in change.fields else []
    for name in change.fields:
        if name == "disposition":
            told.append(f"plan: {_plan(change.after)}")
        elif name == "comment" and change.after:
            told.append(f"comment: {cut(change.after.comment, SHOWN) or 'none'}")
        elif name != "answer":
            told.append(f"{name} changed")
    return told


def _label(answer: Answer | None) -> str:
    return answered(answer) if answer else NOTHING


def _plan(answer: Answer | None) -> str:
    if answer is None:
        return "none"
    plan = answer.disposition
    until = f"until {plan.until}" if plan.until else ""
    return ", ".join(part for part in (PLANS[plan.plan], plan.owner, until, plan.ticket) if part)
