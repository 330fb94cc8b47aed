"""What a shell completes in the commands of reviews: rules, and the targets and milestones of the file at hand."""

from pathlib import Path

import click
from click.shell_completion import CompletionItem

from vger_guide.cli.options import chosen_folder
from vger_guide.reviews import store
from vger_guide.reviews.models import Review
from vger_guide.text.sanitize import shown


def rules(context: click.Context, _: click.Parameter, begun: str) -> list[CompletionItem]:
    """Return the rules whose id or slug begins with what was typed."""
    from vger_guide.checks.rule_set import questions

    facts = [rule["facts"] for rule in questions(chosen_folder(context)).rules]
    return _begun(begun, {each[key]: each["title"] for key in ("id", "slug") for each in facts})


def targets(context: click.Context, _: click.Parameter, begun: str) -> list[CompletionItem]:
    """Return the targets of FILE whose id begins with what was typed."""
    review = _review(context, "file")
    return _begun(begun, {target.id: target.name for target in review.targets} if review else {})


def milestones(context: click.Context, _: click.Parameter, begun: str) -> list[CompletionItem]:
    """Return the milestones of OLD whose id begins with what was typed."""
    review = _review(context, "old")
    return _begun(begun, {milestone.id: milestone.title for milestone in review.milestones} if review else {})


def conflicts(context: click.Context, _: click.Parameter, begun: str) -> list[CompletionItem]:
    """Return the places in FILE that a merge left open and that begin with what was typed."""
    review = _review(context, "file")
    return _begun(begun, {".".join(conflict.place): "" for conflict in review.conflicts} if review else {})


def _review(context: click.Context, name: str) -> Review | None:
    """Return the review in the file that is named first; a shell has no use for what is wrong with it."""
    # An option without its value ends the parsing: then what was not taken yet is left.
    file = context.params.get(name) or next(iter(context.args), "")
    try:
        return store.load(Path(file))
    except (OSError, store.BadReview):
        return None


def _begun(begun: str, known: dict[str, str]) -> list[CompletionItem]:
    """Return the names that begin so; one that would be shown otherwise than it is typed cannot be completed."""
    names = (name for name in known if name.casefold().startswith(begun.casefold()) and shown(name) == name)
    return [CompletionItem(name, help=shown(known[name])) for name in names]
