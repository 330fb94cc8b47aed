"""`vger diff`: what changed between two editions of the guide."""

from __future__ import annotations

import click

from vger_guide.cli import console
from vger_guide.cli.catalog import load_chosen_catalog
from vger_guide.cli.options import catalog_option
from vger_guide.editions.compare import Comparison, Difference, EditionOrderError, compare
from vger_guide.editions.render import describe_outcome, render_markdown, to_record
from vger_guide.editions.word_diff import DiffPart
from vger_guide.errors import UserError

EXAMPLES = """\b
Examples:
  vger diff
  vger diff 2023.09 next
  vger diff 2023.09 next --format markdown > changes.md
  vger diff --catalog checklists 2023.09 --format json
"""

# Around words that went and words that came, where there are no colours; those of wdiff.
GONE = ("[-", "-]")
CAME = ("{+", "+}")


@click.command("diff", epilog=EXAMPLES)
@click.argument("old", default="")
@click.argument("new", default="next")
@click.option("--format", "form", type=click.Choice(["terminal", "markdown", "json"]), default="terminal")
@catalog_option
def command(old: str, new: str, form: str) -> None:
    """Show what changed between two editions, with the reasons.

    Changes are listed by chapter. By default OLD is the newest published edition, and NEW is next, the current state.
    Changed words are marked: [-removed-] and {+added+}.
    """
    comparison = _compare(old, new)
    if form == "json":
        console.write_json(to_record(comparison))
    elif form == "markdown":
        console.write_document(render_markdown(comparison))
    else:
        _tell(comparison)


def _compare(old: str, new: str) -> Comparison:
    catalog = load_chosen_catalog()
    before = old or max(catalog.editions, default=new)
    for name in (before, new):
        if name not in catalog.timeline:
            raise UserError(f"there is no edition '{name[:60]}'; known: {', '.join(catalog.timeline)}")
    try:
        return compare(catalog, before, new)
    except EditionOrderError as why:
        raise UserError(str(why)) from None


def _tell(comparison: Comparison) -> None:
    count = len(comparison.differences)
    for chapter in comparison.chapters:
        console.write(console.format_heading(chapter.heading))
        for difference in chapter.differences:
            console.write("")
            _tell_one(difference)
        console.write("")
    console.say(f"{count or 'No'} change{'s' * (count != 1)} from {comparison.old} to {comparison.new}.")


def _tell_one(difference: Difference) -> None:
    head = f"{difference.id} {difference.title}: {', '.join(difference.verbs)}"
    console.write(console.format_heading(console.fold(head, "  ", "    ")))
    for step in difference.steps:
        console.write(
            console.fold(f"{step.verb} in {step.edition}{describe_outcome(step)}: {step.reason}", "    ", "    ")
        )
    for wording in difference.wordings:
        text = "".join(map(_mark, wording.parts))
        console.write(_colour(console.fold(f"{wording.label}: {text}", "    ", "      ")))


def _mark(part: DiffPart) -> str:
    before, after = {"gone": GONE, "came": CAME}.get(part.mark, ("", ""))
    return f"{before}{part.text}{after}"


def _colour(text: str) -> str:
    """Return a text whose marks have colours where colours are wanted; the marks stay, for who sees none."""
    if not console.is_decorated():
        return text
    for (before, after), colour in ((GONE, "31"), (CAME, "32")):
        text = text.replace(before, f"\x1b[{colour}m{before}").replace(after, f"{after}\x1b[39m")
    return text
