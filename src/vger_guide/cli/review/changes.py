"""What changed in the answers of a review, in words: a line a rule and target."""

from vger_guide.catalog import Catalog
from vger_guide.reviews.context import Filled, person
from vger_guide.reviews.diff import Change, changes
from vger_guide.reviews.labels import PLANS, VALUES, answered
from vger_guide.reviews.models import Answer, Answers, Value
from vger_guide.text.sanitize import cut

NOTHING = VALUES[Value.UNANSWERED]
SHOWN = 200  # characters of a text that changed


def in_order(old: Answers, new: Answers, catalog: Catalog) -> list[Change]:
    """Return the answers that say something else in the new state, in reading order."""
    order = {rule: place for place, rule in enumerate(catalog.rules)}
    return sorted(changes(old, new), key=lambda change: order.get(change.rule, len(order)))


def told(change: Change, filled: Filled) -> str:
    """Return a line, such as `SES004 Keep sessions ... (Web shop): Unanswered -> Met; comment: ...`.

    `filled` has the review as it is after the change.
    """
    rule = filled.catalog.rules.get(change.rule) or filled.catalog.retired.get(change.rule)
    names = {target.id: target.name for target in filled.review.targets}
    head = " ".join([change.rule, *([rule.title] if rule else []), f"({names.get(change.target, change.target)})"])
    return f"{head}: {'; '.join(_parts(change, filled))}"


def _parts(change: Change, filled: Filled) -> list[str]:
    """Return what changed, the answer first."""
    parts = [f"{_label(change.before)} -> {_label(change.after)}"] if "answer" in change.fields else []
    for name in change.fields:
        if name == "disposition":
            parts.append(f"plan: {_plan(change.after, filled)}")
        elif name == "comment" and change.after:
            parts.append(f"comment: {cut(change.after.comment, SHOWN) or 'none'}")
        elif name != "answer":
            parts.append(f"{name} changed")
    return parts


def _label(answer: Answer | None) -> str:
    return answered(answer) if answer else NOTHING


def _plan(answer: Answer | None, filled: Filled) -> str:
    if answer is None:
        return "none"
    plan = answer.disposition
    until = f"until {plan.until}" if plan.until else ""
    return ", ".join(part for part in (PLANS[plan.plan], person(filled, plan.owner), until, plan.ticket) if part)
