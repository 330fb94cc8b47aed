"""What a shell completes in the commands of reviews: rules, and the targets and milestones of the file at hand."""

from pathlib import Path

import click
from click.shell_completion import CompletionItem

from vger_guide.checks.rule_set import load_rule_set
from vger_guide.cli.options import catalog_folder
from vger_guide.reviews import store
from vger_guide.reviews.models import Review
from vger_guide.text.sanitize import escape_invisible


def complete_rules(context: click.Context, _: click.Parameter, begun: str) -> list[CompletionItem]:
    """Return the rules whose id or slug begins with what was typed."""
    facts = [rule["facts"] for rule in load_rule_set(catalog_folder(context)).rules]
    return _candidates(begun, {each[key]: each["title"] for key in ("id", "slug") for each in facts})


def complete_targets(context: click.Context, _: click.Parameter, begun: str) -> list[CompletionItem]:
    """Return the targets of FILE whose id begins with what was typed."""
    review = _review(context, "file")
    return _candidates(begun, {target.id: target.name for target in review.targets} if review else {})


def complete_milestones(context: click.Context, _: click.Parameter, begun: str) -> list[CompletionItem]:
    """Return the milestones of OLD whose id begins with what was typed."""
    review = _review(context, "old")
    return _candidates(begun, {milestone.id: milestone.title for milestone in review.milestones} if review else {})


def complete_conflicts(context: click.Context, _: click.Parameter, begun: str) -> list[CompletionItem]:
    """Return the places in FILE that a merge left open and that begin with what was typed."""
    review = _review(context, "file")
    return _candidates(begun, {".".join(conflict.place): "" for conflict in review.conflicts} if review else {})


def _review(context: click.Context, name: str) -> Review | None:
    """Return the review in the file that is named first; a shell has no use for what is wrong with it."""
    # An option without its value ends the parsing: then what was not taken yet is left.
    file = context.params.get(name) or next(iter(context.args), "")
    try:
        return store.load(Path(file))
    except (OSError, store.InvalidReviewError):
        return None


def _candidates(begun: str, known: dict[str, str]) -> list[CompletionItem]:
    """Return the names that begin so; one that would be shown otherwise than it is typed cannot be completed."""
    names = (name for name in known if name.casefold().startswith(begun.casefold()) and escape_invisible(name) == name)
    return [CompletionItem(name, help=escape_invisible(known[name])) for name in names]
