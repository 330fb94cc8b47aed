"""What a review came to: what is open that matters most, the actions, the targets side by side, and the trend."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vger_guide.catalog.rules import Level, Rule, Severity
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.diff import AnswerDiff, diff_answers
from vger_guide.reviews.models import Answer, Milestone, Plan, Review, Target, Value
from vger_guide.reviews.score import Tally, binding, gaps, is_overdue, optional, tally
from vger_guide.reviews.selection import find_answer

LEVELS, SEVERITIES = list(Level), list(Severity)
_RANKS = {Value.NOT_MET: 0, Value.PARTIAL: 1, Value.MET: 2}


class ActionState(StrEnum):
    """How an action stands, the most urgent first."""

    LAPSED = "lapsed"
    NO_PLAN = "no-plan"
    INCOMPLETE = "incomplete"
    PLANNED = "planned"
    ACCEPTED = "accepted"


class AnswerDirection(StrEnum):
    """What a change of an answer means."""

    WORSE = "worse"
    BETTER = "better"
    ANSWERED = "answered"
    OTHER = "other"


@dataclass(frozen=True)
class OpenRule:
    """A rule that is open for some targets, with the answers of all of them by id."""

    rule: Rule
    answers: dict[str, Answer]
    open_for: tuple[str, ...]

    @property
    def failed(self) -> bool:
        """Whether a target was found not to meet it, or in part."""
        return any(self.answers[id_].value is not Value.UNANSWERED for id_ in self.open_for)


@dataclass(frozen=True)
class Action:
    """What is to be done about a rule that a target does not meet."""

    rule: Rule
    target: Target
    answer: Answer
    state: ActionState


@dataclass(frozen=True)
class RiskCell:
    """Counts of the rules of a level and a severity over all targets; an accepted risk is in none but `applicable`."""

    failed: int
    unanswered: int
    applicable: int


@dataclass(frozen=True)
class TargetResult:
    """What stands in the column of a target: the musts and shoulds, the rules of level may, and what matters most."""

    target: Target
    score: Tally
    may: Tally
    all: Tally
    open_musts: int
    open_critical: int
    lapsed: int
    without_plan: int


@dataclass(frozen=True)
class TrendPoint:
    """The counts over all targets at a milestone, or now where it is None, by the rules that are asked today."""

    milestone: Milestone | None
    score: Tally
    open_musts: int


@dataclass(frozen=True)
class ChangedAnswer:
    """An answer that differs from the last milestone."""

    change: AnswerDiff
    rule: Rule
    direction: AnswerDirection


def action_state(answer: Answer, today: date) -> ActionState | None:
    """Return how the action of an answer stands on a day; None where it asks for none."""
    plan = answer.disposition.plan
    if answer.not_applicable or answer.value is Value.MET:
        return None
    if is_overdue(answer, today):
        return ActionState.LAPSED
    if plan is Plan.RISK_ACCEPTED:
        return ActionState.INCOMPLETE if gaps(answer) else ActionState.ACCEPTED
    if plan is Plan.PLANNED:
        return ActionState.PLANNED
    return None if answer.value is Value.UNANSWERED else ActionState.NO_PLAN


def is_open(answer: Answer, today: date) -> bool:
    """Return whether a rule applies and is not met, and its risk is not accepted by somebody, for a time."""
    applies = answer.not_applicable is None and answer.value is not Value.MET
    return applies and action_state(answer, today) is not ActionState.ACCEPTED


def direction(before: Answer | None, after: Answer | None) -> AnswerDirection:
    """Return what a change of an answer means; another comment, plan or reason is neither better nor worse."""
    old, new = _rank(before), _rank(after)
    if old is None or new is None:
        return (
            AnswerDirection.ANSWERED
            if old is None and new is not None and not _is_excluded(before)
            else AnswerDirection.OTHER
        )
    return AnswerDirection.BETTER if new > old else AnswerDirection.WORSE if new < old else AnswerDirection.OTHER


def _rank(answer: Answer | None) -> int | None:
    return None if answer is None or answer.not_applicable else _RANKS.get(answer.value)


def _is_excluded(answer: Answer | None) -> bool:
    return answer is not None and answer.not_applicable is not None


def weigh_rule(rule: Rule) -> tuple[int, int]:
    """Return what sorts rules by level and severity, those that weigh most first."""
    return LEVELS.index(rule.level), SEVERITIES.index(rule.severity)


def is_weighty(rule: Rule) -> bool:
    """Return whether a rule is a must, or critical."""
    return rule.level is Level.MUST or rule.severity is Severity.CRITICAL


def list_open(context: ReviewContext) -> list[OpenRule]:
    """Return the must and critical rules that are open for some target: by weight, and what failed first."""
    found = [_open_rule(context, rule) for rule in context.rules if is_weighty(rule)]
    return sorted((each for each in found if each.open_for), key=lambda each: (*weigh_rule(each.rule), not each.failed))


def _open_rule(context: ReviewContext, rule: Rule) -> OpenRule:
    answers = {target.id: find_answer(context.review, rule, target.id) for target in context.review.targets}
    return OpenRule(rule, answers, tuple(id_ for id_, each in answers.items() if is_open(each, context.today)))


def count_open_musts(context: ReviewContext) -> int:
    """Return how many musts are open, over all targets."""
    return _count_open(context.review, [rule for rule in context.rules if rule.level is Level.MUST], context.today)


def _count_open(review: Review, rules: Sequence[Rule], today: date, *targets: Target) -> int:
    among = targets or review.targets
    return sum(is_open(find_answer(review, rule, target.id), today) for rule in rules for target in among)


def list_actions(context: ReviewContext) -> list[Action]:
    """Return the actions, the most urgent first, then what weighs most, then what is due first."""
    return sorted(_actions(context), key=_urgency)


def _actions(context: ReviewContext) -> Iterator[Action]:
    for rule in context.rules:
        for target in context.review.targets:
            answer = find_answer(context.review, rule, target.id)
            if state := action_state(answer, context.today):
                yield Action(rule, target, answer, state)


def _urgency(action: Action) -> tuple[int, int, int, date]:
    due = action.answer.disposition.until or date.max
    return (list(ActionState).index(action.state), *weigh_rule(action.rule), due)


def count_risks(context: ReviewContext) -> dict[Level, dict[Severity, RiskCell]]:
    """Return the counts by level and severity; a level that no rule has is left out."""
    used = [level for level in LEVELS if any(rule.level is level for rule in context.rules)]
    return {level: {severity: _risk(context, level, severity) for severity in SEVERITIES} for level in used}


def _risk(context: ReviewContext, level: Level, severity: Severity) -> RiskCell:
    rules = [rule for rule in context.rules if (rule.level, rule.severity) == (level, severity)]
    answers = [find_answer(context.review, rule, target.id) for rule in rules for target in context.review.targets]
    applying = [answer for answer in answers if not answer.not_applicable]
    open_ = [answer.value for answer in applying if is_open(answer, context.today)]
    unanswered = open_.count(Value.UNANSWERED)
    return RiskCell(len(open_) - unanswered, unanswered, len(applying))


def list_targets(context: ReviewContext) -> list[TargetResult]:
    """Return what each target came to, in the order of the review."""
    return [_target_result(context, target) for target in context.review.targets]


def _target_result(context: ReviewContext, target: Target) -> TargetResult:
    review, rules, today = context.review, context.rules, context.today
    states = [action_state(find_answer(review, rule, target.id), today) for rule in rules]
    critical = [rule for rule in rules if rule.severity is Severity.CRITICAL]
    musts = [rule for rule in rules if rule.level is Level.MUST]
    return TargetResult(
        target=target,
        score=tally(review, binding(rules), target.id, today),
        may=tally(review, optional(rules), target.id, today),
        all=tally(review, rules, target.id, today),
        open_musts=_count_open(review, musts, today, target),
        open_critical=_count_open(review, critical, today, target),
        lapsed=states.count(ActionState.LAPSED),
        without_plan=states.count(ActionState.NO_PLAN),
    )


def list_trend(context: ReviewContext) -> list[TrendPoint]:
    """Return the counts at each milestone, on its day, and those of today last."""
    points = [_point(context, milestone) for milestone in context.review.milestones]
    return [*points, _point(context, None)]


def _point(context: ReviewContext, milestone: Milestone | None) -> TrendPoint:
    answers = milestone.answers if milestone else context.review.answers
    today = milestone.at.date() if milestone else context.today
    review = context.review.model_copy(update={"answers": answers})
    counts = [tally(review, binding(context.rules), target.id, today) for target in review.targets]
    musts = [rule for rule in context.rules if rule.level is Level.MUST]
    return TrendPoint(milestone, add_tallies(counts), _count_open(review, musts, today))


def add_tallies(counts: Sequence[Tally]) -> Tally:
    """Return the sums of counts."""
    return Tally(**{name: sum(getattr(each, name) for each in counts) for name in Tally.__dataclass_fields__})


def list_changes(context: ReviewContext) -> list[ChangedAnswer]:
    """Return the answers that differ from the last milestone: the worse first, then in reading order."""
    review = context.review
    if not review.milestones:
        return []
    asked = {rule.id: place for place, rule in enumerate(context.rules)}
    targets = {target.id for target in review.targets}
    changes = diff_answers(review.milestones[-1].answers, review.answers)
    found = [
        ChangedAnswer(change, context.catalog.rules[change.rule], direction(change.before, change.after))
        for change in changes
        if change.rule in asked and change.target in targets
    ]
    return sorted(found, key=lambda each: (list(AnswerDirection).index(each.direction), asked[each.change.rule]))
