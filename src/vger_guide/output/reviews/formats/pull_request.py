"""A short checklist for a template of pull requests, in GitHub's Markdown (https://github.github.com/gfm/).

It has the rules that a change can break: those that must be met and show in a repository, which is to say that a check
looks at its files or its history. No box is ticked, because each change is asked anew; so one that comes back without
a tick says nothing, and only a tick is taken. The list stands once: where a review has several targets, the one that is
changed is written into it.
"""

from typing import Any

from vger_guide.catalog.rules import Level, Rule
from vger_guide.output.reviews.checkboxes import taken
from vger_guide.output.reviews.import_result import Returned
from vger_guide.output.reviews.task_list import box
from vger_guide.reviews.context import Filled
from vger_guide.reviews.selection import answer_of

SUFFIX = ".pull-request.md"


def write(filled: Filled) -> bytes:
    """Return the list."""
    boxes = [box(filled, rule) for rule in filled.rules if _breakable(rule) and _applies(filled, rule)]
    listed = "".join(boxes) or "No rule of the review shows in a repository.\n"
    return f"## What this change keeps\n\n{_target(filled)}{listed}".encode()


def _target(filled: Filled) -> str:
    ids = [target.id for target in filled.review.targets]
    return f"<!-- What you change, one of: {', '.join(ids)} -->\nTarget:\n\n" if len(ids) > 1 else ""


def _breakable(rule: Rule) -> bool:
    # The settings of the hosting service are not changed by a pull request.
    return rule.level is Level.MUST and rule.check is not None and not _forge(rule.check.plain()["expect"])


def _forge(condition: dict[str, Any]) -> bool:
    parts = [part for name in ("all", "any") for part in condition.get(name, [])]
    return "forge" in condition or any(map(_forge, parts))


def _applies(filled: Filled, rule: Rule) -> bool:
    """Return whether a rule applies to any of the targets."""
    answers = (answer_of(filled.review, rule, target.id) for target in filled.review.targets)
    return any(answer.not_applicable is None for answer in answers)


def read(data: bytes, filled: Filled) -> Returned:
    """Return the review with the ticks of a pull request. Raises BadReturn."""
    return Returned(taken(data, filled))
