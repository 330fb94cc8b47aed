"""What changed in the answers of a review, in words: a line a rule and target."""

from vger_guide.catalog.catalog import Catalog
from vger_guide.reviews.context import ReviewContext, person_name
from vger_guide.reviews.diff import AnswerDiff, diff_answers
from vger_guide.reviews.labels import PLANS, VALUES, answer_label
from vger_guide.reviews.models import Answer, Answers, Value
from vger_guide.text.sanitize import truncate

NOTHING = VALUES[Value.UNANSWERED]
SHOWN = 200  # characters of a text that changed


def sort_changes(old: Answers, new: Answers, catalog: Catalog) -> list[AnswerDiff]:
    """Return the answers that say something else in the new state, in reading order."""
    order = {rule: place for place, rule in enumerate(catalog.rules)}
    return sorted(diff_answers(old, new), key=lambda change: order.get(change.rule, len(order)))


def describe_change(change: AnswerDiff, context: ReviewContext) -> str:
    """Return a line, such as `SES004 Keep sessions ... (Web shop): Unanswered -> Met; comment: ...`.

    `context` has the review as it is after the change.
    """
    rule = context.catalog.rules.get(change.rule) or context.catalog.retired.get(change.rule)
    names = {target.id: target.name for target in context.review.targets}
    head = " ".join([change.rule, *([rule.title] if rule else []), f"({names.get(change.target, change.target)})"])
    return f"{head}: {'; '.join(_parts(change, context))}"


def _parts(change: AnswerDiff, context: ReviewContext) -> list[str]:
    """Return the changes in words, the answer first."""
    parts = [f"{_label(change.before)} -> {_label(change.after)}"] if "answer" in change.fields else []
    for name in change.fields:
        if name == "disposition":
            parts.append(f"plan: {_plan(change.after, context)}")
        elif name == "comment" and change.after:
            parts.append(f"comment: {truncate(change.after.comment, SHOWN) or 'none'}")
        elif name != "answer":
            parts.append(f"{name} changed")
    return parts


def _label(answer: Answer | None) -> str:
    return answer_label(answer) if answer else NOTHING


def _plan(answer: Answer | None, context: ReviewContext) -> str:
    if answer is None:
        return "none"
    plan = answer.disposition
    until = f"until {plan.until}" if plan.until else ""
    return ", ".join(part for part in (PLANS[plan.plan], person_name(context, plan.owner), until, plan.ticket) if part)
