"""Where a review stands: what is due and has lapsed, what asks to be confirmed, and where checks disagree."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.rules import Rule
from vger_guide.reviews.conflicts import describe_conflict
from vger_guide.reviews.context import ReviewContext, person_name
from vger_guide.reviews.labels import GAPS, OUTCOMES, PLANS, answer_label
from vger_guide.reviews.models import Answer, Milestone, Plan, Review, Target, Value
from vger_guide.reviews.outcomes import is_disputed
from vger_guide.reviews.score import gaps, is_accepted, is_overdue
from vger_guide.reviews.selection import content_hash
from vger_guide.reviews.sign_off import describe_signature, is_changed_since
from vger_guide.text.plural import pluralise

_SHOWN = 10  # rules of a line


@dataclass(frozen=True)
class ReviewStatus:
    """Lines of what somebody should look at, by kind; `due` is to come, the others are to be looked at now."""

    lapsed: list[str]
    incomplete: list[str]
    due: list[str]
    confirm: list[str]
    disagreements: list[str]
    conflicts: list[str]
    broken: list[str]
    milestones: list[str]
    notices: list[str]

    @property
    def needs_attention(self) -> bool:
        """Whether there is anything that somebody should look at now."""
        return any((self.lapsed, self.incomplete, self.confirm, self.disagreements, self.conflicts, self.broken))


def review_status(context: ReviewContext) -> ReviewStatus:
    """Return where a review stands on the day that it is looked at."""
    planned = partial(_describe_plan, context)
    return ReviewStatus(
        lapsed=_lines(context, lambda answer, _: is_overdue(answer, context.today), planned),
        incomplete=_lines(context, lambda answer, _: bool(gaps(answer)) and is_accepted(answer, context.today), _gaps),
        due=_lines(context, lambda answer, _: _is_pending(context, answer), planned),
        confirm=_lines(
            context,
            _needs_confirmation,
            lambda answer: f"{answer_label(answer)}, of revision {answer.revision} of the rule",
        ),
        disagreements=find_disagreements(context),
        conflicts=[describe_conflict(conflict, context.review) for conflict in context.review.conflicts],
        broken=[f"It was changed after it was {describe_signature(context.review)}"] * is_changed_since(context.review),
        milestones=[_describe_milestone(milestone) for milestone in context.review.milestones],
        notices=list(_notices(context)),
    )


def find_disagreements(context: ReviewContext) -> list[str]:
    """Return a line for each answer that a check says the opposite of, in reading order."""
    outcomes = context.review.outcomes
    lines = []
    for rule, target, answer in _answers(context):
        outcome = outcomes.get(rule.id, {}).get(target.id)
        if outcome and is_disputed(answer, outcome):
            said = f"answered '{answer_label(answer)}', the check says '{OUTCOMES[outcome.outcome]}'"
            lines.append(f"{_head(rule, target)}: {said}: {outcome.reason}")
    return lines


def describe_unknown(review: Review, catalog: Catalog) -> list[str]:
    """Return a line that names the rules that were answered and that the catalogue has never had, if any."""
    unknown = sorted(set(review.answers) - {*catalog.rules, *catalog.retired})
    count = sum(len(review.answers[rule]) for rule in unknown)
    shown = ", ".join([*unknown[:_SHOWN], *(["…"] if len(unknown) > _SHOWN else [])])
    return [f"{pluralise(count, 'answer')} to rules that this edition does not know: {shown}"] if unknown else []


def _answers(context: ReviewContext) -> Iterator[tuple[Rule, Target, Answer]]:
    """Yield what was answered of the rules that are asked, in reading order."""
    for rule in context.rules:
        by_target = context.review.answers.get(rule.id, {})
        yield from ((rule, target, by_target[target.id]) for target in context.review.targets if target.id in by_target)


def _lines(context: ReviewContext, wanted: Callable[[Answer, Rule], bool], told: Callable[[Answer], str]) -> list[str]:
    found = _answers(context)
    return [f"{_head(rule, target)}: {told(answer)}" for rule, target, answer in found if wanted(answer, rule)]


def _head(rule: Rule, target: Target) -> str:
    return f"{rule.id} {rule.title} ({target.name})"


def _is_pending(context: ReviewContext, answer: Answer) -> bool:
    plan = answer.disposition
    open_ = plan.plan is not Plan.NONE and plan.until is not None and answer.value is not Value.MET
    return open_ and not answer.not_applicable and not is_overdue(answer, context.today)


def _needs_confirmation(answer: Answer, rule: Rule) -> bool:
    said = answer.not_applicable is not None or answer.value is not Value.UNANSWERED
    return answer.confirm or (said and answer.revision != rule.revision)


def _gaps(answer: Answer) -> str:
    return ", ".join(GAPS[each] for each in gaps(answer))


def _describe_plan(context: ReviewContext, answer: Answer) -> str:
    plan = answer.disposition
    owner = f"owner {person_name(context, plan.owner)}" if plan.owner else ""
    parts = [f"{PLANS[plan.plan]} until {plan.until}", owner, plan.ticket]
    return ", ".join(part for part in parts if part)


def _describe_milestone(milestone: Milestone) -> str:
    score = milestone.score
    return f"{milestone.id}: {milestone.title}, {milestone.at.date()}, {score.met} of {score.applicable} met"


def _notices(context: ReviewContext) -> Iterator[str]:
    review = context.review
    if content_hash(context.rules) != review.content_hash:
        yield "The rules have changed since this review was made."
    others = set(review.answers) - {rule.id for rule in context.rules}
    if others:
        yield f"Answered, but not asked: {', '.join(sorted(others))}."
