"""A short checklist for a template of pull requests, in GitHub's Markdown (https://github.github.com/gfm/).

It has the rules that a change can break: those that must be met and show in a repository, which is to say that a check
looks at its files or its history. No box is ticked, because each change is asked anew; so one that comes back without
a tick says nothing, and only a tick is taken. The list stands once: where a review has several targets, the one that is
changed is written into it.
"""

from typing import Any

from vger_guide.catalog.rules import Level, Rule
from vger_guide.output.reviews.checkboxes import import_checkboxes
from vger_guide.output.reviews.import_result import Imported
from vger_guide.output.reviews.task_list import render_box
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.selection import find_answer

SUFFIX = ".pull-request.md"


def write(context: ReviewContext) -> bytes:
    """Return the list."""
    boxes = [render_box(context, rule) for rule in context.rules if _breakable(rule) and _applies(context, rule)]
    listed = "".join(boxes) or "No rule of the review shows in a repository.\n"
    return f"## What this change keeps\n\n{_target(context)}{listed}".encode()


def _target(context: ReviewContext) -> str:
    ids = [target.id for target in context.review.targets]
    return f"<!-- What you change, one of: {', '.join(ids)} -->\nTarget:\n\n" if len(ids) > 1 else ""


def _breakable(rule: Rule) -> bool:
    # The settings of the hosting service are not changed by a pull request.
    return rule.level is Level.MUST and rule.check is not None and not _forge(rule.check.plain()["expect"])


def _forge(condition: dict[str, Any]) -> bool:
    parts = [part for name in ("all", "any") for part in condition.get(name, [])]
    return "forge" in condition or any(map(_forge, parts))


def _applies(context: ReviewContext, rule: Rule) -> bool:
    """Return whether a rule applies to any of the targets."""
    answers = (find_answer(context.review, rule, target.id) for target in context.review.targets)
    return any(answer.not_applicable is None for answer in answers)


def read(data: bytes, context: ReviewContext) -> Imported:
    """Return the review with the ticks of a pull request. Raises ImportRejectedError."""
    return Imported(import_checkboxes(data, context))
